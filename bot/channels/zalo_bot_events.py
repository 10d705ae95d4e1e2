"""A webhook body of Zalo's Bot Platform in, an Event out, or why there is none. Source: its documentation, v2.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.messenger_event import MAX_USER, Event, Kind, Said, heard
from bot.channels.zalo_events import PAYLOAD, Ignored, event_key, id_of, sent_ms

CHANNEL = "zalo_bot"
_TEXT = "message.text.received"
_OTHERS = frozenset(f"message.{kind}.received" for kind in ("image", "sticker", "voice", "unsupported"))


def zalo_bot_event(body: Mapping[str, Any], raw: bytes, now: float) -> Event:
    """raw: the body as sent. now: seconds since 1970. Raises Ignored."""
    result = body.get("result")
    name, message = (result.get("event_name"), result.get("message")) if isinstance(result, dict) else (None, None)
    if not isinstance(message, dict):
        raise Ignored("shapeless")
    if name != _TEXT and name not in _OTHERS:
        raise Ignored("other")
    chat, writer = message.get("chat"), message.get("from")
    if isinstance(writer, dict) and writer.get("is_bot") is True:
        raise Ignored("direction")
    # In a group an answer would be read by others than who asked.
    if not isinstance(chat, dict) or chat.get("chat_type", "PRIVATE") != "PRIVATE":
        raise Ignored("group")
    user = id_of(chat.get("id"))
    if not user or len(user) > MAX_USER:
        raise Ignored("shapeless")
    kind, text, numbers = _said(name, message)
    key = event_key(name, id_of(message.get("message_id")) or "", raw)
    return Event(CHANNEL, user, key, sent_ms(message.get("date"), now), kind, text, numbers=numbers)


def _said(name: str, message: Mapping[str, Any]) -> Said:
    text = message.get("text")
    if name != _TEXT:
        return heard(text) if isinstance(text, str) and text.strip() else Said(Kind.NEEDS_TEXT)
    if isinstance(text, str) and text.startswith(PAYLOAD):
        return heard(text[len(PAYLOAD) :], typed=False)
    return heard(text)
