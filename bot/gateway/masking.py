"""A citizen's text in, the same text without personal data out: before Rasa, logs or any store.

`find` tells what is personal and where, `mask` puts a placeholder in each place, `without_placeholders` gives what the engines
read. One finder a family of data, in masking_*.py; each is linear, and what one has found the next ones no longer see.
Policy and figures: docs/decisions/0021-masking.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.gateway import masking_digits as numbers
from bot.gateway.masking_address import ADDRESS, find_addresses
from bot.gateway.masking_codes import PLATE, find_codes
from bot.gateway.masking_email import EMAIL, find_emails
from bot.gateway.masking_names import NAME, find_names
from bot.gateway.masking_places import COMMUNES, STREETS
from bot.gateway.masking_spelled import find_spelled
from bot.gateway.masking_tagger import find_tagged
from bot.gateway.masking_view import ADDRESS_GONE, NAME_GONE, NUMBER_GONE, Masked, View

PLACEHOLDER_OF = {
    numbers.IDENTITY: "[số giấy tờ]",
    numbers.PHONE: "[số điện thoại]",
    EMAIL: "[thư điện tử]",
    numbers.APPLICATION: "[số hồ sơ]",
    PLATE: "[biển số]",
    numbers.CARD: "[số thẻ hoặc tài khoản]",
    numbers.INSURANCE_OR_TAX: "[số bảo hiểm hoặc mã số thuế]",
    numbers.LONG_NUMBER: "[dãy số]",
    NAME: "[họ tên]",
    ADDRESS: "[địa chỉ]",
}
PLACEHOLDERS = tuple(PLACEHOLDER_OF.values())
APPLICATION_GONE = PLACEHOLDER_OF[numbers.APPLICATION]

_SIGN_OF = {NAME: NAME_GONE, ADDRESS: ADDRESS_GONE}


def find_people(view: View) -> list[Masked]:
    """What the rules find and what the tagger finds, as one item where they overlap; the order is that of the text."""
    found: list[Masked] = []
    for item in sorted(find_names(view) + find_tagged(view), key=lambda item: item.start):
        if found and item.start < found[-1].end:
            last = found.pop()
            item = view.item(NAME, last.start, max(last.end, item.end))
        found.append(item)
    return found + _again(view, found) if found else found


def _again(view: View, found: list[Masked]) -> list[Masked]:
    """The same names elsewhere in the text, where nothing tells that they are names; not those that are a commune's or street's."""
    more: list[Masked] = []
    for name in dict.fromkeys(view.folded[item.start : item.end] for item in found):
        if name in COMMUNES or name in STREETS:
            continue
        for place in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", view.folded):
            if not any(place.start() < item.end and item.start < place.end() for item in found + more):
                more.append(view.item(NAME, *place.span()))
    return more


_FINDERS = (find_spelled, find_emails, find_codes, find_people, find_addresses)
_PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS)))
_KIND_OF = {placeholder: kind for kind, placeholder in PLACEHOLDER_OF.items()}


def find(text: str) -> tuple[Masked, ...]:
    """The personal data of a text, from left to right, none overlapping. text: one line of NFC, as text_guard.clean gives it."""
    view = View.of(text)
    for placeholder in _PLACEHOLDER.finditer(text):
        view = view.without([placeholder.span()], _sign(_KIND_OF[placeholder[0]]))
    found: list[Masked] = []
    for finder in _FINDERS:
        new = finder(view)
        if new:
            found += new
            view = view.without([(item.start, item.end) for item in new], _sign(new[0].kind))
    return tuple(sorted(found, key=lambda item: item.start))


def mask(text: str) -> str:
    """Idempotent; text without personal data comes back unchanged."""
    return masked(text)[0]


def masked(text: str) -> tuple[str, tuple[str, ...]]:
    """-> the text masked; the numbers of applications in it as they were written, in order: for the look-up of a status and
    nothing else.

    What was masked changes what the tagger reads of its neighbours, so a changed text is read again until nothing is found.
    """
    found = find(text)
    applications = tuple(item.value for item in found if item.kind == numbers.APPLICATION)
    while found and (replaced := _replaced(text, found)) != text:
        text = replaced
        found = find(text)
    return text, applications


def _replaced(text: str, found: Sequence[Masked]) -> str:
    parts, place = [], 0
    for item in found:
        parts += [text[place : item.start], PLACEHOLDER_OF[item.kind]]
        place = item.end
    return "".join(parts) + text[place:]


def _sign(kind: str) -> str:
    return _SIGN_OF.get(kind, NUMBER_GONE)


_NUMBER_LABEL = r"(?:\b(?:cccd|cmnd|cmt|căn cước(?: công dân)?|can cuoc|số|so|sđt|sdt|điện thoại|dien thoai|email|mail|thư)\s*:?\s*){0,3}"
_NAME_LABEL = (
    r"(?:\b(?:họ (?:và )?tên|ho (?:va )?ten|tên|ten)(?: (?:là|la))?\s*:?\s*|\b(?:là|la)\s+)?"
)
_ADDRESS_LABEL = r"(?:\b(?:địa chỉ|dia chi|đ/c)\s*:?\s*)?"
_LABELLED = re.compile(
    rf"{_NAME_LABEL}{re.escape(PLACEHOLDER_OF[NAME])}|{_ADDRESS_LABEL}{re.escape(PLACEHOLDER_OF[ADDRESS])}|{_NUMBER_LABEL}(?:"
    + "|".join(re.escape(placeholder) for kind, placeholder in PLACEHOLDER_OF.items() if kind not in (NAME, ADDRESS))
    + r")",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"^[\s,.;:-]+|\s+(?=[,.;?!])|([,;])(?=\s*[,.;])")


def without_placeholders(masked: str) -> str:
    """A masked text as the engines read it: "cccd [số giấy tờ]" says nothing of what is asked, yet would weigh like words.

    "Tôi tên [họ tên] ở [địa chỉ] xã Khánh Bình muốn …" becomes "Tôi ở xã Khánh Bình muốn …".
    """
    if "[" not in masked:
        return masked
    rest = _LABELLED.sub(" ", masked)
    return masked if rest == masked else _LOOSE.sub("", " ".join(rest.split())).strip() or masked
