"""A webhook body of a Zalo Official Account in, an Event out, or why there is none.

Who wrote and who received is told by comparing ids with the account's own, never by their places: for receipts the sources differ.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bot.channels.messenger_event import MAX_KEY, MAX_USER, Event, Kind, Said, heard
from bot.gateway.outbox import echo_key

CHANNEL = "zalo"
PAYLOAD = "#q:"
"""Begins the payload of our buttons. What follows is a question like any other: anyone could type it."""
MEDIA = frozenset(f"user_send_{kind}" for kind in ("image", "gif", "file", "audio", "video", "location", "sticker", "link", "business_card"))
GREETED = frozenset({"follow", "user_click_chatnow"})
AHEAD_MS = 3_600_000
"""How far the messenger's clock may be ahead of ours before ours counts."""
MAX_NAME = 60
"""Characters of an event's name, far above the longest known."""
_ADDRESS_ONLY = re.compile(r"\s*(?:https?://\S+\s*)*", re.IGNORECASE)


class Ignored(ValueError):
    """An event that nothing follows from. args[0]: a fixed word for the metrics."""


def zalo_event(body: Mapping[str, Any], raw: bytes, oa_id: str, now: float) -> Event:
    """raw: the body as sent. now: seconds since 1970. Raises Ignored."""
    name = body.get("event_name")
    if not isinstance(name, str) or len(name) > MAX_NAME:
        raise Ignored("shapeless")
    if name == "anonymous_send_text":  # answered through another door of Zalo's, which this service does not have
        raise Ignored("anonymous")
    message = body.get("message") if isinstance(body.get("message"), dict) else {}
    kind, text, numbers = _said(name, message)
    user = _user(body, kind, oa_id)
    message_id = id_of(message.get("msg_id")) or ""
    sender = body.get("sender")
    return Event(
        CHANNEL, user, event_key(name, message_id, raw), sent_ms(body.get("timestamp"), now), kind, text,
        message_id=message_id if kind is Kind.ECHO else "",
        echo=_fingerprint(message.get("text")) if kind is Kind.ECHO else None,
        by_person=kind is Kind.ECHO and isinstance(sender, dict) and bool(sender.get("admin_id")), numbers=numbers,
    )  # fmt: skip


def event_key(name: str, message_id: str, raw: bytes) -> str:
    """The same message keeps its key, whatever else of the body changes; an event without one is known by its bytes."""
    key = f"{name}:{message_id}"
    return key if message_id and len(key) <= MAX_KEY else f"{name}:{hashlib.sha256(raw).hexdigest()}"


def sent_ms(given: object, now: float) -> int:
    """The messenger's time in ms; ours when it is none, or far ahead."""
    text = str(given)
    sent = int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else -1
    return sent if 0 <= sent <= now * 1000 + AHEAD_MS else int(now * 1000)


def id_of(value: object) -> str | None:
    """Ids exceed 2^53: they stay text. None for what no database would take as one."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    text = str(value).strip()
    return text if text and text.isprintable() else None


def _fingerprint(text: object) -> str | None:
    # A lone surrogate, which JSON may hold, has no bytes.
    return echo_key(text.encode("utf-8", "replace").decode()) if isinstance(text, str) and text.strip() else None


def _said(name: str, message: Mapping[str, Any]) -> Said:
    text = message.get("text")
    if name == "user_send_text":
        pressed = isinstance(text, str) and text.startswith(PAYLOAD)
        return heard(text[len(PAYLOAD) :], typed=False) if pressed else heard(text)
    if name in MEDIA:  # what is written under a picture is a question; an address alone is not
        return heard(text) if isinstance(text, str) and not _ADDRESS_ONLY.fullmatch(text) else Said(Kind.NEEDS_TEXT)
    if name in GREETED:
        return Said(Kind.GREET)
    if name.startswith("oa_send_"):
        return Said(Kind.ECHO)
    known = {"unfollow": Kind.UNFOLLOW, "user_withdraw": Kind.WITHDRAW, "user_submit_info": Kind.FORM}
    if name not in known:
        raise Ignored("other")
    return Said(known[name])


def _user(body: Mapping[str, Any], kind: Kind, oa_id: str) -> str:
    """The one of the named ids that is not the account's; the account must be the one we serve wherever it is named."""
    sender, recipient = _party(body.get("sender")), _party(body.get("recipient"))
    if sender or recipient:
        if oa_id not in (sender, recipient):
            raise Ignored("foreign")
        # An account that writes to itself, or sends what only users send, is nobody to answer.
        if (sender == oa_id) != (kind is Kind.ECHO):
            raise Ignored("direction")
        user = recipient if sender == oa_id else sender
    else:
        if id_of(body.get("oa_id")) not in (None, oa_id):
            raise Ignored("foreign")
        user = _party(body.get("follower")) or id_of(body.get("user_id"))
    if not user or user == oa_id or len(user) > MAX_USER:
        raise Ignored("shapeless")
    return user


def _party(value: object) -> str | None:
    return id_of(value.get("id")) if isinstance(value, dict) else None
