"""Lengths of time: the portal's number and unit, or a Vietnamese sentence, in; Duration out."""

from __future__ import annotations

import re
from typing import Any

from index.portal_shape import number
from index.procedure import Duration

UNITS = {"WORKING_DAY": "working_days", "DAY": "days", "HOUR": "hours", "MONTH": "months", "YEAR": "months"}
WORDS = {"WORKING_DAY": "ngày làm việc", "DAY": "ngày", "HOUR": "giờ", "MONTH": "tháng", "YEAR": "năm"}
SPOKEN = {"ngày làm việc": "working_days", "ngày": "days", "giờ làm việc": "working_hours", "giờ": "hours", "tháng": "months"}
SPOKEN_UNIT = {unit: words for words, unit in SPOKEN.items()}
# A length of time, not a day of the month ("15 tháng 01"), an hour of the day ("sau 15 giờ") or the citizen's own deadline.
_LIMIT = re.compile(
    r"(?<![\d.,/+-])(\d{1,3})\s*(?:\([^)]{1,30}\)\s*)?(ngày làm việc|giờ làm việc|ngày|giờ|tháng)(?!\s*(?:\d|đầu|cuối|trước))\b", re.I
)
_NOT_OURS = re.compile(r"(?:trước|sau|lúc|từ|ngày|ít nhất|tối thiểu|tăng thêm|thêm không quá|quá hạn)\s*$", re.I)


def limit_of(amount: Any, unit: Any) -> Duration | None:
    """(7, "WORKING_DAY") -> 7 working days; a part of a day is kept in words; no unit or no amount -> None."""
    value = number(amount)
    if value is None or not isinstance(unit, str) or unit not in UNITS:
        return None
    if isinstance(value, float):
        return Duration(None, None, note=f"{value:g} {WORDS[unit]}".replace(".", ","))
    return Duration(value * (12 if unit == "YEAR" else 1), UNITS[unit])


def limits_in(words: str) -> list[Duration]:
    """Every length of time that a sentence names, in order: "không quá 07 ngày làm việc" -> 7 working days."""
    found = []
    for match in _LIMIT.finditer(words):
        if int(match[1]) and not _NOT_OURS.search(words[max(0, match.start() - 20) : match.start()]):
            found.append(Duration(int(match[1]), SPOKEN[" ".join(match[2].lower().split())]))
    return found
