"""What is told about an application, checked: amount, moment, unit, channel, events in; when the clock starts out. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from actions import words

VIETNAM = timezone(timedelta(hours=7))
UNITS = ("same_day", *words.UNITS)
STARTS = {"handover", "accepted", "complete"}
"""Events that start the clock: QĐ 45/2016 Đ7 (post), NĐ 118/2025 (online acceptance; full application after a supplement)."""
STOPS = {"received_incomplete", "supplement_requested"}
"""Events after which it does not run until the application is complete; it then starts anew."""
SENT = {"posted", "submitted"}
"""Handing over to the post or to the portal starts nothing."""
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)


class DeadlineError(ValueError):
    """Bad input. code: bad_date, missing_time, bad_amount, negative_amount, zero_amount, unknown_unit, unknown_channel,
    inconsistent_events or bad_events; the text is a Vietnamese sentence for whoever asked."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def check_words(unit: object, channel: object) -> None:
    """Raises DeadlineError: unknown_unit, unknown_channel."""
    if not isinstance(unit, str) or unit not in UNITS:
        raise DeadlineError("unknown_unit", f"Đơn vị thời hạn không đúng. Cần một trong: {', '.join(UNITS)}.")
    if not isinstance(channel, str) or channel not in words.CHANNELS:
        raise DeadlineError("unknown_channel", f"Cách nộp không đúng. Cần một trong: {', '.join(words.CHANNELS)}.")


def parse_amount(value: object, unit: str) -> Decimal:
    """7, 2.5, "7", "2,5" → above 0. Of same_day the amount says nothing: 1 or None. Raises DeadlineError."""
    if value is None and unit == "same_day":
        return Decimal(1)
    told = isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)
    if isinstance(value, int) and abs(value) >= 10**9:
        told = False  # Python refuses to print the longest ones
    text = str(value).strip() if told else ""
    if not _NUMBER.fullmatch(text):
        raise DeadlineError("bad_amount", "Thời hạn phải là một số viết bằng chữ số, ví dụ 7 hoặc 2,5, không quá 9 chữ số.")
    amount = Decimal(text.replace(",", "."))
    if amount < 0:
        raise DeadlineError("negative_amount", "Thời hạn không thể là số âm.")
    if amount == 0:
        raise DeadlineError("zero_amount", "Thời hạn bằng 0 không có nghĩa; trên Cổng dịch vụ công, số 0 là chưa nêu thời hạn.")
    if unit == "same_day" and amount != 1:
        raise DeadlineError("bad_amount", "Hạn trong ngày không đi kèm con số khác 1.")
    return amount


def parse_moment(value: object) -> date | datetime:
    """ISO text or a day or a time → Vietnam's naive time, or a bare day when no hour is told. Raises DeadlineError bad_date."""
    if isinstance(value, datetime):
        return _in_vietnam(value)
    if isinstance(value, date):
        return value
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise DeadlineError("bad_date", "Ngày nhận phải viết năm-tháng-ngày, ví dụ 2026-06-03 hoặc 2026-06-03T09:30.")
    year, month, day = (int(match[n]) for n in (1, 2, 3))
    if year < 1:
        raise DeadlineError("bad_date", "Không có năm 0.")
    if not 1 <= month <= 12:
        raise DeadlineError("bad_date", f"Không có tháng {month}.")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise DeadlineError("bad_date", f"Tháng {month} năm {year} không có ngày {day}.")
    if match[4] is None:
        return date(year, month, day)
    try:
        moment = datetime.fromisoformat(match[0])
    except ValueError:
        raise DeadlineError("bad_date", "Giờ nhận không đúng: giờ từ 00 đến 23, phút từ 00 đến 59.") from None
    return _in_vietnam(moment)


def clock_start(received: object, events: object) -> tuple[date | datetime | None, tuple[str, ...]]:
    """The moment the clock starts, None when it has not; and what to warn of.

    received: the right start when no event says otherwise (post: the hand-over to the agency; online: the acceptance).
    events: {"type": …, "at": …} in the order they happened. A restart for a supplement after acceptance is our reading.
    Raises DeadlineError: bad_date, bad_events, inconsistent_events.
    """
    told = None if received is None else parse_moment(received)
    if not isinstance(events, Iterable):
        raise DeadlineError("bad_events", "Các mốc của hồ sơ phải là một danh sách.")
    start, last, ran, warnings = None, None, False, []
    for event in events:
        kind = event.get("type") if isinstance(event, Mapping) else None
        if not isinstance(kind, str) or kind not in STARTS | STOPS | SENT:
            raise DeadlineError("bad_events", f"Không rõ sự kiện này. Cần một trong: {', '.join(sorted(STARTS | STOPS | SENT))}.")
        at = parse_moment(event.get("at"))
        # Sent after it was received, with nothing asked for in between: the two were told the wrong way round.
        if (last is not None and _before(at, last)) or (start is not None and kind in SENT):
            raise DeadlineError("inconsistent_events", "Các mốc thời gian không khớp: việc sau lại xảy ra trước, ví dụ giao hồ sơ cho cơ quan trước khi gửi bưu điện.")
        last = at
        if kind in STARTS:
            start, ran = at, ran or kind != "complete"
        elif kind in STOPS:
            if ran:
                warnings.append("Hồ sơ phải bổ sung sau khi đã tiếp nhận: tôi tính lại từ đầu khi đủ hồ sơ; anh/chị hỏi lại nơi nhận cho chắc.")
            start, ran = None, False
    if start is None and told is not None and (last is None or not _before(told, last)):
        return told, tuple(warnings)
    if start is not None and told is not None and told != start:
        warnings.append("Ngày nhận và các mốc của hồ sơ khác nhau; tôi tính theo các mốc.")
    return start, tuple(warnings)


def day_of(moment: date | datetime) -> date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def _before(a: date | datetime, b: date | datetime) -> bool:
    """By the minute when both tell one, else by the day."""
    return a < b if isinstance(a, datetime) and isinstance(b, datetime) else day_of(a) < day_of(b)


def _in_vietnam(moment: datetime) -> datetime:
    try:
        return moment.astimezone(VIETNAM).replace(tzinfo=None) if moment.tzinfo else moment
    except OverflowError:
        raise DeadlineError("bad_date", "Ngày nhận nằm ngoài khoảng tính được.") from None
