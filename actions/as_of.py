"""(message, today) -> the later day that a question about fees or validity asks for: "sang năm 2027 phí bao nhiêu". Pure.

Matched with diacritics when the message has some ("năm sau" is next year, "năm sáu trăm" is a sum), else without.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from index.asking import asked_in_words
from index.text import expand, fold, normalise

VALIDITY = (
    r"\b(?:hiệu lực|áp dụng|quy định mới|mức (?:thu|giảm|mới)|còn (?:được )?(?:giảm|miễn)|có (?:gì )?(?:thay )?đổi|"
    r"(?:tăng|giảm) (?:lên|xuống|giá|nữa|không|hông))\b"
)
"""Words of what holds from when, beside those of fees."""
OWN_DATE = r"\b(?:sinh|đẻ|đời|sản xuất|model|hết hạn|khóa|năm học|nhập học|nhập ngũ|trước)(?: (?:từ|vào|trong|đầu|cuối|ngày|tháng|năm))*$"
"""Words before a date that is not asked about: "con sinh năm 2027", "thẻ hết hạn tháng 3/2027", "trước 1/1/2027"."""
_LEAD = r"\b(?P<lead>(?:(?:đến|tới|từ|qua|vào) )?(?:từ|sang|qua|đến|tới|vào|trong|sau|hết|đầu|cuối)) "
_YEAR = r"(?P<year>20\d\d)\b"
_MONTH = r"tháng (?P<month>\d{1,2})\b"
_DAY = r"\b(?P<day>\d{1,2}) ?(?:[/.-]|tháng) ?(?P<month>\d{1,2})\b"
_NO_SUM = r"(?! *(?:\d|trăm|chục|nghìn|ngàn|triệu|mươi|tuổi|người|cái|bản|nữa))"
FORMS = (
    rf"(?:{_LEAD})?(?:ngày |mùng )?{_DAY} ?(?:[/.-]|năm) ?{_YEAR}",
    rf"(?:{_LEAD})?{_MONTH} ?(?:[/.-]|năm) ?{_YEAR}",
    rf"(?:{_LEAD}(?:ngày |mùng )?|\b(?:ngày|mùng) ){_DAY}(?![/.-])",
    rf"(?:{_LEAD})?\b{_MONTH} (?:(?P<next_year>sang năm|năm sau|năm tới)|tới|sau)\b",
    rf"{_LEAD}{_MONTH}",
    r"(?<!\d )(?<!mấy )(?<!vài )\btháng (?P<next_month>tới|sau)\b",
    rf"(?:{_LEAD})?\bnăm {_YEAR}",
    rf"(?:{_LEAD}|\b(?:phí|thu|nhiêu) ){_YEAR}",
    rf"(?:\b(?P<lead>từ|đầu|cuối|hết|sau) )?\b(?P<next_year>sang năm|qua năm|năm sau|năm tới)\b{_NO_SUM}",
    r"\b(?P<lead>hết|cuối) năm(?: nay)?\b",
)
"""Patterns in the order in which they are tried; what one has read no later one reads again."""


def asked_day(message: str, today: date) -> date | None:
    """The first day of the year or month that the message names, the last one after "cuối" and "đến hết", the day after it after
    "sau" and "hết"; without a year the next one of that name. None when the message asks for no fee and no validity, or names no
    day after `today`, several of them, or one that does not exist."""
    plain = fold(normalise(message)) == normalise(message)
    text = expand(normalise(message))
    text = fold(text) if plain else text
    if "fees" not in asked_in_words(message) and not _pattern(VALIDITY, plain).search(text):
        return None
    found: set[date] = set()
    for form in FORMS:
        for match in _pattern(form, plain).finditer(text):
            asked = None if _pattern(OWN_DATE, plain).search(text[: match.start()].rstrip()) else _day(match, today)
            found |= {asked} if asked and asked > today else set()
            text = f"{text[: match.start()]}{'|' * len(match[0])}{text[match.end() :]}"
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=32)
def _pattern(source: str, plain: bool) -> re.Pattern[str]:
    return re.compile(fold(source) if plain else source)


def _day(match: re.Match[str], today: date) -> date | None:
    said = match.groupdict()
    year, month, day = (int(said[part]) if said.get(part) else None for part in ("year", "month", "day"))
    if said.get("next_month"):
        month = today.month % 12 + 1
    if year is None:
        over = month is not None and (month, day or 31) < (today.month, today.day)
        year = today.year + bool(said.get("next_year") or over)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    lead = fold(said.get("lead") or "").split()
    if lead and lead[-1] in ("sau", "het") and lead[0] not in ("den", "toi"):
        return last + timedelta(days=1)
    return last if lead and lead[-1] in ("cuoi", "het") else first
