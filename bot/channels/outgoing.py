"""What a messenger shall be sent, before anybody knows how it says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """title: at most 100 characters. payload: comes back as a message when pressed. url: opened instead."""

    title: str
    payload: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """text: NFC, within the channel's limit, complete without the buttons (choices are numbered in it)."""

    text: str
    buttons: tuple[Button, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the outbox; `from_dict` reads it back."""
        buttons = [{"title": one.title, "payload": one.payload, "url": one.url} for one in self.buttons]
        return {"text": self.text, "buttons": buttons}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Outgoing:
        """Raises KeyError or TypeError when `raw` is not from `to_dict`."""
        return cls(raw["text"], tuple(Button(one["title"], one["payload"], one["url"]) for one in raw["buttons"]))
