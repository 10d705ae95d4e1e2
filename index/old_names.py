"""data/province/old_names.yml in, units that are no more out: what they were called, in what they lay, what is there today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.catalogue import DataError

KINDS = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class OldUnit:
    """kind: one of KINDS. within: what it lay in, smallest first ("Huyện U Minh", "Cà Mau"); now: the units of today on its
    land, one for a province, one or more communes else, in the order of the file. path: its place in the file."""

    kind: str
    name: str
    within: tuple[str, ...]
    now: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class OldNames:
    """since: the day from which the names of today hold; checked_on: the day the file was compared with its sources;
    province_source, commune_source: where the rows were read."""

    units: tuple[OldUnit, ...]
    since: date
    checked_on: date
    province_source: str
    commune_source: str

    def source(self, unit: OldUnit) -> str:
        """Where its row was read."""
        return self.province_source if unit.kind == "province" else self.commune_source


def parse_old_names(raw: Any) -> OldNames:
    """The content of the file, as YAML or as it stands in a release. Raises DataError: field, what is there, what is wanted."""
    try:
        units = [
            OldUnit("province", row["old"], (), (row["now"],), f"provinces.rows[{n}]") for n, row in enumerate(raw["provinces"]["rows"])
        ]
        for n, district in enumerate(raw["communes"]["districts"]):
            units += _district(district, f"communes.districts[{n}]")
        since, checked_on = date.fromisoformat(raw["since"]), date.fromisoformat(raw["checked_on"])
        found = OldNames(tuple(units), since, checked_on, raw["provinces"]["source"], raw["communes"]["source"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"old_names: not as tools/old_names.py writes it ({type(error).__name__}: {error})") from error
    twice = [unit.path for n, unit in enumerate(units) if any((unit.name, unit.within) == (other.name, other.within) for other in units[:n])]
    if twice or not all(unit.now for unit in units):
        raise DataError(f"old_names: {', '.join(twice) or 'a unit without its name of today'}: each unit stands once, with where it is now")
    return found


def _district(raw: Mapping[str, Any], path: str) -> list[OldUnit]:
    """The district, on which lies what its communes became, and its communes."""
    within = (raw["name"], raw["province"])
    communes = [OldUnit("commune", row["old"], within, tuple(row["now"]), f"{path}.rows[{n}]") for n, row in enumerate(raw["rows"])]
    now = tuple(dict.fromkeys(name for unit in communes for name in unit.now))
    return [OldUnit("district", raw["name"], (raw["province"],), now, path), *communes]
