"""One record beside its entry in the national catalogue -> the differences, each as (field, value)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from index.portal import PortalFacts, law_numbers, numbers_in
from index.procedure import Procedure

WORDS = {
    "working_days": r"ngày làm việc",
    "days": r"ngày(?! làm việc)",
    "hours": r"giờ",
    "working_hours": r"giờ làm việc",
    "months": r"tháng",
}
FREE = re.compile(r"miễn|không thu|không mất phí|không phải nộp|không có phí|chưa thu|không quy định|không$|không\.", re.I)
COMPARED_TEXT = (
    "overview",
    "applicants",
    "cases",
    "documents",
    "steps",
    "conditions",
    "result",
    "duration",
    "fees",
    "post_submit",
    "post_return",
    "online",
    "place",
    "template",
)


def differences(procedure: Procedure, portal: PortalFacts) -> list[tuple[str, str]]:
    """Every number, channel and law number of `procedure` that the catalogue does not bear out, and every time, amount
    and channel of the catalogue that the record leaves out. In the order of the record's parts, no pair twice."""
    found = [
        *_durations(procedure, portal),
        *_fees(procedure, portal),
        *_channels(procedure, portal),
        *_counts(procedure, portal),
        *_laws(procedure, portal),
        *_numbers(procedure, portal),
    ]
    return list(dict.fromkeys(found))


def _durations(procedure: Procedure, portal: PortalFacts) -> Iterator[tuple[str, str]]:
    ours = {(row.amount, row.unit) for row in procedure.duration if row.amount}
    for amount, unit in sorted(ours - portal.durations):
        if not re.search(rf"(?<!\d)0*{amount}\s*(?:\([^)]*\)\s*)?{WORDS[unit]}", portal.text, re.I):
            yield "duration", f"ours {amount} {unit}"
    same_day = any(row.unit == "same_day" for row in procedure.duration)
    for amount, unit in sorted(portal.durations - ours):
        if not (same_day and (amount, unit) == (1, "working_days")):
            yield "duration", f"catalogue {amount} {unit}"


def _fees(procedure: Procedure, portal: PortalFacts) -> Iterator[tuple[str, str]]:
    ours = {n for fee in procedure.fees for n in (fee.amount_vnd, fee.max_vnd, fee.amount_usd) if n}
    for amount in sorted(ours - portal.amounts - portal.numbers):
        yield "fees", f"ours {amount}"
    for amount in sorted(portal.amounts - ours):
        yield "fees", f"catalogue {amount}"
    if any(fee.amount_vnd == 0 for fee in procedure.fees) and not FREE.search(portal.text):
        yield "fees", "ours 0"


def _channels(procedure: Procedure, portal: PortalFacts) -> Iterator[tuple[str, str]]:
    for field, method, ours in (
        ("post_submit", "POSTAL", procedure.post_submit.status == "accepted"),
        ("online", "ONLINE", procedure.online.status in ("full", "partial", "appointment")),
    ):
        if ours != (method in portal.methods):
            yield (
                field,
                f"ours {getattr(procedure, field).status}, catalogue {'has' if method in portal.methods else 'has no'} {method}",
            )


def _counts(procedure: Procedure, portal: PortalFacts) -> Iterator[tuple[str, str]]:
    for document in procedure.documents:
        if document.originals is None and document.copies is None:
            continue
        pair = (document.originals or 0, document.copies or 0)
        if pair not in portal.counts:
            yield "documents", f"ours {pair[0]}+{pair[1]} {document.name}"


def _laws(procedure: Procedure, portal: PortalFacts) -> Iterator[tuple[str, str]]:
    known = portal.laws | law_numbers(portal.text)
    for number in sorted(law_numbers(" ".join(procedure.legal_basis)) - known):
        yield "legal_basis", f"ours {number}"
    ours = procedure.decision.number if procedure.decision else None
    if ours != portal.decision:
        yield "decision", f"ours {ours}, catalogue {portal.decision}"


def _numbers(procedure: Procedure, portal: PortalFacts) -> Iterator[tuple[str, str]]:
    """Numbers inside sentences (notes, steps, conditions): each must stand somewhere in the catalogue's text."""
    for part in COMPARED_TEXT:
        text = " ".join(_texts(getattr(procedure, part)))
        text = re.sub(r"[A-ZĐ]{1,4}\d+[a-z]?", " ", text)  # form marks such as CT01
        for number in sorted(numbers_in(text) - portal.numbers - portal.amounts):
            yield part, f"ours number {number}"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in ("id", "case", "template", "number", "source", "channel", "unit"):
                yield from _texts(getattr(value, field.name))
