"""At home before abroad: what only an embassy or a consulate does fits a question that speaks of another country.

"Chứng thực chữ ký tốn bao nhiêu" is asked by who goes to the commune. 37 of the national catalogue's records are done by missions
alone, most under the same words as those of the commune.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.procedure import Procedure
from index.text import fold, normalise

_MISSION = re.compile(r"\bco quan (?:dai dien|lanh su)\b|\b(?:dai|tong lanh) su quan\b|\blanh su quan\b")
_COUNTRY = (
    r"(?:my|hoa ky|uc|nhat|nhat ban|han|han quoc|phap|duc|nga|anh quoc|canada|dai loan|trung quoc|campuchia|lao|thai|thai lan|malaysia|singapore"
    r"|sec|ba lan|dubai|chau au|nuoc khac|xu nguoi)"
)
_SAID = re.compile(
    rf"\bnuoc ngoai\b|\bngoai nuoc\b|\bhai ngoai\b|\b(?:dai )?su quan\b|\blanh su\b|\bngoai giao\b|\bco quan dai dien\b|\bviet kieu\b|\bkieu bao\b|\bdinh cu\b"
    rf"|\bxuat canh\b|\bquoc tich\b|\bve nuoc\b|\b(?:o|ben|tai|tu|qua|sang|di|nuoc|sinh|de|nguoi|lay) {_COUNTRY}\b"
)


def by_missions(procedure: Procedure) -> bool:
    """True when every office that the record names is a mission of Vietnam abroad."""
    offices = [fold(normalise(office)) for office in procedure.place.agency.split(";") if office.strip()]
    return bool(offices) and all(_MISSION.search(office) for office in offices)


class Abroad:
    """score: -1 for what only missions abroad do when the question speaks of no other country, else 0."""

    def __init__(self, missions: Sequence[bool]) -> None:
        self._missions = -np.array(missions, np.float32)

    def scores(self, folded: str) -> np.ndarray:
        """float32 (n_candidates,) for a folded question."""
        return self._missions * (not _SAID.search(folded))
