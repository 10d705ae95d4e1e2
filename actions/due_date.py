"""(procedure, what the citizen said of handing in, now, calendar, whom to ask) -> an Answer with the due days and their counts.

Whether a message asks for that is told by its words, as data beside those of index.asking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from actions import words
from actions.address import page_of
from actions.answer import Answer
from actions.calendar import OfficeCalendar
from actions.compose import compose, named
from actions.deadline import Deadline
from actions.deadline_input import VIETNAM, day_of
from actions.deadline_step import weekday
from actions.due_count import Count, count
from actions.due_line import say_row
from actions.section import Section
from actions.when import Received
from actions.when_words import written_out
from index.post import Post
from index.procedure import Procedure
from index.text import fold

MAX_ROWS = 4
"""Time limits that are counted in one answer; the others are on the procedure's page."""
SLIP = "Ngày ghi trên giấy hẹn mới là ngày chính thức; ngày tôi tính chỉ để anh/chị tham khảo."
ASK_SLIP = "Anh/chị xem ngày hẹn ghi trên giấy hẹn."
HELD_ELSEWHERE = frozenset({"Điện"})
"""Fields that no one-stop office holds: the rule about apologies is not told there."""

_DAY = r"(?:(?:ngay|hom|bua|thu|lan) (?:nao|may|mi|gi)|ngay bao nhieu)(?! cung\b)"
_WHEN = rf"(?:chung nao|khi nao|bao gio|hoi nao|luc nao|{_DAY})"
_GOT = r"(?:co|xong|lay|nhan|tra|ra|duoc|toi lay|den lay|lanh|het han|toi han|den han|hen|giai quyet|cap)"
_TERM = r"(?:\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi(?: lam)?) (?:ngay|bua|hom|tuan|thang)(?! tuoi\b)(?: lam viec)?"
_ASKS = re.compile(
    rf"\b{_WHEN}(?: \w+){{0,4}}? {_GOT}\b|\b(?:co|xong|lay|nhan|tra|ra|duoc|hen|giai quyet|cap)(?: \w+){{0,4}}? {_WHEN}\b"
    rf"|\b(?:may|bao nhieu) (?:ngay|bua|hom|tuan)(?: nua)?(?: \w+){{0,3}}? {_GOT}\b|\bbao lau(?: nua)?(?: \w+){{0,3}}? {_GOT}\b"
    r"|\bmay (?:ngay|bua|hom) nua\b|\b(?:chung nao|khi nao|bao gio|bua nao|bao lau)\W*$"
    r"|\b(?:tinh|dem) (?:gium |giup |ho )?(?:ngay|han)\b"
    rf"|(?<!het )\bhan (?:tra|cuoi|chot|la)\b(?:(?: (?!nop\b)\w+){{0,3}}? {_DAY}\b)?"
    rf"|\b{_TERM}(?: (?!nop\b)\w+){{0,6}}? {_DAY}\b"
    rf"|\b(?:ngay cuoi(?: cung)?|(?:cham|tre|lau|muon) nhat)(?: (?!nop\b)\w+){{0,4}}? {_DAY}\b(?! (?:\w+ )?nop\b)"
    rf"|\b(?:roi|rot|nham|trung) (?:vao |vo |ngay |trung )*{_DAY}\b"
    rf"|(?<!lam viec )(?<!mo cua )(?<!lam )(?<!nop )\b(?:la|toi|den|vao) {_DAY}(?: (?:vay|a|ha|ta|day|dung khong|nhi|the|anh|chi|em))*\W*$"
)
"""Folded questions for the day of the result; the last four for the day that a number of days comes to."""
_LATE = re.compile(
    r"\b(?:tre|cham) (?:roi|hen|han|chua|qua|vay)\b|\bbi tre\b|\bqua hen\b|\bqua han (?:tra|giai quyet|roi ma|ma|hen)\b|\blau qua\b"
    r"|\bchua (?:thay|nghe)\b|\b(?:van|gio|nay|hoai|ma|sao|bua nay)(?: \w+)?? chua (?:co|xong|nhan|tra|duoc|lay)\b"
    r"|\bchua (?:co|nhan duoc|tra|lay duoc) (?:ket qua|kq|gi het|giay hen|gi ca)\b"
)
_READY = re.compile(
    r"\b(?:xong|(?:co|ra) ket qua|co the|(?<!nhan )lay duoc|lanh duoc|(?<!duoc )co|\bnop (?:ho so |giay |don )?(?:roi|hom|hum|bua|ngay|thu|t[2-7]|sang|chieu|trua|tu|\d)(?: [\w/]+){0,6}? duoc) chua"
    r"(?: (?:vay|a|ha|ta|co|anh|chi|em|ad|nhi|luon|nua|roi|ban))*(?:\W*$|\s*[,.;!?])"
)
"""Folded: whether it is ready, which the due day tells as far as anybody but the office can."""
_ASKING = re.compile(
    rf"\b(?:{_WHEN}|{_GOT}|chua|han (?:tra|cuoi|chot|la)|ngay cuoi(?: cung)?|(?:cham|tre|lau|muon) nhat|(?:roi|rot|nham) (?:vao|vo))\b"
)
_TERMS = re.compile(rf"\b(?:(?:het|mat|ton) )?(?:(?:may|bao nhieu) (?:ngay|bua|hom|tuan|thang)|{_TERM})\b")


