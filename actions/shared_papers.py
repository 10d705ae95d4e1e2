"""Papers of several procedures -> each once, with the procedures that want it. Pure.

Two papers are one only when their names are, brackets aside, or when SAME lists both; likeness decides nothing. A form is
filled in anew for every procedure, so it is never shared; what is made at the counter is no paper to bring.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from actions.compose_papers import FORM
from index.procedure import Document, Procedure
from index.text import fold, normalise, tokens

SAME = {
    "Giấy tờ tùy thân có ảnh (căn cước, hộ chiếu…)": (
        "giay to tuy than co anh",
        "giay to tuy than cua ca nhan hoac nguoi dai dien",
    ),
    "Giấy chứng tử hoặc giấy báo tử": (
        "giay chung tu hoac giay bao tu",
        "giay chung tu trich luc khai tu giay bao tu hoac quyet dinh cua toa an tuyen bo chet",
        "giay chung tu giay bao tu trich luc khai tu hoac quyet dinh cua toa an tuyen bo da chet",
    ),
}
"""Name to show -> names, as `plain_name` makes them, of papers that it serves for: each of them accepts what is shown."""
_CANONICAL = {plain: shown for shown, names in SAME.items() for plain in names}
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Use:
    """One step's wish for a paper: the step's number, and the row of documents of its procedure."""

    step: int
    row: int
    document: Document


@dataclass(frozen=True, slots=True)
class Paper:
    """name: to be shown; uses: in the order of the steps, one or more."""

    name: str
    uses: tuple[Use, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """Numbers of the steps that want it."""
        return tuple(dict.fromkeys(use.step for use in self.uses))

    @property
    def only_shown(self) -> bool:
        """True when nobody keeps it: it is brought once and shown everywhere."""
        return all(use.document.kind == "show" for use in self.uses)


def plain_name(name: str) -> str:
    """Folded words without what stands in brackets."""
    return " ".join(tokens(fold(normalise(_BRACKETS.sub(" ", name)))))


def papers(steps: Mapping[int, tuple[Procedure, str | None]]) -> tuple[Paper, ...]:
    """What to bring, in order of first use. steps: number -> the procedure and the case that applies; papers of other cases are
    left out."""
    found: dict[tuple[str, int | None], list[Use]] = {}
    for number, (procedure, case) in steps.items():
        for row, document in enumerate(procedure.documents):
            if document.case in (None, case) and document.kind != "issued_on_site":
                plain = plain_name(document.name)
                own = number if FORM.search(plain) else None
                found.setdefault((_CANONICAL.get(plain, plain), own), []).append(Use(number, row, document))
    return tuple(Paper(name if name in SAME and len(uses) > 1 else uses[0].document.name, tuple(uses)) for (name, _), uses in found.items())


def shared(steps: Mapping[int, tuple[Procedure, str | None]]) -> tuple[Paper, ...]:
    """Those of `papers` that at least two steps always want."""
    always = [Paper(paper.name, tuple(use for use in paper.uses if use.document.kind != "if_needed")) for paper in papers(steps)]
    return tuple(paper for paper in always if len(paper.steps) > 1)
