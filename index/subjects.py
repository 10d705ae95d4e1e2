"""Citizens before businesses: what only organisations may file fits a question that speaks of one.

"Mua nhà ở xã hội thì xin xác nhận ở đâu" is asked by who wants a home, not by who sells a hundred of them. 1,900 of the
catalogue's records name organisations only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.procedure import Procedure
from index.text import fold, normalise

_PERSON = re.compile(r"\b(?:cong dan|nguoi|ca nhan|can bo|dang vien|ho gia dinh|ho kinh doanh)\b")
_ORGANISATION = re.compile(
    r"\b(?:cong ty|doanh nghiep|hop tac xa|to chuc|don vi|co quan|nha may|xi nghiep|chi nhanh|van phong|benh vien|phong kham|trung tam|"
    r"chu dau tu|nha thau|ngan hang|xuong|co so|cua hang|shop|du an)\b"
)
"""Not hội, quỹ, trường: without diacritics they are hỏi, quý and trường hợp."""


def for_people(procedure: Procedure) -> bool:
    """False when the record names who may file and none of them is a person. A reviewed record is one that citizens use."""
    named = [fold(normalise(applicant)) for applicant in procedure.applicants]
    return procedure.reviewed or not named or any(_PERSON.search(applicant) for applicant in named)


class Subjects:
    """score: -1 for what only organisations file when the question speaks of none, else 0."""

    def __init__(self, people: Sequence[bool]) -> None:
        self._organisations = -(~np.array(people, bool)).astype(np.float32)

    def scores(self, folded: str) -> np.ndarray:
        """float32 (n_candidates,) for a folded question."""
        return self._organisations * (not _ORGANISATION.search(folded))