@lru_cache(maxsize=1024)  # asked before and in answering
def asks_due(message: str) -> bool:
    """True when it asks on which day a result comes, or says that one is late. What was handed in when is another question."""
    folded = fold(written_out(message))
    return bool(_ASKS.search(folded) or _LATE.search(folded))


@lru_cache(maxsize=1024)  # asked before and in answering
def asks_if_ready(message: str) -> bool:
    """True for "xong chưa", "có kết quả chưa": of something handed in before, it asks for the due day too."""
    return bool(_READY.search(fold(written_out(message))))


def without_asking(text: str) -> str:
    """A text of when_words.written_out without the words that ask for the day: "chừng nào" names no procedure, "chứng" does. What
    stands among them stays: "lấy căn cước chừng nào"."""
    folded = fold(text)
    asking = [one for pattern in (_ASKS, _READY) for one in pattern.finditer(folded)]
    spans = {(one.start() + word.start(), one.start() + word.end()) for one in asking for word in _ASKING.finditer(one.group())}
    gone = {n for start, end in spans | {match.span() for match in _TERMS.finditer(folded)} for n in range(start, end)}
    return "".join(" " if n in gone else letter for n, letter in enumerate(text))


def compose_due(
    procedure: Procedure,
    received: Received,
    now: datetime,
    calendar: OfficeCalendar,
    contact: Mapping[str, Any],
    others: Sequence[str] = (),
    post: Post = Post(),
) -> Answer:
    """The time limits that apply, each with its count in one line; those without a number, or that start elsewhere, are said to
    give no day. Its text is verified against `count(procedure, received, calendar)`.

    Args: received: with a clear day; its channel, when told, leaves out the limits of other channels. now: Vietnam's time when
        it has no offset. others: what else is asked, told behind the day; post: what holds for all that goes by post.
    Raises ValueError when `received` has no day or the record no time limits.
    """
    if not procedure.duration:
        raise ValueError(f"{procedure.code}: duration is empty")
    found = count(procedure, received, calendar)
    now = now.astimezone(VIETNAM).replace(tzinfo=None) if now.tzinfo else now
    rows = [n for n, row in enumerate(procedure.duration) if not received.channel or row.channel in (None, received.channel)]
    rows = rows or list(range(len(procedure.duration)))
    told, several, day = rows[:MAX_ROWS], len(rows) > 1, words.day(day_of(found.received))
    head = f"Nộp {weekday(found.received)} {day}"
    section = Section(facts=[("received", day)])
    if found.closed:
        closed = f"{weekday(found.told)} {words.day(found.told)} nơi nhận hồ sơ nghỉ, nên tôi tính từ ngày làm việc kế tiếp"
        section.say(words.sentence(closed), ("told", words.day(found.told)))
    if several:
        section.say(f"{head}:")
    for n in told:
        say_row(section, procedure, n, found, "- " if several else f"{head}, ")
    if len(rows) > MAX_ROWS:
        section.say(f"Còn trường hợp khác, anh/chị xem đủ ở trang này: {page_of(procedure)}")
    _say_warnings(section, found, told)
    dated = [n for n in told if found.due[n].due]
    section.say(SLIP if dated else ASK_SLIP)
    section.whole = len(dated) == len(told)
    if any(_over(found.after_three[n] or found.due[n], now) for n in dated):
        if procedure.field not in HELD_ELSEWHERE:
            _say_late(section, found, several, contact)
    elif dated and not several and procedure.duration[dated[0]].unit != "same_day":
        section.say(f"Lưu vào lịch điện thoại: {found.ics[dated[0]]}", (f"ics[{dated[0]}]", found.ics[dated[0]]))
    return compose(procedure, ("duration", *others), now.date(), contact, post, made={"duration": section})


def _say_late(section: Section, found: Count, several: bool, contact: Mapping[str, Any]) -> None:
    """What the office owes past a due day, and whom to ask; so nobody need be named again for what is unknown."""
    section.say(("" if several else "Hạn này đã qua. ") + found.rule, ("rule", found.rule))
    whom, told = named(contact)
    section.say(f"Nếu đã quá ngày hẹn, anh/chị hỏi {whom}.", *told)
    section.whole = True


def _say_warnings(section: Section, found: Count, rows: list[int]) -> None:
    """What the counts warn of, each sentence once."""
    said: dict[str, str] = {}
    for n in rows:
        for name, deadline in (("due", found.due[n]), ("after_three", found.after_three[n])):
            for k, warning in enumerate(deadline.warnings if deadline and deadline.due else ()):
                said.setdefault(warning, f"{name}[{n}].warnings[{k}]")
    for warning, path in said.items():
        section.say(warning, (path, warning))


def _over(deadline: Deadline, now: datetime) -> bool:
    """True when the due moment has passed; a due day lasts until its 24:00."""
    if isinstance(deadline.due, datetime):
        return deadline.due < now
    return isinstance(deadline.due, date) and deadline.due < now.date()
