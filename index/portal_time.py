"""How long a procedure takes, from the portal's rows a way of filing, its rows a case and, last, its descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.finding import Notes
from index.portal_limits import SPOKEN_UNIT, limit_of, limits_in
from index.portal_shape import CHANNELS, mapping, number, raw_text, rows, text
from index.portal_text import clean, cut, lines
from index.procedure import Case, Duration

_TIME_WORD = re.compile(r"\d|ngày|giờ|tháng|tuần|quý|năm|thời hạn|ngay", re.I)
# A line that says how to file, not when the limit holds.
_FILING = re.compile(r"(?:nộp|gửi|trực tiếp|trực tuyến|thông qua|qua|tại|hồ sơ (?:được )?nộp|cách thức|cách thực hiện|địa điểm)\b", re.I)
_SUB_CASES = "dữ liệu cổng ghi nhiều thời hạn cho các trường hợp khác nhau, chưa có người đối chiếu"
_FROM_TEXT = "thời hạn này đọc từ phần mô tả trên cổng, chưa có người đối chiếu"
_FROM_CASES = "thời hạn này lấy từ mục trường hợp trên cổng, chưa có người đối chiếu"


@dataclass(frozen=True, slots=True)
class _Said:
    """One row of the portal: a way of filing, its limit if it has one with a unit, and all words beside it."""

    channel: str | None
    limit: Duration | None
    words: str
    first_line: str


def durations(detail: dict[str, Any], cases: Sequence[Case], land: bool, notes: Notes) -> tuple[Duration, ...]:
    """The time limits; () with the reason in `notes` when the portal gives none. land: Đất đai, where channels hide cases."""
    said = [_said(method, notes) for method in rows(detail, "executionMethods", notes, "duration")]
    by_case = _case_limits(detail, notes)
    if not said and not by_case:
        notes.found("missing_part", "duration", "no row")
        notes.missing("duration", "dữ liệu cổng không ghi thời hạn")
        return ()
    if any(row.limit is None for row in said):
        notes.found("duration_without_unit", "duration", ", ".join(sorted({row.channel or "?" for row in said if not row.limit})))
    named = _named_cases(by_case, cases)
    if named:
        return named
    limits = [row for row in said if row.limit]
    if not limits:
        return _from_words(said, by_case, notes)
    _compare(limits, by_case, notes)
    return _merged(limits, len(limits) == len(said), land, notes)


def _said(method: dict[str, Any], notes: Notes) -> _Said:
    amount, unit = method.get("processingTime"), method.get("processingTimeUnit")
    described = raw_text(method, "description", notes, "duration")
    own = clean(amount) if isinstance(amount, str) and number(amount) is None else ""
    first = [line for line in lines(own or described) if not _FILING.match(line)]
    channel = method.get("submissionMethod")
    return _Said(
        CHANNELS.get(channel) if isinstance(channel, str) else None,
        limit_of(amount, unit),
        f"{own} {clean(described)}".strip(),
        cut(first[0].rstrip(" :;."), 200) if first else "",
    )


def _case_limits(detail: dict[str, Any], notes: Notes) -> list[tuple[str, Duration]]:
    found = []
    for row in rows(detail, "cases", notes, "duration"):
        day = mapping(row, "processingDay", notes, "duration")
        limit = limit_of(day.get("qty"), day.get("type"))
        if limit:
            found.append((text(row, "name", notes, "duration"), limit))
    return list(dict.fromkeys(found))


def _named_cases(by_case: Sequence[tuple[str, Duration]], cases: Sequence[Case]) -> tuple[Duration, ...]:
    """Rows that bear the names of the record's cases, when every case has its row."""
    limits = {name.casefold().strip(" .:;"): limit for name, limit in by_case}
    found = [(case, limits.get(case.name.casefold())) for case in cases]
    return tuple(replace(limit, case=case.id) for case, limit in found if limit) if cases and all(x for _, x in found) else ()


def _from_words(said: Sequence[_Said], by_case: Sequence[tuple[str, Duration]], notes: Notes) -> tuple[Duration, ...]:
    """No row has a unit: the one limit that the descriptions name, else the one of the cases, else unknown."""
    texts = list(dict.fromkeys(row.words for row in said if row.words))
    named = [limits_in(words) for words in texts]
    once = {limits[0] for limits in named if len(limits) == 1}
    if len(once) == 1 and all(len(limits) <= 1 for limits in named):
        notes.found("duration_from_text", "duration", _short(once), _FROM_TEXT)
        return tuple(once)
    limits = list(dict.fromkeys(limit for _, limit in by_case))
    if len(limits) == 1:
        notes.found("duration_from_cases", "duration", _short(limits), _FROM_CASES)
        return tuple(limits)
    useful = next((words.lstrip(" -+*•") for words in texts if _TIME_WORD.search(words)), "")
    quote = f"; cổng ghi: “{cut(useful, 200)}”" if useful else ""
    notes.missing("duration", f"dữ liệu cổng không ghi rõ thời hạn{quote}")
    return ()


def _merged(said: Sequence[_Said], whole: bool, land: bool, notes: Notes) -> tuple[Duration, ...]:
    """One row when all ways of filing agree, else one a way; several times a way are cases that the portal has no place for."""
    by_channel: dict[str | None, dict[Duration, str]] = {}
    for row in said:
        by_channel.setdefault(row.channel, {}).setdefault(row.limit, row.first_line)  # type: ignore[arg-type]
    distinct = {limit: line for limits in by_channel.values() for limit, line in reversed(limits.items())}
    if len(distinct) == 1:
        limit = next(iter(distinct))
        return (limit,) if whole else tuple(replace(limit, channel=channel) for channel in by_channel)
    notes.found("duration_disagrees", "duration", _short(distinct))
    if land or any(len(limits) > 1 for limits in by_channel.values()):
        notes.found("case_on_channel", "duration", _short(distinct), _SUB_CASES)
        ordered = list(dict.fromkeys(row.limit for row in said if row.limit))
        lines_of = {limit: next((row.first_line for row in said if row.limit == limit and row.first_line), "") for limit in ordered}
        return tuple(replace(limit, note=_joined(limit.note, lines_of[limit])) for limit in ordered)
    return tuple(replace(next(iter(limits)), channel=channel) for channel, limits in by_channel.items())


def _joined(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None


def _compare(said: Sequence[_Said], by_case: Sequence[tuple[str, Duration]], notes: Notes) -> None:
    """The rows beside the portal's other two places: a description that names one other limit, and the cases."""
    ours = {row.limit for row in said if row.limit}
    for row in said:
        named = limits_in(row.words)
        if len(named) == 1 and named[0] not in ours:
            other = f"{named[0].amount} {SPOKEN_UNIT[named[0].unit]}"
            detail = f"row {_short(ours)}, description {_short(named)}"
            notes.found("duration_disagrees", "duration", detail, f"phần mô tả trên cổng còn ghi {other}")
    others = {limit for _, limit in by_case}
    if others and not others & ours:
        notes.found("duration_disagrees", "duration", f"row {_short(ours)}, cases {_short(others)}")


def _short(limits: Iterable[Duration]) -> str:
    return ", ".join(sorted(f"{row.amount} {row.unit}" if row.unit else row.note or "" for row in limits))
