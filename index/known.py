"""data/province/known.yml: what is known of procedures that have questions in data/phrasings but no record here.

Without the national catalogue such a procedure stands in a search only so that its questions are not answered with a neighbour. But
what is done here under another code ("thực hiện tại cấp tỉnh") is no neighbour, and what only another province has is hardly meant.
The file is written by tools/known.py from the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.catalogue import CODE, DataError, read_yaml


@dataclass(frozen=True, slots=True)
class Known:
    """same_as: code -> the code of the record that is answered from, one thing done at another level. elsewhere: codes of other
    provinces' own procedures."""

    same_as: Mapping[str, str] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()


def read_known(path: Path) -> Known:
    """Known() without the file. Raises DataError for a shape that is none of ours, and for a code that is in both parts."""
    if not path.exists():
        return Known()
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) != {"checked_on", "same_as", "elsewhere"}:
        raise DataError(f"{path}: expected checked_on, same_as, elsewhere")
    same, elsewhere = ({} if raw["same_as"] is None else raw["same_as"]), ([] if raw["elsewhere"] is None else raw["elsewhere"])
    if not isinstance(same, dict) or not isinstance(elsewhere, list):
        raise DataError(f"{path}: same_as: expected code -> code; elsewhere: expected a list of codes")
    for code in (*same, *same.values(), *elsewhere):
        if not isinstance(code, str) or not CODE.fullmatch(code):
            raise DataError(f'{path}: {code!r} is no code; expected one like "1.001193", in quotes')
    both = sorted(set(same).intersection(same.values()) | set(same).intersection(elsewhere) | set(same.values()).intersection(elsewhere))
    if both:
        raise DataError(f"{path}: {', '.join(both)}: stands in two places")
    return Known(same, frozenset(elsewhere))
