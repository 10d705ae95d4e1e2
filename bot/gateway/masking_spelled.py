"""Numbers said in words ("không chín một hai …", also mixed with digits): a view in, personal numbers out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.gateway.masking_digits import IDENTITY, LONG_NUMBER, PHONE, is_phone
from bot.gateway.masking_view import Masked, View, Word, spellings

FEWEST_DIGITS = 9
FEWEST_WORDS = 8
"""Words in a row that are no longer a price or a count, whatever digits they spell."""

_DIGITS = {
    spelt: digit
    for digit, words in enumerate(
        ("không hông zero", "một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín")
    )
    for spelt in spellings(words)
}
_TENS = spellings("mười mươi trăm linh lẻ")
_BETWEEN = spellings("chấm gạch phẩy")
_GAP = re.compile(r"[ .,-]{1,3}")
_LIKELY = re.compile(r"(?:\b(?:khong|hong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)\b\W{1,3}){2}")


def find_spelled(view: View) -> list[Masked]:
    """Rows of digit words that are a phone number, an identity number or another long number."""
    if not _LIKELY.search(view.folded):
        return []
    found: list[Masked] = []
    words, first = view.words, 0
    while first < len(words):
        last = _row_end(words, first)
        if last > first + 3 and (kind := _kind(words[first:last])):
            found.append(view.item(kind, words[first].start, words[last - 1].end))
        first = max(last, first + 1)
    return found


def _row_end(words: Sequence[Word], first: int) -> int:
    """The place after the row that begins at first; first itself when none begins there."""
    place = first
    while place < len(words) and (place == first or _GAP.fullmatch(words[place].gap)):
        word = words[place].low
        if not (word in _DIGITS or word in _TENS or word.isdecimal() or (word in _BETWEEN and place > first)):
            break
        place += 1
    while place > first and words[place - 1].low in _BETWEEN:
        place -= 1
    return place


def _kind(row: Sequence[Word]) -> str | None:
    spoken = sum(not word.low.isdecimal() for word in row)
    digits = "".join(_value(word.low) for word in row)
    if is_phone(digits) and spoken >= 2:
        return PHONE
    if spoken < FEWEST_WORDS or len(digits) < FEWEST_DIGITS or digits.startswith("123456"):  # counting up
        return None
    if digits[0] == "0" and len(digits) in (10, 11):
        return PHONE
    return IDENTITY if len(digits) in (9, 12) else LONG_NUMBER


def _value(word: str) -> str:
    if word.isdecimal():
        return word
    if word in _TENS:
        return "1" if word in ("mười", "muoi") else ""
    return str(_DIGITS[word]) if word in _DIGITS else ""
