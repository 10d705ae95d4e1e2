"""A row of digit groups ("2024 0912 345 678"): which groups together are a personal number, and of what kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

IDENTITY, PHONE, CARD, INSURANCE_OR_TAX, LONG_NUMBER = "identity", "phone", "card", "insurance_or_tax", "long_number"
APPLICATION, PUBLIC = "application", "public"

FEWEST = {CARD: 6, APPLICATION: 4, INSURANCE_OR_TAX: 8, PHONE: 7, IDENTITY: 7, LONG_NUMBER: 4}
"""Label before the number → digits from which it is believed."""
_USUAL = {CARD: (), APPLICATION: (), INSURANCE_OR_TAX: (10, 13), PHONE: (10, 11), IDENTITY: (9, 12), LONG_NUMBER: ()}
_MOST = 24
_MAX_GROUPS = 12
_FEWEST_DIGITS = 9
LAST_PROVINCE = "096"
"""The highest code that an identity number begins with; its fourth digit tells sex and century. Source: annexes of circular 07/2016/TT-BCA."""
_GROUP = re.compile(r"\d+")


def judge_row(row: str, label: str | None) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each personal number, from left to right.

    Args:
        row: ASCII digits in groups, as masking_codes finds them.
        label: what the words before call it: a key of FEWEST, PUBLIC (a hotline, a bar code), or None.
    """
    spans = [match.span() for match in _GROUP.finditer(row)]
    groups = [row[start:end] for start, end in spans]
    first = 0
    if label == IDENTITY and groups[0].startswith("0") and is_phone("".join(groups)):
        label = PHONE  # "thiếu giấy tờ, gọi 0912…"
    if _is_call_centre(groups, label):
        return
    if label in FEWEST and (taken := _by_label(label, groups)):
        yield label, _head(row, spans[0][0]), _tail(row, spans[taken - 1][1])
        first = taken
    elif is_hotline(groups) or (label == PUBLIC and not groups[0].startswith(("03", "05", "07", "08", "09"))):
        return
    while first < len(groups):
        last = first + 1
        for last in range(min(len(groups), first + _MAX_GROUPS), first, -1):
            if sum(map(len, groups[first:last])) < _FEWEST_DIGITS:
                last = first + 1
                break
            if kind := _judge(groups[first:last], row[spans[first][0] : spans[last - 1][1]]):
                yield kind, _head(row, spans[first][0]), _tail(row, spans[last - 1][1])
                break
        first = last


def is_phone(number: str) -> bool:
    """Domestic 0… (10 digits, landlines 10-11, mobile numbers before 2018 11) or with the country code 84."""
    number = number.removeprefix("00") if number.startswith("0084") else number
    if number.startswith("84") and len(number) >= 11:
        number = "0" + number[2:].removeprefix("0")
    if number[:1] != "0" or number[1:2] not in tuple("1235789"):
        return False
    return len(number) == 10 and number[1] != "1" or len(number) == 11 and number[1] in "12"


def is_hotline(groups: Sequence[str]) -> bool:
    """1900 1009, 1800 6132, 1900 63 69 69. Ten digits in one group are not: 1800 and 1900 also begin tax codes."""
    number = "".join(groups)
    return number[:4] in ("1900", "1800") and (len(number) == 8 or (len(groups) > 1 and groups[0] == number[:4] and len(number) <= 10))


def _is_call_centre(groups: Sequence[str], label: str | None) -> bool:
    """1900 9068 whatever stands before; 1900545471 in one group unless it is called a tax or insurance number."""
    number = "".join(groups)
    return number[:4] in ("1900", "1800") and (len(number) == 8 or (len(number) == 10 and label not in (INSURANCE_OR_TAX, IDENTITY, CARD)))


def _head(row: str, start: int) -> int:
    """Where a number's own signs begin: "+84", "(0290)"."""
    while start and row[start - 1] in "+(":
        start -= 1
    return start


def _tail(row: str, end: int) -> int:
    return end + 1 if row[end : end + 1] == ")" else end


def _by_label(label: str, groups: Sequence[str]) -> int:
    """How many groups a labelled number takes: up to a usual length when the rest is long enough to be another number."""
    total = sum(map(len, groups))
    if is_day(groups) or all(map(_is_year, groups)) or (label in (PHONE, APPLICATION) and is_hotline(groups)):
        return 0
    if label == APPLICATION and [len(group) for group in groups] in ([2, 2], [4, 2], [4, 2, 2]):  # a customs code
        return 0
    if _is_round(groups) and not (label == IDENTITY and total >= 9):
        return 0
    length = 0
    for taken, group in enumerate(groups, 1):
        length += len(group)
        if length in _USUAL[label] and total - length >= 8:
            return taken
    return len(groups) if FEWEST[label] <= total <= _MOST else 0


