"""What a search chooses among: procedures, twins of one name as one, and known procedures that are not loaded.

501 records of the national catalogue share their exact name with another code (levels, provinces, older and newer ones);
a citizen cannot tell them apart, so they are one choice. A procedure that is not loaded but has questions in
data/phrasings stands too: what is most like one of those is none of ours. So does a family: what is most like its vague
questions has to be asked back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.abroad import by_missions
from index.families import Family
from index.known import Known
from index.portal_twins import older
from index.procedure import LEVELS, Procedure
from index.subjects import for_people
from index.text import fold, normalise, tokens


@dataclass(frozen=True, slots=True)
class Candidate:
    """code: of the record that is answered from. members: all codes of this name, `code` among them. loaded: False when the
    release has no record of it. use: how often the procedure is used, 0 to 1. foreign: it is another province's own. field:
    what its records belong to ("Hộ tịch"), "" when not known. people: False when only organisations may file. missions: only embassies
    and consulates do it. A family is loaded when two of its members are, told apart."""

    code: str
    members: tuple[str, ...]
    loaded: bool
    use: float
    foreign: bool
    field: str = ""
    people: bool = True
    missions: bool = False


def candidates(
    procedures: Iterable[Procedure],
    asked: Iterable[str],
    official: Mapping[str, str],
    use: Mapping[str, float],
    province: str,
    families: Sequence[Family] = (),
    known: Known = Known(),
) -> list[Candidate]:
    """In code order, families last. Of one group the reviewed record is answered from, else one that has no newer one beside it, else
    the most used.

    asked: codes that have questions. official: code -> name in the national catalogue, where known (ours are plainer). use: code -> 0
    to 1; a code without stands at the mean, so that a release without figures is not bent by them. known: what is known of codes that
    only have questions: those that are the same as a record's are members beside it.
    """
    mean = sum(use.values()) / len(use) if use else 0.0
    groups: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        groups.setdefault(plain(official.get(procedure.code) or procedure.name), []).append(procedure)
    newer = older([procedure for members in groups.values() for procedure in members], official)
    _together(groups, {code: one.code for code, one in newer.items()})
    same: dict[str, list[str]] = {}
    for code in sorted(set(asked) & known.same_as.keys()):
        same.setdefault(known.same_as[code], []).append(code)
    here = {procedure.code for members in groups.values() for procedure in members}
    found = []
    for members in groups.values():
        beside = [code for p in members for code in same.get(p.code, ()) if code not in here]
        best = min(members, key=lambda p: (_foreign(p, province), not p.reviewed, p.code in newer, -use.get(p.code, 0.0), LEVELS.index(p.level), p.code))
        found.append(
            Candidate(
                best.code,
                tuple(sorted([*(p.code for p in members), *beside])),
                True,
                max((use.get(p.code, 0.0) for p in members), default=0.0) if use else mean,
                _foreign(best, province),
                best.field,
                any(for_people(p) for p in members),
                all(by_missions(p) for p in members),
            )
        )
    there = {code for candidate in found for code in candidate.members}
    found += [Candidate(code, (code,), False, use.get(code, mean), code in known.elsewhere) for code in sorted(set(asked) - there)]
    at = {code: n for n, candidate in enumerate(found) if candidate.loaded for code in candidate.members}
    for family in families:
        places = {at[code] for code in family.members if code in at}
        if len(places) > 1:
            found.append(Candidate(family.code, (family.code,), True, max(found[n].use for n in places), False))
    return sorted(found, key=lambda candidate: candidate.code)


LEVEL = re.compile(
    r"[\s,;–-]*\(?\b(?:thuc hien )?(?:tai |o )?(?:cap |cong an |co quan )*(?:cap |cong an )(?:xa|tinh|huyen|trung uong|bo|co so)(?: *(?:,|va|/) *(?:cap |cong an )?(?:xa|tinh|huyen|trung uong|bo))*\)?\s*[.\]]?\s*$"
)
"""The office at the end of a name: "(thực hiện tại cấp tỉnh)", "(tại Công an xã)", "- cấp trung ương"."""


def plain(name: str) -> str:
    """Folded words of a name, without the word "thủ tục" that some put in front and the office that some put behind: of one
    thing done at three levels the citizen wants the one that most use."""
    folded = " ".join(fold(normalise(name)).split())
    return " ".join(tokens(LEVEL.sub("", folded) or folded)).removeprefix("thu tuc ")


def _together(groups: dict[str, list[Procedure]], newer: Mapping[str, str]) -> None:
    """An older record joins the group of the newer one for the same benefit, however the two are named."""
    key = {procedure.code: name for name, members in groups.items() for procedure in members}
    for code, other in sorted(newer.items()):
        old, new = key[code], key[other]
        if old != new:
            groups[new] += groups.pop(old)
            key.update({procedure.code: new for procedure in groups[new]})


def _foreign(procedure: Procedure, province: str) -> bool:
    return procedure.province not in (None, province)
