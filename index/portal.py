"""The national portal's API records (one JSON object a line) -> the comparable facts of one procedure."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.portal_text import clean, strings

UNITS = {"WORKING_DAY": "working_days", "DAY": "days", "HOUR": "hours", "MONTH": "months"}
NUMBER = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|\d+")


@dataclass(frozen=True, slots=True)
class PortalFacts:
    """What the catalogue says of one code, reduced to what can be compared. Amounts as printed, in any currency."""

    code: str
    name: str
    durations: frozenset[tuple[int, str]]
    amounts: frozenset[int]
    methods: frozenset[str]
    counts: frozenset[tuple[int, int]]
    laws: frozenset[str]
    decision: str | None
    text: str
    numbers: frozenset[int]


def numbers_in(text: str) -> frozenset[int]:
    """Whole numbers in `text`, thousands separators read as such: "50.000 đồng, 07 ngày" -> {50000, 7}."""
    return frozenset(int(re.sub(r"[.,]", "", found)) for found in NUMBER.findall(text))


def read_catalogue(path: Path, codes: Iterable[str]) -> dict[str, PortalFacts]:
    """The facts of `codes` that the file (.jsonl or .jsonl.xz) holds."""
    wanted = set(codes)
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return {row["code"]: facts_of(row) for row in map(json.loads, lines) if row["code"] in wanted}


def facts_of(row: dict[str, Any]) -> PortalFacts:
    """One API record -> PortalFacts. Units OTHER and times 0 say nothing and are dropped."""
    detail = row["detail"]
    methods = detail.get("executionMethods") or []
    times = [(m.get("processingTime"), m.get("processingTimeUnit")) for m in methods]
    times += [
        ((c.get("processingDay") or {}).get("qty"), (c.get("processingDay") or {}).get("type")) for c in detail.get("cases") or []
    ]
    fees = [fee for m in methods for fee in m.get("fees") or []]
    components = [c for case in detail.get("executionCases") or [] for c in case.get("profileComponents") or []]
    text = clean(" \n ".join(strings(detail)))
    return PortalFacts(
        code=row["code"],
        name=clean(row["name"]),
        durations=frozenset((int(n), UNITS[unit]) for n, unit in times if n and unit in UNITS),
        amounts=frozenset(int(fee["value"]) for fee in fees if fee.get("value")),
        methods=frozenset(m["submissionMethod"] for m in methods),
        counts=frozenset((c.get("originalQty") or 0, c.get("copyQty") or 0) for c in components),
        laws=frozenset(
            law_numbers(
                " ".join(clean(x.get("code")) + " " + clean(x.get("name")) for x in detail.get("legalBasisesDetails") or [])
            )
        ),
        decision=clean((detail.get("procedureProposal") or {}).get("proposalNumber")) or None,
        text=text,
        numbers=numbers_in(text),
    )


def law_numbers(text: str) -> set[str]:
    """Numbers of laws and decrees in `text`: {"60/2014/QH13", "123/2015/NĐ-CP"}."""
    return set(re.findall(r"\d+(?:\.\d+)?/\d{4}/[A-ZĐ0-9][A-ZĐ0-9-]*|\d+/(?:QĐ|TB|TT)-[A-ZĐ]+", text.upper().replace("Ð", "Đ")))