def _is_round(groups: Sequence[str]) -> bool:
    """A price or a count: 500000, 2.000.000."""
    number = "".join(groups)
    return number[0] != "0" and number.endswith("000") and len(number) <= 10


def _judge(groups: Sequence[str], shown: str) -> str | None:
    """The kind when these groups together are one personal number. shown: the groups with their separators."""
    number = "".join(groups)
    if len(groups) == 1:
        return _judge_plain(number)
    if groups[:2] == ["84", "0"]:  # +84 (0) 912…
        groups = ["84", *groups[2:]]
    sizes = [len(group) for group in groups]
    if max(sizes) == 1:
        return _one_by_one(number)
    if len(number) == 12 and number[0] == "0" and number[:3] <= LAST_PROVINCE and number[3] in "0123" and min(sizes) >= 2 < max(sizes):
        return IDENTITY  # 096 202 01 3359: however it is split
    if is_day(groups) or (min(sizes[1:]) < 2 and not (number.startswith("0") and len(number) in (10, 11) and sizes[0] >= 3)):
        return None
    if is_phone(number) and max(sizes) <= 9 and sum(group[0] == "0" for group in groups) < (4 if sizes[0] == 4 else 3) and not _has_month(groups, shown):
        return PHONE
    return _judge_sizes(sizes, number, shown, groups)


def _judge_sizes(sizes: Sequence[int], number: str, shown: str, groups: Sequence[str]) -> str | None:
    if len(number) == 12 and number[0] == "0" and min(sizes) >= 3:
        return IDENTITY
    if sizes == [3, 3, 3] and not set(shown) & set("./") and not number.endswith("000"):
        return IDENTITY
    if len(number) == 9 and len(sizes) == 2 and max(sizes) >= 6 and not set(shown) & set("./,") and not number.endswith("000"):
        return IDENTITY
    if sizes in ([4, 5], [5, 4], [2, 3, 4]) and number[0] in "023" and not number.endswith("000") and not any(map(_is_year, groups)):
        return IDENTITY  # as old numbers of the south begin; no thousands, whose last group has three digits
    if sizes == [4, 4, 4] and not any(_is_year(group) or group.endswith("000") for group in groups):
        return CARD
    if sizes[:4] == [4, 4, 4, 4] and len(number) <= 19 and len(sizes) <= 5 and not all(map(_is_year, groups)):
        return CARD
    if sizes == [10, 3] or (sizes == [4, 3, 3] and number[0] != "0" and "-" not in shown and not number.endswith("000")):
        return INSURANCE_OR_TAX
    return None


def _judge_plain(number: str) -> str | None:
    """Digits without a separator; below nine they are a year, a price, a quantity."""
    size = len(number)
    if size < 9 or (size < 14 and number[0] != "0" and number.endswith("000000")):  # 500000000: money
        return None
    if is_phone(number):
        return PHONE
    if size in (9, 12):
        return IDENTITY
    if size == 10:
        return INSURANCE_OR_TAX
    return CARD if 13 <= size <= 19 else LONG_NUMBER


def _one_by_one(number: str) -> str | None:
    """Digits each on its own: 0 9 1 2 …"""
    if is_phone(number):
        return PHONE
    if len(number) == 9 and number[0] == "3" and number not in "3456789":
        return IDENTITY
    return IDENTITY if len(number) == 12 and number[0] == "0" and number[:3] != "012" else None


def is_odd_row(row: str) -> bool:
    """Nine, ten or thirteen digits split as no price, phone or day is: "8739-10-5526", "96 11 03 82 54", "2000/991/572"."""
    groups = [match[0] for match in _GROUP.finditer(row)]
    sizes, number = [len(group) for group in groups], "".join(groups)
    if len(groups) < 2 or len(number) not in (9, 10, 13) or any(map(_is_year, groups[1:])) or is_day(groups) or is_hotline(groups):
        return False
    money = sizes[0] <= 3 and all(size == 3 for size in sizes[1:]) and "/" not in row
    return not money and not number.endswith("000")


def _has_month(groups: Sequence[str], shown: str) -> bool:
    """08/2024 09/25 are months, whatever they spell together."""
    return "/" in shown and any(map(_is_year, groups))


def is_day(groups: Sequence[str]) -> bool:
    """The first three groups are day, month, year: a time may follow."""
    return (
        len(groups) >= 3
        and _is_year(groups[2])
        and len(groups[0]) <= 2
        and len(groups[1]) <= 2
        and 1 <= int(groups[0]) <= 31
        and 1 <= int(groups[1]) <= 12
    )


def _is_year(group: str) -> bool:
    return len(group) == 4 and group[:2] in ("19", "20")
