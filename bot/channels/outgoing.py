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
    """text: NFC, within the channel's limit, complete without the buttons (choices are numbered in it). passing: what an office's
    system said; it is not kept when it cannot be delivered."""

    text: str
    buttons: tuple[Button, ...] = ()
    passing: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the outbox; `from_dict` reads it back."""
        buttons = [{"title": one.title, "payload": one.payload, "url": one.url} for one in self.buttons]
        return {"text": self.text, "buttons": buttons, **({"passing": True} if self.passing else {})}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Outgoing:
        """Raises KeyError or TypeError when `raw` is not from `to_dict`."""
        buttons = tuple(Button(one["title"], one["payload"], one["url"]) for one in raw["buttons"])
        return cls(raw["text"], buttons, raw.get("passing", False))
