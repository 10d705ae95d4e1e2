"""ProcedureSearch: the one door that actions open. A question in; procedures with probabilities out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index import settings
from index.accents import Accents
from index.asking import content_words
from index.candidates import Candidate
from index.encoder import Encoder
from index.families import Family, folded
from index.fusion import Retrievers, feature_matrix, probabilities
from index.latest import Latest
from index.openers import gist
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


MATRICES = 16
"""Questions whose features are kept, 0.5 MB each over the whole catalogue: one message is searched for by whoever decides
whether it is a question, whether it asks two things, and what the answer is."""
_WORDS_COUNT = any(weight for name, weight in zip(settings.FEATURES, settings.WEIGHTS, strict=True) if name.startswith("words_"))
"""False while the fit gives BM25 no weight beside the others: a search then does without it."""
MAX_VAGUE = 3
"""Families kept of a search."""
CACHED = 2048
"""Questions whose vectors are kept: 3 MB. People ask the same things, and a tap sends the same words."""


@dataclass(frozen=True, slots=True)
class Found:
    """hits: procedures, best first; none: that it is none of them; vague: families (by Family.code) that the question may be
    about without telling which member, best first. Scores are probabilities and sum over all three to at most 1. gate: what the
    release that was searched asks of an answer."""

    hits: tuple[Hit, ...]
    none: float
    vague: tuple[Hit, ...] = ()
    gate: settings.Gate = settings.WHOLE

    @property
    def best(self) -> float:
        """Probability of the likeliest thing that is known here, procedure or family; 0 when there is none."""
        return max((hit.score for hit in (*self.hits[:1], *self.vague[:1])), default=0.0)

    @property
    def clear(self) -> bool:
        """True when the best procedure may be answered at once (`gate`)."""
        if not self.hits or self.unlikely:
            return False
        best, second = self.hits[0].score, max((hit.score for hit in (*self.hits[1:2], *self.vague[:1])), default=0.0)
        return best >= self.gate.answer_from and best >= self.gate.lead * second

    @property
    def unlikely(self) -> bool:
        """True when it is too likely none of them (`gate`)."""
        return self.none > self.gate.none_up_to

    def without(self, code: str | None) -> Found:
        """The same without one procedure."""
        return replace(self, hits=tuple(hit for hit in self.hits if hit.code != code))


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
        self._members = [candidate.members for candidate in candidates]
        self.loaded = np.array([candidate.loaded for candidate in candidates])
        self._encoder, self._accents = encoder, accents
        self.retrievers = retrievers
        self.families = {family.code: family for family in families if family.code in self.place}
        """By code, those which have two members here."""
        self._vague = np.array([code in self.families for code in self.codes])
        known = self.loaded[~self._vague]
        self.gate = settings.WHOLE if known.size and known.mean() >= settings.WHOLE_FROM else settings.PART
        """What an answer must have, by how much of what is known is loaded here."""
        self._fields = np.array([candidate.field for candidate in candidates])
        self._queries = Latest(CACHED, lambda question: self._prepare(question))
        self._matrices = Latest(MATRICES, lambda question: feature_matrix(self.query(question), self.retrievers, words=_WORDS_COUNT))

    def query(self, question: str) -> Query:
        """The question prepared and embedded; kept for the next CACHED questions."""
        return self._queries(question)

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
        text = gist(expand(normalise(question)))
        accented = self._accents.restore(text)
        return text, accented, fold(f"{text} {southern(accented)}".strip())

    def search(self, question: str, k: int = 10, favour: str | None = None, near: str | None = None) -> Found:
        """The best k procedures for a question, of twins the one to answer from. Equal probabilities stand in code order. A code
        in the question wins alone. What is most like a procedure that is not loaded counts as none.

        favour: the procedure that the talk is about; it gets settings.CURRENT_BONUS on its score. near: a procedure whose own kin
        is looked for ("không, ý tôi là tạm ngưng thôi"): those of its field and its families get settings.KIN_BONUS.
        """
        named = self.code_in(question)
        if named:
            return Found((Hit(named, 1.0),), 0.0, gate=self.gate)
        bonus = np.zeros(len(self.codes))
        if near in self.place:
            bonus[self._kin(near)] = settings.KIN_BONUS
        if favour in self.place:
            bonus[self.place[favour]] = settings.CURRENT_BONUS[
                min(len(self.topic_words(question)), len(settings.CURRENT_BONUS) - 1)
            ]
        chances = probabilities(self._matrices(question), settings.WEIGHTS, settings.NONE_SCORE, bonus)
        elsewhere = float(chances[:-1][~self.loaded].sum())
        hits = self._best(chances[:-1], self.loaded & ~self._vague, k)
        return Found(hits, float(chances[-1]) + elsewhere, self._best(chances[:-1], self._vague, MAX_VAGUE), self.gate)

    def _kin(self, code: str) -> np.ndarray:
        """(n_candidates,) True for what shares the field, or a family, with a procedure."""
        field = self._fields[self.place[code]]
        kin = (self._fields == field) if field else np.zeros(len(self.codes), bool)
        for family in self.families.values():
            if code in family.members:
                kin[[self.place[member] for member in (*family.members, family.code) if member in self.place]] = True
        return kin

    def _best(self, chances: np.ndarray, among: np.ndarray, k: int) -> tuple[Hit, ...]:
        places = np.flatnonzero(among)
        if len(places) > k:  # sorting all of them took as long as a retriever
            places = places[chances[places] >= np.partition(chances[places], -k)[-k]]
        order = places[np.argsort(-chances[places], kind="stable")][:k]
        return tuple(Hit(self.codes[n], float(chances[n])) for n in order)

    def features(self, question: str) -> np.ndarray:
        """float64 (n_candidates, n_features), columns as settings.FEATURES: what the probabilities rest on, and what has no weight in
        them now."""
        return feature_matrix(self.query(question), self.retrievers)

    def family(self, question: str, code: str) -> tuple[Family, list[str]] | None:
        """The family of the procedure `code` that a question speaks of, and its loaded members which the question decides for
        (none: it has to be asked); None when it speaks of no family."""
        text = folded(question)
        for family in self.families.values():
            own = [member for member in family.members if member in self.procedures]
            if len(own) > 1 and family.speaks(text) and any(self.place[member] == self.place[code] for member in own):
                return family, [member for member in family.told(text) if member in own]
        return None

    def family_of(self, codes: Sequence[str]) -> Family | None:
        """The family that all of `codes` belong to; None when there is none."""
        return next((family for family in self.families.values() if codes and set(codes) <= set(family.members)), None)

    def twins(self, code: str) -> tuple[str, ...]:
        """Loaded procedures that share one choice with a loaded one, itself among them, in code order."""
        return tuple(twin for twin in self._members[self.place[code]] if twin in self.procedures)

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
