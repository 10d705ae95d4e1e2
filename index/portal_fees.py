"""Money of a portal record: amounts as they stand, "0" only as free when the words beside it say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from index.finding import Notes
from index.portal_shape import CHANNELS, number, rows, text
from index.portal_text import cut
from index.procedure import Fee

NAMES = {"FEE": "Phí", "SERVICE_FEE": "Lệ phí", "PRICE_LEVEL": "Giá dịch vụ"}
SMALLEST = 1000
"""đồng; below it the portal means thousands or another currency."""
NOTE_CHARS = 300
NOT_SAID = "dữ liệu cổng không ghi rõ có thu phí hay không"
_FREE = re.compile(r"(?:(?:phí|lệ phí|phí, lệ phí)\s*:?\s*)?(?:được |các trường hợp (?:được )?)?(?:miễn\b|không thu\b|không phải nộp|không mất)", re.I)
_AMOUNT = re.compile(r"\bđồng\b|\d\s*đ\b|vnđ|usd|%|mức thu|mức lệ phí|mức phí|quyết định|giảm", re.I)
# Free for some, for a while or on one channel is free under that condition only.
_ONLY_FOR = re.compile(
    r"trường hợp|đối với|đối tượng|người|\bhộ\b|\btrừ\b|\bnếu\b|\bkhi\b|\bcho\b|từ ngày|đến hết|đến ngày|trực tuyến|trực tiếp",
    re.I,
)
_NOTHING = re.compile(r"(?:phí|lệ phí|phí, lệ phí)?[\s:.-]*(?:không|chưa)(?: (?:có|quy định|áp dụng|thông tin|phí|lệ phí|phí, lệ phí))*[\s.;-]*", re.I)
_END = re.compile(r"(?:đến|hết)\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})", re.I)


@dataclass(frozen=True, slots=True)
class _Row:
    """A fee and the way of filing that it stands under."""

    channel: str | None
    fee: Fee


def fees(detail: dict[str, Any], taken_on: date, notes: Notes) -> tuple[Fee, ...]:
    """The fee rows; () with the reason in `notes` when the portal settles nothing. A note that names its last day dates its row."""
    methods = rows(detail, "executionMethods", notes, "fees")
    listed = [(_channel(method), row) for method in methods for row in rows(method, "fees", notes, "fees")]
    if not listed:
        notes.found("missing_part", "fees", "no row")
    found = [_Row(channel, fee) for channel, row in listed if (fee := _fee(row, taken_on, notes))]
    if not found:
        notes.missing("fees", notes.unknown.get("fees", NOT_SAID))
        return ()
    notes.unknown.pop("fees", None)
    return tuple(_merged(found, {_channel(method) for method in methods}))


def _channel(method: dict[str, Any]) -> str | None:
    channel = method.get("submissionMethod")
    return CHANNELS.get(channel) if isinstance(channel, str) else None


def _fee(row: dict[str, Any], taken_on: date, notes: Notes) -> Fee | None:
    """One row of the portal -> Fee; None when it says neither an amount nor anything in words."""
    kind = row.get("type")
    name = NAMES.get(kind, "Phí, lệ phí") if isinstance(kind, str) else "Phí, lệ phí"
    words = text(row, "description", notes, "fees").strip(" -+*•")
    note = cut(words, NOTE_CHARS) or None
    amount = number(row.get("value"))
    if amount is None:
        fee = _without_amount(name, words, note, notes)
    else:
        fee = _with_amount(name, amount, text(row, "currencyName", notes, "fees"), note, notes)
    return _dated(fee, words, taken_on, notes) if fee else None


def _with_amount(name: str, amount: int | float, currency: str, note: str | None, notes: Notes) -> Fee:
    if "usd" in currency.lower() and isinstance(amount, int):
        return Fee(name, None, amount_usd=amount, note=note)
    if (not currency or "đồng" in currency.lower() or currency.upper() == "VND") and isinstance(amount, int) and amount >= SMALLEST:
        return Fee(name, amount, note=note)
    notes.found("fee_suspect_unit", "fees", f"{amount:g} {currency}".strip())
    printed = f"cổng ghi {amount:g} {currency}".strip().replace(".", ",") + ", chưa rõ đơn vị"
    return Fee(name, None, note=cut(f"{printed}; {note}" if note else printed, NOTE_CHARS))


def _without_amount(name: str, words: str, note: str | None, notes: Notes) -> Fee | None:
    if not words:
        notes.found("fee_zero_not_free", "fees", "0 without a note")
        return None
    if _FREE.match(words) and not _AMOUNT.search(words):
        if not _ONLY_FOR.search(words):
            return Fee(name, 0, note=note)
        notes.found("fee_note_sets_amount", "fees", cut(words, 80), "dữ liệu chỉ ghi ai được miễn, chưa rõ mức thu của người khác")
        return Fee(name, 0, condition=note)
    if _NOTHING.fullmatch(words):
        notes.found("fee_zero_not_free", "fees", words)
        notes.missing("fees", f"dữ liệu cổng chỉ ghi “{words.strip(' .;-')}” ở phần phí, chưa rõ có phải miễn phí không")
        return None
    notes.found("fee_note_sets_amount", "fees", cut(words, 80))
    return Fee(name, None, note=note)


def _dated(fee: Fee, words: str, taken_on: date, notes: Notes) -> Fee:
    """The row ends with the last day that its note names, whether or not that day has come when the copy is taken: what was a
    reduced amount then must not be told after it, and whether the full one holds again nobody has looked up."""
    last = last_day(words)
    if last is None:
        return fee
    if last >= taken_on:
        notes.found("fee_note_ends", "fees", last.isoformat())
    else:
        spoken = f"{last.day}/{last.month}/{last.year}"
        warning = f"một mức phí trong dữ liệu chỉ ghi đến ngày {spoken}, nay đã qua; cần hỏi lại mức mới"
        notes.found("fee_expired_note", "fees", last.isoformat(), warning)
    return replace(fee, effective_to=last)


def last_day(words: str) -> date | None:
    """The latest day up to which a note says that something holds: "đến hết ngày 31/12/2026"; None when it names none."""
    return max((day for match in _END.finditer(words) if (day := _day(*match.groups()))), default=None)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _merged(found: Sequence[_Row], channels: set[str | None]) -> Iterator[Fee]:
    """A row that stands under every way of filing holds for all; others name theirs. In the order of the source."""
    under: dict[Fee, dict[str | None, None]] = {}
    for row in found:
        under.setdefault(row.fee, {})[row.channel] = None
    for fee, where in under.items():
        if set(where) >= channels or None in where:
            yield fee
        else:
            yield from (replace(fee, channel=channel) for channel in where)
