"""A Procedure and its phrasings -> the passages that are searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.procedure import Procedure

KINDS = ("name", "alias", "phrasing", "overview", "documents", "cases")


@dataclass(frozen=True, slots=True)
class Passage:
    """One searched text of one procedure; kind is one of KINDS."""

    code: str
    kind: str
    text: str


MAX_CASES = 6
"""Cases of an unreviewed record that become passages: their official names are long and alike."""


def chunk(procedure: Procedure, phrasings: Sequence[str] = (), official: str | None = None) -> list[Passage]:
    """Names, aliases and real questions one by one; what it is for; its papers; its cases. No text twice. official: its name in
    the national catalogue."""
    texts = [
        ("name", procedure.name),
        *([("name", official)] if official else []),
        *(("alias", alias) for alias in procedure.aliases),
        *(("phrasing", text) for text in phrasings),
    ]
    texts.append(("overview", f"{procedure.name}. {procedure.overview} {'; '.join(procedure.result)}."))
    if procedure.documents and procedure.reviewed:
        texts.append(("documents", f"{procedure.name}: " + "; ".join(document.name for document in procedure.documents)))
    cases = procedure.cases if procedure.reviewed else procedure.cases[:MAX_CASES]
    texts += [("cases", f"{procedure.name}: {case.name}") for case in cases]
    return list(dict.fromkeys(Passage(procedure.code, kind, text) for kind, text in texts))


def chunk_all(
    procedures: Iterable[Procedure], phrasings: Mapping[str, Sequence[str]], official: Mapping[str, str] | None = None
) -> list[Passage]:
    """Passages of all procedures, in code order."""
    return [
        passage
        for procedure in sorted(procedures, key=lambda p: p.code)
        for passage in chunk(procedure, phrasings.get(procedure.code, ()), (official or {}).get(procedure.code))
    ]
