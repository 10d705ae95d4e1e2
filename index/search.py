"""ProcedureSearch: the one door that actions open. A question in; procedures with probabilities out."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from index import settings
from index.accents import Accents
from index.asking import content_words
from index.candidates import Candidate
from index.encoder import Encoder
from index.families import Family, folded
from index.fusion import Retrievers, feature_matrix, probabilities
from index.procedure import Procedure
from index.retriever import Hit, Query
from index.text import expand, fold, normalise, southern

CODE = re.compile(r"(?<![\d.])(\d)\s*[.,]\s*(\d{3})\s?(\d{3})(?:\.000\.00\.00\.[A-Z]\d{2})?(?!\d)")
"""A procedure code as people type it: "1.001193", "1,001193", "1. 001 193", the long form with the province."""


HEAD, TAIL = 8, 16
"""Words of a long question that are embedded: its opening and its end. On tests/retrieval R@1 stays 94.1 %, of stories 87.1 ->
88.6 %, and a long story costs 45 ms instead of 60."""


def shorten(text: str) -> str:
    """The first HEAD and last TAIL words of a longer text."""
    words = text.split()
    return text if len(words) <= HEAD + TAIL else " ".join([*words[:HEAD], *words[-TAIL:]])


CACHED = 2048
"""Questions whose vectors are kept: 3 MB. People ask the same things, and a tap sends the same words."""


@dataclass(frozen=True, slots=True)
class Found:
    """hits: best first, scores are probabilities that fall and sum, with `none`, to at most 1."""

    hits: tuple[Hit, ...]
    none: float

    @property
    def clear(self) -> bool:
        """True when the best procedure may be answered at once (settings.ANSWER_FROM, LEAD, NONE_UP_TO)."""
        if not self.hits or self.none > settings.NONE_UP_TO:
            return False
        best, second = self.hits[0].score, self.hits[1].score if len(self.hits) > 1 else 0.0
        return best >= settings.ANSWER_FROM and best >= settings.LEAD * second

    def without(self, code: str | None) -> Found:
        """The same without one procedure."""
        return Found(tuple(hit for hit in self.hits if hit.code != code), self.none)


class ProcedureSearch:
    """Thread-safe after construction; a question costs about 30 ms on one thread, nearly all of it the encoder."""

    def __init__(
        self,
        procedures: Mapping[str, Procedure],
        candidates: Sequence[Candidate],
        encoder: Encoder,
        accents: Accents,
        retrievers: Retrievers,
        families: Sequence[Family] = (),
    ) -> None:
        self.procedures = procedures
        self.codes = [candidate.code for candidate in candidates]
        """Candidates in code order, those that are not loaded among them."""
        self.place = {code: n for n, candidate in enumerate(candidates) for code in candidate.members}
        """Code -> position of its candidate: twins share one."""
        self.loaded = np.array([candidate.loaded for candidate in candidates])
        self._encoder, self._accents = encoder, accents
        self.retrievers = retrievers
        self._families = [family for family in families if sum(code in self.place for code in family.members) > 1]
        self._queries: OrderedDict[str, Future[Query]] = OrderedDict()
        self._lock = threading.Lock()

    def query(self, question: str) -> Query:
        """The question prepared and embedded; kept for the next CACHED questions, made once even when asked for twice at a time."""
        with self._lock:
            known = self._queries.get(question)
            future = known or Future()
            self._queries[question] = future
            self._queries.move_to_end(question)
            if len(self._queries) > CACHED:
                self._queries.popitem(last=False)
        if known is None:
            try:
                future.set_result(self._prepare(question))
            except BaseException as error:
                with self._lock:
                    self._queries.pop(question, None)
                future.set_exception(error)
        return future.result()

    def warm(self, question: str) -> None:
        """Prepares a question ahead of `search`; what fails here fails again, and is reported, there."""
        try:
            self.query(question)
        except Exception:  # noqa: BLE001 - reported by search()
            return

    def _prepare(self, question: str) -> Query:
        text, accented, folded = self._spell(question)
        return Query(text, accented, folded, self._encoder.queries([shorten(accented)])[0])

    def _spell(self, question: str) -> tuple[str, str, str]:
        """-> text, accented, folded as Query names them."""
        text = expand(normalise(question))
        accented = self._accents.restore(text)
        return text, accented, fold(f"{text} {southern(accented)}".strip())

    def search(self, question: str, k: int = 10, favour: str | None = None) -> Found:
        """The best k procedures for a question, of twins the one to answer from. Equal probabilities stand in code order. A code
        in the question wins alone. What is most like a procedure that is not loaded counts as none.

        favour: the procedure that the talk is about; it gets settings.CURRENT_BONUS on its score.
        """
        named = self.code_in(question)
        if named:
            return Found((Hit(named, 1.0),), 0.0)
        bonus: np.ndarray | float = 0.0
        if favour in self.place:
            bonus = np.zeros(len(self.codes))
            bonus[self.place[favour]] = settings.CURRENT_BONUS[
                min(len(self.topic_words(question)), len(settings.CURRENT_BONUS) - 1)
            ]
        chances = probabilities(self.features(question), settings.WEIGHTS, settings.NONE_SCORE, bonus)
        elsewhere = float(chances[:-1][~self.loaded].sum())
        ours = np.where(self.loaded, chances[:-1], -1.0)
        order = np.argsort(-ours, kind="stable")[: min(k, int(self.loaded.sum()))]
        return Found(tuple(Hit(self.codes[n], float(ours[n])) for n in order), float(chances[-1]) + elsewhere)

    def features(self, question: str) -> np.ndarray:
        """float64 (n_candidates, n_features), columns as settings.FEATURES: what the probabilities rest on."""
        return feature_matrix(self.query(question), self.retrievers)

    def family(self, question: str, code: str) -> tuple[Family, list[str]] | None:
        """The family of the procedure `code` that a question speaks of, and its loaded members which the question decides for
        (none: it has to be asked); None when it speaks of no family."""
        text = folded(question)
        for family in self._families:
            own = [member for member in family.members if member in self.procedures]
            if len(own) > 1 and family.speaks(text) and any(self.place[member] == self.place[code] for member in own):
                return family, [member for member in family.told(text) if member in own]
        return None

    def family_of(self, codes: Sequence[str]) -> Family | None:
        """The family that all of `codes` belong to; None when there is none."""
        return next((family for family in self._families if codes and set(codes) <= set(family.members)), None)

    def topic_words(self, question: str) -> list[str]:
        """What of a question can tell which procedure is meant; [] for "thế lệ phí bao nhiêu vậy"."""
        return content_words(question)

    def code_in(self, question: str) -> str | None:
        """The loaded procedure whose code stands in the question; None when there is none, or it is not loaded."""
        for match in CODE.finditer(question):
            code = f"{match[1]}.{match[2]}{match[3]}"
            if code in self.procedures:
                return code
        return None
