"""What somebody typed into the contact form in, a Contact or the errors beside its fields out. Pure; stores nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.gateway import texts
from bot.gateway.masking import mask
from bot.gateway.text_guard import MessageError, TooLong, clean

MAX_NAME, MAX_QUESTION, MAX_COMMUNE = 80, 1_000, 80
"""Characters."""
FIELDS = ("name", "phone", "question", "commune", "consent")
"""In the order of the form; errors come in it, too."""
_NAME = re.compile(r"[^\W\d_][^\W\d_ '’.-]*(?:[ '’.-]+[^\W\d_]+)*\.?")
_PHONE = re.compile(r"0[35789]\d{8}|02\d{9}", re.ASCII)
_PHONE_SIGNS = re.compile(r"[\s.()\-–]+")


@dataclass(frozen=True, slots=True)
class Contact:
    """phone: 0…, digits only. question, commune: masked. commune: None = not told."""

    name: str
    phone: str
    question: str
    commune: str | None


def read_contact(given: Mapping[str, object]) -> tuple[Contact | None, dict[str, str]]:
    """→ (contact, {}) or (None, {field: Vietnamese sentence})."""
    name, phone = _words(given.get("name")), _phone(given.get("phone"))
    question, commune = _words(given.get("question")), _words(given.get("commune"))
    errors = {}
    if not (2 <= sum(map(str.isalpha, name)) and len(name) <= MAX_NAME and _NAME.fullmatch(name)):
        errors["name"] = texts.CONTACT_NAME
    if phone is None:
        errors["phone"] = texts.CONTACT_PHONE
    if not question:
        errors["question"] = texts.CONTACT_QUESTION
    elif len(question) > MAX_QUESTION:
        errors["question"] = texts.CONTACT_QUESTION_LONG
    if len(commune) > MAX_COMMUNE:
        errors["commune"] = texts.CONTACT_COMMUNE
    if given.get("consent") is not True:
        errors["consent"] = texts.CONTACT_CONSENT
    if errors or phone is None:
        return None, errors
    return Contact(name, phone, mask(question), mask(commune) or None), {}


def _words(given: object) -> str:
    """One clean line; "" for nothing readable; what is too long stays too long."""
    try:
        return clean(given)
    except TooLong:
        return "…" * (MAX_QUESTION + 1)
    except MessageError:
        return ""


def _phone(given: object) -> str | None:
    """ "+84 912 345 678", "0912.345.678", "84912345678" → "0912345678"; None when no Vietnamese subscriber has such a number."""
    if not isinstance(given, str) or len(given) > 40:
        return None
    digits = _PHONE_SIGNS.sub("", given.strip())
    for prefix in ("+840", "+84", "00840", "0084"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix)
            break
    else:
        if len(digits) == 11 and digits.startswith("84"):
            digits = "0" + digits[2:]
    return digits if _PHONE.fullmatch(digits) else None
