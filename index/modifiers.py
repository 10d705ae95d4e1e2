"""What is to happen to the thing: made first, made again, changed, prolonged, ended. Names say it, and so do questions.

"Làm giấy khuyết tật" is about a first one: a procedure named "đổi, cấp lại" fits only when the question speaks of loss,
damage or change. The retrievers see mostly the thing itself, so this is said to them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.text import fold, normalise

# kind -> (words of a name, words of a question that speak of it); all folded.
_KINDS: dict[str, tuple[str, str]] = {
    "again": (
        r"\bcap lai\b|\bdang ky lai\b|\bkhoi phuc\b|\btrinh bao mat\b",
        r"\blai\b|\bmat\b|\brot\b|that lac|\bhu\b|\bhong\b|\brach\b|\bchay\b|\buot\b|\bnat\b|\bgay\b|\bmo\b|\bcu\b|khoi phuc|\btim (?:duoc|thay)\b|\btrom\b|\bgiut\b|\btroi\b|\bmoi an\b|\bbo quen\b|\bdanh roi\b",
    ),
    "change": (
        r"\bdoi\b|\bthay doi\b|\bcai chinh\b|\bdinh chinh\b|\bdieu chinh\b|\bbo sung\b|\bchuyen muc dich\b|\bsua chua\b|\bsang ten\b|\bdi chuyen\b|\bchuyen noi\b",
        r"\bdoi\b|\bsua\b|\bsai\b|\bnham\b|\blon\b|\blech\b|\bthay\b|het han|sap het|\bcap nhat\b|dieu chinh|cai chinh|dinh chinh|\bthem\b|\bbo sung\b|\bchuyen\b|\bsang ten\b|\bmua\b|\bban\b|\btang\b|\bcho\b|\bthua ke\b|\bcu\b|\bmoi\b|\bcai tao\b|\bnang\b|\bkhac\b|\blen\b|\bthanh\b|\btach\b|\bgop\b|\btu\b",
    ),
    "prolong": (
        r"\bgia han\b",
        r"gia han|het han|sap het|\bo tiep\b|\bo them\b|\bkeo dai\b|\btiep tuc\b|\bthem\b|qua han|\btiep\b",
    ),
    "end": (
        r"\bxoa\b|\bcham dut\b|\btam (?:ngung|dung)\b|\bthoat\b|\bhuy\b|\bthu hoi\b",
        r"\bnghi\b|\bdong\b|\bkhong (?:ban|lam|o|con|xai|dung|muon)\b|\bxoa\b|\bcat\b|\bbo\b|\btra\b|\bhuy\b|\bdung\b|\bngung\b|cham dut|giai the|\bdep\b|\bthoi\b|\bthoat\b|\bgach\b|\bra khoi\b|\bchet\b|\bmat\b|\bdoi di\b|\bchuyen di\b|\bdi khoi\b|\bhet\b|\bban\b|\bchim\b|\bra\b",
    ),
}
_IN_NAME = {kind: re.compile(name) for kind, (name, _) in _KINDS.items()}
_IN_QUESTION = {kind: re.compile(question) for kind, (_, question) in _KINDS.items()}


class Modifiers:
    """score: 0 for a procedure whose kind the question speaks of or that has none, -1 otherwise."""

    def __init__(self, names: Sequence[str]) -> None:
        folded = [fold(normalise(name)) for name in names]
        self._kinds = np.array([[bool(pattern.search(name)) for pattern in _IN_NAME.values()] for name in folded]).reshape(-1, len(_KINDS))

    def scores(self, folded: str) -> np.ndarray:
        """float32 (n_names,) for a folded question. A name of several kinds ("cấp đổi, cấp lại") fits when one is spoken of."""
        spoken = np.array([bool(pattern.search(folded)) for pattern in _IN_QUESTION.values()])
        return -(self._kinds.any(axis=1) & ~self._kinds[:, spoken].any(axis=1)).astype(np.float32)
