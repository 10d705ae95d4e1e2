"""Is it asked when an office is open, and of which day? Folded words in, yes or no and a day out. Language as data."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from actions.calendar import SUNDAY
from index.text import expand, fold, normalise

_SHOP = r"(?! (?:hang|tiem|quan|hieu|xuong))"
_OPEN = rf"(?:lam viec|mo cua{_SHOP}|dong cua{_SHOP}|tiep dan|tiep nhan|nhan (?:ho so|giay to)|truc(?! tuyen| tiep| thuoc))"
_DO = rf"(?:{_OPEN}|lam|mo|nghi|lam viec)"
_END = r"(?:khong|hay|chua|ha|hk|hok|ko|a|vay|ta)\b"
_DATE = r"(?:ngay )?\d{1,2} ?[/.-] ?\d{1,2}(?:[/.-]\d{4})?|(?:ngay )?\d{1,2} thang \d{1,2}"
_WEEKEND = r"thu (?:bay|7)|t7|chu nhat|cn|cuoi tuan|ngay (?:nghi|le)|nghi le|dip le|mai le|le nay|tet|(?:gio|buoi) trua|trua (?:nay|mai)|ngoai gio(?: hanh chinh)?"
_TIME = (
    rf"(?:{_WEEKEND}|thu (?:hai|ba|tu|nam|sau|[2-6])|hom nay|bua nay|(?:ngay |bua )?mai|(?:ngay |bua )mot|(?:sang|chieu|toi) (?:nay|mai|mot)"
    rf"|buoi (?:sang|chieu|toi)|gio nay|bay gio|hien gio|luc nay|{_DATE})"
)
_FILL = r"(?:\W+(?:nay|toi|em|minh|tui|con|co|thi|xa|phuong|cong an|uy ban|den|len|ra|xuong|di|the|ma|tuan|sau|buoi|sang|chieu|ngay|trung tam))*"
_PATTERNS = (
    rf"\b(?:may gio|gio nao|luc may gio) (?:\w+ ){{0,4}}?(?:{_OPEN}|mo\b|dong\b|nghi\b)",
    rf"\b{_OPEN} (?:\w+ ){{0,6}}?(?:may gio|gio nao)\b",
    rf"\bgio (?:lam viec|mo cua{_SHOP}|dong cua|tiep dan|tiep nhan|nhan ho so|nghi trua|hanh chinh (?:la|cua|tu|may))\b",
    rf"\b{_TIME}\b(?:\W+\w+){{0,6}}?\W+(?:co )?{_OPEN}(?:\W+\w+){{0,3}}?\W+{_END}",
    rf"\b{_TIME}\b(?:\W+\w+){{0,6}}?\W+(?:co )?{_DO} {_END}",
    rf"\b{_TIME}\b(?:\W+\w+){{0,5}}?\W+co (?:{_OPEN}|mo|nghi|ai|nguoi|can bo)\b(?! phep| huong| duoc)",
    rf"\bco (?:{_OPEN}|lam|mo|nghi) (?:\w+ ){{0,3}}?{_TIME}\b",
    rf"\b(?:{_OPEN}|nghi|mo) (?:ca |luon )?(?:{_WEEKEND})\b(?:\W+\w+){{0,2}}?\W+{_END}",
    rf"\b(?:{_WEEKEND})\b{_FILL}\W+(?:nop|lam|nhan|lay|xin|dang ky|cong chung|chung thuc)\b(?: \w+){{0,8}}? duoc (?:khong|hong|ko|chua)",
    rf"\b(?:nop|lam|nhan|lay|xin|dang ky|cong chung|chung thuc)\b(?: \w+){{0,6}}? (?:vao |trong )?(?:{_WEEKEND})(?: \w+){{0,1}}? duoc (?:khong|hong|ko)",
    rf"\b(?:con|da) {_OPEN} (?:khong|chua)|\b(?:mo cua{_SHOP}|dong cua{_SHOP}|het gio lam viec) chua\b",
    r"\bnghi trua (?:\w+ ){0,3}?(?:khong|may gio|luc nao|tu)\b|\blich (?:lam viec|nghi le|nghi tet|tiep dan) (?:cua )?(?:xa|phuong|uy ban|co quan|trung tam|cong an)",
)
_ASKS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_OTHER = re.compile(
    r"\b(?:cong ty|cong nhan|nhan vien|tang ca|lam them|nguoi lao dong|hop dong|luong|quan (?:an|net|nhau|ca phe|cafe|karaoke)|tiem|nha hang"
    r"|cua hang|karaoke|phong kham|nha thuoc|di hoc|truong hoc|hoc sinh|thoi gio|giam gio|noi quy|nghi viec|nghi phep|thai san|giay phep"
    r"|ngan hang|buu dien|buu cuc|benh vien|sieu thi|toa an|ben xe|phong cong chung|sinh ngay|ngay sinh|cap ngay|het han|tuan truoc|hom qua)\b"
)
"""Hours of somebody else, of work as such, or a day that only happens to be named."""
_NOW = re.compile(r"\b(?:bay gio|gio nay|hien gio|luc nay|con (?:mo cua|lam viec|nhan)|(?:dong cua|mo cua|het gio lam viec) chua)\b")
_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_WEEKDAY = re.compile(r"(?<!lan )(?<!con )(?<!nguoi )\b(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|t([2-7])|(chu nhat|cn))\b( tuan (?:sau|toi|moi))?")
_GIVEN = re.compile(r"\b(\d{1,2})(?: ?[/.-] ?| thang )(\d{1,2})(?:(?:[/.-]| nam )(\d{4}))?\b")
_TODAY = re.compile(r"\b(?:hom nay|bua nay|(?:sang|trua|chieu|toi) nay)\b")
LONG_PAST = timedelta(days=60)
"""A day without a year that is longer gone than this is the next one of its date."""


@lru_cache(maxsize=1024)  # asked before and in answering
def asks_hours(message: str) -> bool:
    """True when it is asked whether, or from when to when, an office of ours is open."""
    folded = fold(expand(normalise(message)))
    return bool(_ASKS.search(folded)) and not _OTHER.search(folded)


def without_hours(message: str) -> str:
    """The folded message less what asks for hours and days: what may name a procedure is left."""
    return re.sub(rf"\b(?:{_TIME}|{_OPEN}|duoc khong|co|gio|may gio|xa|phuong|uy ban|nghi)\b", " ", fold(expand(normalise(message))))


def asks_now(message: str) -> bool:
    """True when it is asked about this very moment."""
    return bool(_NOW.search(fold(expand(normalise(message)))))


def asked_day(message: str, today: date) -> date | None:
    """The day that is asked about; None when none is named, or one that there is not. A weekday is the next one, today included."""
    folded = fold(expand(normalise(message)))
    if given := _GIVEN.search(folded):
        return _dated(int(given[1]), int(given[2]), given[3], today)
    if named := _WEEKDAY.search(folded):
        number = SUNDAY if named[3] else _NUMBERS[named[1]] if named[1] in _NUMBERS else int(named[1] or named[2]) - 2
        ahead = (number - today.weekday()) % 7
        return today + timedelta(days=7 - today.weekday() + number if named[4] else ahead)
    for pattern, days in ((r"\b(?:ngay|bua|sang|chieu) mot\b", 2), (r"\bmai\b", 1)):
        if re.search(pattern, folded):
            return today + timedelta(days=days)
    return today if _TODAY.search(folded) or asks_now(message) else None


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        found = date(int(year) if year else today.year, month, day)
        return found.replace(year=today.year + 1) if not year and found < today - LONG_PAST else found
    except ValueError:
        return None
