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


def chunk(procedure: Procedure, phrasings: Sequence[str] = ()) -> list[Passage]:
    """Names, aliases and real questions one by one; what it is for; its papers; its cases. No text twice."""
    texts = [
        ("name", procedure.name),
        *(("alias", alias) for alias in procedure.aliases),
        *(("phrasing", text) for text in phrasings),
    ]
    texts.append(("overview", f"{procedure.name}. {procedure.overview} {'; '.join(procedure.result)}."))
    if procedure.documents:
        texts.append(("documents", f"{procedure.name}: " + "; ".join(document.name for document in procedure.documents)))
    texts += [("cases", f"{procedure.name}: {case.name}") for case in procedure.cases]
    return list(dict.fromkeys(Passage(procedure.code, kind, text) for kind, text in texts))


def chunk_all(procedures: Iterable[Procedure], phrasings: Mapping[str, Sequence[str]]) -> list[Passage]:
    """Passages of all procedures, in code order."""
    return [
        passage
        for procedure in sorted(procedures, key=lambda p: p.code)
        for passage in chunk(procedure, phrasings.get(procedure.code, ()))
    ]
