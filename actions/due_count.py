"""(procedure, what the citizen said of handing in, calendar) -> each time limit of the record counted from that day. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from actions.address import public
from actions.calendar import NotConfirmed, OfficeCalendar
from actions.deadline import NOON, Deadline, due
from actions.when import Received
from index.procedure import Duration, Procedure
from index.text import fold

BY_THREE, AFTER_THREE = time(9), time(16)
"""Hours that stand for a receipt before and after 15:00, which is all that a limit "in the day" asks of them (NĐ 23/2015 Đ7)."""
LATE_RULE = (
    "Trễ hạn thì cơ quan phải xin lỗi bằng văn bản, nêu lý do và hẹn lại ngày trả, chỉ được hẹn lại một lần "
    "(mẫu số 04, Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết; Nghị định 118/2025/NĐ-CP, Thông tư 03/2025/TT-VPCP)."
)
"""What one is entitled to at a one-stop office; read on 22/11/2026."""
LAND = "chưa rõ thời hạn đất đai có gồm lúc niêm yết, nộp thuế, phí hay không, nên tôi không tính ra ngày"
ELSEWHERE = "thời hạn này không đếm thẳng từ ngày nộp hồ sơ, nên tôi không tính ra ngày"
NO_NUMBER = "nguồn không cho số ngày, nên tôi không tính ra ngày"
_ELSEWHERE = re.compile(
    r"\btu (?:ngay|khi) (?:het han|ket thuc|bat dau|nguoi lao dong|thong bao lai|co quan nhan duoc van ban)\b"
    r"|\bgiai doan \d|\brieng viec\b|\bkhong tinh (?:ngay|thoi gian)\b|^thoi gian (?:xac minh|cap lai)\b|^de kiem tra thuc te\b"
)
"""Folded words of a note by which a limit starts at another event, is one stage of several, or leaves days out."""


@dataclass(frozen=True, slots=True)
class Count:
    """told: the day that was said; received: the one counted from, with its hour when told; closed: why nobody receives on
    `told`, when that moved it.

    due: a row each of the record's time limits, in its order; after_three: the same when handed in after 15:00, None unless the
    limit is "in the day" and the hour is open. ics: the address of each as a calendar file. rule: LATE_RULE.
    """

    told: date
    received: date
    closed: str | None
    due: tuple[Deadline, ...]
    after_three: tuple[Deadline | None, ...]
    ics: tuple[str, ...]
    rule: str = LATE_RULE


def count(procedure: Procedure, received: Received, calendar: OfficeCalendar) -> Count:
    """Raises ValueError when `received` tells no clear day."""
    if received.day is None or received.moment is None:
        raise ValueError(f"received: {received.words!r} tells no clear day")
    closed, start = None, received.moment
    if received.planned:
        closed = _closed(received, calendar, procedure.contact)
    if closed:
        try:
            start = calendar.next_working(received.day)
        except NotConfirmed:
            closed = None
    part = None if closed else received.part
    channel = received.channel or "direct"
    rows = [_count(procedure, row, start, part, channel, calendar) for row in procedure.duration]
    query = f"code={procedure.code}&received={start.isoformat()}"
    query += f"&channel={received.channel}" if received.channel else ""
    return Count(
        received.day,
        start,
        closed,
        tuple(first for first, _ in rows),
        tuple(second for _, second in rows),
        tuple(public(f"/api/deadline.ics?{query}&row={n}") for n in range(len(rows))),
    )


def uncounted(procedure: Procedure, row: Duration) -> str | None:
    """Why no day follows from a time limit and the day of handing in, in Vietnamese; None when one does."""
    if row.unit is None:
        return NO_NUMBER
    if procedure.field == "Đất đai":
        return LAND
    return ELSEWHERE if row.note and _ELSEWHERE.search(fold(row.note.lower())) else None


def _closed(received: Received, calendar: OfficeCalendar, contact: str) -> str | None:
    """Why nobody receives on the planned day; None when somebody does, or when nobody can say."""
    assert received.day is not None
    try:
        if calendar.half_day(received.day, contact):
            late = received.part in ("afternoon", "evening") or (received.time is not None and received.time.hour >= NOON)
            return "chiều thứ Bảy" if late else None
        return calendar.off(received.day)
    except NotConfirmed:
        return None


def _count(
    procedure: Procedure, row: Duration, start: date, part: str | None, channel: str, calendar: OfficeCalendar
) -> tuple[Deadline, Deadline | None]:
    if reason := uncounted(procedure, row):
        return Deadline(None, "no_firm_date", warnings=(reason,)), None
    if row.unit != "same_day" or isinstance(start, datetime):
        return due(start, row.amount, row.unit, channel, calendar=calendar), None
    early, late = (
        due(datetime.combine(start, hour), row.amount, row.unit, channel, calendar=calendar) for hour in (BY_THREE, AFTER_THREE)
    )
    if part in ("morning", "noon"):
        return early, None
    return (late, None) if part == "evening" else (early, late)
