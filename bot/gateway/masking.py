"""A citizen's text in, the same text without personal numbers and addresses out: before Rasa, logs or any store.

One scan from left to right: what looks like a public number (procedure code, law, date, money) is passed over first, then
e-mail, application number, plate, passport and serial are replaced, then rows of digits are judged by length and grouping.
Every pattern is linear: an alternative starts only at the head of its run of characters and never re-reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

IDENTITY = "[số giấy tờ]"
PHONE = "[số điện thoại]"
EMAIL = "[thư điện tử]"
APPLICATION = "[số hồ sơ]"
PLATE = "[biển số]"
CARD = "[số thẻ hoặc tài khoản]"
INSURANCE_OR_TAX = "[số bảo hiểm hoặc mã số thuế]"
LONG_NUMBER = "[dãy số]"

_SCAN = re.compile(
    r"""
      (?P<email> (?<![\w.+-]) [\w.+-]+ [ ]? @ [ ]? [\w-]+ (?:\.[\w-]+)+ )
    | (?P<application>
        (?<![\w.]) (?:\d{2,3}\.){0,4} [A-Z]\d{2} (?:\.\d{1,4}){0,5} [ ]?[-–][ ]? \d{6} [ ]?[-–][ ]? \d{3,8} (?!\d)
      | (?<!\w) MX [ .:/-]? (?=[\w./-]{0,8}\d{3}) [\w./-]{4,40} )
    | (?P<public>
        (?<!\d) \d [.,]\d{6} (?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2,3})? (?![\d])                   # procedure code
      | (?<!\d) \d{1,4} / \d{4} / [^\W\d_]+ [\w-]*                                               # 123/2015/NĐ-CP
      | (?<!\d) (?:0?[1-9]|[12]\d|3[01]) (?P<sep>[./-]) (?:0?[1-9]|1[0-2]) (?P=sep) (?:19|20)\d\d (?!\d)   # a day
      | (?<!\d) (?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?!\d)
      | (?<!\d) [1-9] (?:\d{0,2} (?:[., ]\d{3}){1,4} | \d{0,14}) (?:,\d{1,3})? [ ]?                # money, area
        (?:đồng|đ|vnđ|vnd|usd|\$|nghìn|ngàn|triệu|tỷ|tỉ|m2|m²|ha) (?!\w) )
    | (?P<plate>
        (?<![\w.,/]) [1-9]\d -? (?!(?:kg?|km|cm|mm|ha|m[23]|h)[ -]?\d) [A-Z][A-Z\d]? [ -]? \d{3}\.?\d{2} (?![\w/])
      | (?<![\w.,/]) [1-9]\d [ ] (?-i:[A-Z][A-Z\d]?) [ -]? \d{3}\.?\d{2} (?![\w/])
      | (?<![\w.,/]) [1-9]\d [A-Z]\d? - \d{4} (?![\w/.]) )
    | (?P<serial>
        (?<!\w) [A-Z] \d{7,8} (?!\w)                                                              # passport
      | (?<!\w) [A-Z]{2} [ ]? \d (?:[ ]?\d){12} (?!\d)                                            # health insurance card
      | (?<!\w) (?-i:[A-Z]{2}) [ ]? \d{6,8} (?!\w) )                                              # land certificate
    | (?P<digits> (?<!\d) \(? \+? \d+ (?: [ .()–-]{1,3} \d+ )* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GROUP = re.compile(r"\d+")
# Words after which even a short or oddly grouped number is a personal one; the text just before a row of digits is searched.
_CONTEXT = re.compile(
    r"(?:(?P<account>stk|tài khoản|tai khoan|số thẻ|so the)"
    r"|(?P<application>(?:mã|số|ma|so) (?:số )?(?:hồ sơ|ho so|biên nhận|bien nhan|tra cứu|tra cuu)|biên nhận|bien nhan)"
    r"|(?P<insurance>bhxh|bhyt|mst|bảo hiểm|bao hiem|mã số thuế|ma so thue)"
    r"|(?P<phone>sđt|sdt|điện thoại|dien thoai|zalo|đt|phone)"
    r"|(?P<identity>cccd|cmnd|cmt|căn cước|can cuoc|chứng minh|chung minh|định danh|dinh danh|hộ chiếu|ho chieu|giấy tờ|gplx))"
    r"(?:[ :.,]|là|la|số|so|của|cua|em|tôi|toi|mình|minh|anh|chị|nhân dân|nhan dan|thư)*$",
    re.IGNORECASE,
)
_CONTEXT_REACH = 40
_CONTEXT_MASK = {
    "account": (8, CARD),
    "application": (5, APPLICATION),
    "insurance": (8, INSURANCE_OR_TAX),
    "phone": (8, PHONE),
    "identity": (7, IDENTITY),
}
"""Context → (fewest digits, placeholder)."""
_MAX_GROUPS = 8


def mask(text: str) -> str:
    """Idempotent; text without personal data comes back unchanged. text: one line of NFC, as text_guard.clean gives it."""
    return _SCAN.sub(_replace, text)


def application_numbers(text: str) -> tuple[str, ...]:
    """The numbers of applications in a text that is not masked yet, in order."""
    return tuple(found[0] for found in _SCAN.finditer(text) if found.lastgroup == "application")


def _replace(found: re.Match[str]) -> str:
    kind, text = found.lastgroup, found[0]
    if found["public"] is not None:
        return text
    if kind == "email":
        return EMAIL
    if kind == "application":
        return APPLICATION
    if kind == "plate":
        return PLATE
    if kind == "serial":
        return IDENTITY
    return _mask_digits(text, found.string[max(0, found.start() - _CONTEXT_REACH) : found.start()])


def _mask_digits(run: str, before: str) -> str:
    """A row of digit groups, such as "2024 0912 345 678": the groups that form a personal number are replaced."""
    spans = [match.span() for match in _GROUP.finditer(run)]
    groups = ["".join(str(unicodedata.decimal(char)) for char in run[start:end]) for start, end in spans]
    context = _CONTEXT.search(before)
    if context and (placeholder := _by_context(context.lastgroup or "", groups)):
        return run[: _head(run, spans[0][0])] + placeholder + _tail(run, spans[-1][1])
    parts, place, first = [], 0, 0
    while first < len(groups):
        for last in range(min(len(groups), first + _MAX_GROUPS), first, -1):
            if placeholder := _judge(groups[first:last], run[spans[first][0] : spans[last - 1][1]]):
                parts += [run[place : max(place, _head(run, spans[first][0]))], placeholder]
                place, first = spans[last - 1][1], last
                break
        else:
            first += 1
    return "".join(parts) + (_tail(run, place) if place else run)


def _head(run: str, start: int) -> int:
    """Where a number's own signs begin: "+84", "(0290)"."""
    while start and run[start - 1] in "+(":
        start -= 1
    return start


def _tail(run: str, end: int) -> str:
    return run[end + 1 :] if run[end : end + 1] == ")" else run[end:]


def _by_context(kind: str, groups: Sequence[str]) -> str | None:
    """After "căn cước", "mã hồ sơ", "stk" a row of digits is taken whole, however it is grouped."""
    fewest, placeholder = _CONTEXT_MASK[kind]
    total = sum(map(len, groups))
    if total < fewest or total > 24 or _is_day(groups) or all(map(_is_year, groups)):
        return None
    return placeholder


def _judge(groups: Sequence[str], shown: str) -> str | None:
    """The placeholder when these groups together are one personal number. shown: the groups with their separators."""
    number = "".join(groups)
    if len(groups) == 1:
        return _judge_plain(number)
    if groups[:2] == ["84", "0"]:  # +84 (0) 912…
        groups = ["84", *groups[2:]]
    if any(len(group) < 2 for group in groups[1:]) or _is_day(groups):
        return None
    sizes = [len(group) for group in groups]
    if _is_phone(number) and max(sizes) <= 9 and sum(group[0] == "0" for group in groups) < 3:
        return PHONE
    if len(number) == 12 and number[0] == "0" and min(sizes) >= 3:
        return IDENTITY
    if sizes == [3, 3, 3] and "." not in shown and not number.endswith("000"):
        return IDENTITY
    if sizes[:4] == [4, 4, 4, 4] and len(number) <= 19 and len(sizes) <= 5 and not all(map(_is_year, groups)):
        return CARD
    if sizes == [10, 3]:
        return INSURANCE_OR_TAX
    return None


def _judge_plain(number: str) -> str | None:
    """Digits without a separator; below nine they are a year, a price, a quantity."""
    size = len(number)
    if size < 9 or (size < 14 and number[0] != "0" and number.endswith("000000")):  # 500000000: money
        return None
    if _is_phone(number):
        return PHONE
    if size in (9, 12):
        return IDENTITY
    if size == 10:
        return INSURANCE_OR_TAX
    return CARD if 13 <= size <= 19 else LONG_NUMBER


def _is_phone(number: str) -> bool:
    """Domestic 0… (10 digits, landlines 10-11, mobile numbers before 2018 11) or with the country code 84."""
    if number.startswith("84") and len(number) >= 11:
        number = "0" + number[2:].removeprefix("0")
    if number[:1] != "0" or number[1:2] not in tuple("1235789"):
        return False
    return len(number) == 10 and number[1] != "1" or len(number) == 11 and number[1] in "12"


def _is_day(groups: Sequence[str]) -> bool:
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


PLACEHOLDERS = (IDENTITY, PHONE, EMAIL, APPLICATION, PLATE, CARD, INSURANCE_OR_TAX, LONG_NUMBER)


_LABELLED = re.compile(
    r"(?:\b(?:cccd|cmnd|cmt|căn cước(?: công dân)?|can cuoc|số|so|sđt|sdt|điện thoại|dien thoai|email|mail|thư)\s*:?\s*){0,3}(?:"
    + "|".join(map(re.escape, PLACEHOLDERS))
    + r")",
    re.IGNORECASE,
)


def without_placeholders(masked: str) -> str:
    """A masked text as the engines read it: "cccd [số giấy tờ]" says nothing of what is asked, yet would weigh like words."""
    return " ".join(_LABELLED.sub(" ", masked).split()) or masked
