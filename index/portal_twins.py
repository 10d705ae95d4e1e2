"""Records that may be one and the same, found over the whole set: equal names, and an older record for one benefit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from index.finding import Finding
from index.procedure import Procedure
from index.text import normalise, tokens

FILLING = frozenset("thủ tục giải quyết thực hiện việc đề nghị yêu cầu hưởng chế độ trợ cấp".split())
"""Words that ministries put before the thing itself: "giải quyết hưởng chế độ ốm đau" = "hưởng trợ cấp ốm đau"."""
SHOWN = 5
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def twins(procedures: Sequence[Procedure]) -> list[Finding]:
    """twin_name for each of several codes with one name; older_twin for a nation-wide record on the same matter as another one
    whose decision is newer. In code order."""
    return sorted(_same_name(procedures) + _older(procedures), key=lambda finding: finding.code)


def _same_name(procedures: Sequence[Procedure]) -> list[Finding]:
    groups: dict[str, list[str]] = defaultdict(list)
    for procedure in procedures:
        groups[normalise(procedure.name)].append(procedure.code)
    return [
        Finding(code, "twin_name", "name", "same name: " + ", ".join([other for other in codes if other != code][:SHOWN]))
        for codes in groups.values()
        if len(codes) > 1
        for code in codes
    ]


def _older(procedures: Sequence[Procedure]) -> list[Finding]:
    return [Finding(code, "older_twin", "name", f"newer decision: {newest.code}") for code, newest in older(procedures).items()]


def older(procedures: Iterable[Procedure], names: Mapping[str, str] = NO_NAMES) -> dict[str, Procedure]:
    """Code of a nation-wide record -> the one on the same matter with the newest decision, where that is newer than its own.
    names: code -> official name, for records that a person has given a plainer one."""
    groups: dict[tuple[str, ...], list[Procedure]] = defaultdict(list)
    for procedure in procedures:
        name = normalise(names.get(procedure.code, procedure.name))
        matter = tuple(word for word in tokens(name) if word not in FILLING)
        if procedure.province is None and len(matter) > 1:
            groups[matter].append(replace(procedure, name=name))
    found = {}
    for group in groups.values():
        for procedure in group:
            newer = [other for other in group if date.min < _decided(procedure) < _decided(other) and _alike(procedure, other)]
            if newer:
                found[procedure.code] = max(newer, key=lambda other: (_decided(other), other.code))
    return found


def warned(procedures: Sequence[Procedure]) -> list[Procedure]:
    """The same records; one that has a newer one beside it says so to the citizen, with the code and the day of the newer."""
    newer = older(procedures)
    return [_with_warning(one, newer[one.code]) if one.code in newer else one for one in procedures]


def _with_warning(procedure: Procedure, newer: Procedure) -> Procedure:
    day = _decided(newer)
    said = f"trên Cổng có bản mới hơn về việc này, mã {newer.code}, công bố ngày {day.day}/{day.month}/{day.year}; hỏi lại xem áp dụng bản nào"
    return replace(procedure, warnings=(*procedure.warnings, ("overview", said)))


def _alike(one: Procedure, other: Procedure) -> bool:
    """One name at two levels is two procedures; two wordings of one matter are one benefit, wherever it is filed."""
    return one.level == other.level or one.name != other.name


def _decided(procedure: Procedure) -> date:
    return procedure.decision.date if procedure.decision and procedure.decision.date else date.min
