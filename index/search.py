"""ProcedureSearch: the one door that actions open. A question in; procedures with probabilities out."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from index import settings
from index.accents import Accents
from index.dense import DenseRetriever
from index.encoder import Encoder
from index.fusion import feature_matrix, probabilities
from index.lexical import LexicalRetriever
from index.linear import LinearRetriever
from index.procedure import Procedure
from index.retriever import Hit, Query
from index.text import expand, fold, normalise, southern

CODE = re.compile(r"(?<![\d.])(\d)\s*[.,]\s*(\d{3})\s?(\d{3})(?:\.000\.00\.00\.[A-Z]\d{2})?(?!\d)")
"""A procedure code as people type it: "1.001193", "1,001193", "1. 001 193", the long form with the province."""


CACHED = 2048
"""Questions whose vectors are kept: 3 MB. People ask the same things, and a tap sends the same words."""


@dataclass(frozen=True, slots=True)
class Found:
    """hits: best first, scores are probabilities that fall and sum, with `none`, to at most 1."""

    hits: tuple[Hit, ...]
    none: float


class ProcedureSearch:
    """Thread-safe after construction; a question costs about 30 ms on one thread, nearly all of it the encoder."""

    def __init__(
        self, procedures: Mapping[str, Procedure], encoder: Encoder, accents: Accents, dense: DenseRetriever, words: LexicalRetriever,
        chars: LexicalRetriever, linear: LinearRetriever,
    ) -> None:
        self.procedures = dict(procedures)
        self.codes = sorted(self.procedures)
        self._encoder, self._accents = encoder, accents
        self.dense, self.words, self.chars, self.linear = dense, words, chars, linear
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
        text = expand(normalise(question))
        accented = self._accents.restore(text)
        extra = southern(accented)
        return Query(text, accented, fold(f"{text} {extra}".strip()), self._encoder.queries([accented])[0])

    def search(self, question: str, k: int = 10) -> Found:
        """The best k procedures for a question. Equal probabilities stand in code order. A code in the question wins alone."""
        named = self.code_in(question)
        if named:
            return Found((Hit(named, 1.0),), 0.0)
        chances = probabilities(self.features(question), settings.WEIGHTS, settings.NONE_SCORE)
        order = (-chances[:-1]).argsort(kind="stable")[:k]
        return Found(tuple(Hit(self.codes[n], float(chances[n])) for n in order), float(chances[-1]))

    def features(self, question: str) -> np.ndarray:
        """float64 (n_codes, n_features), columns as settings.FEATURES, rows in code order: what the probabilities rest on."""
        return feature_matrix(self.query(question), self.dense, self.words, self.chars, self.linear)

    def code_in(self, question: str) -> str | None:
        """The loaded procedure whose code stands in the question; None when there is none, or it is not loaded."""
        for match in CODE.finditer(question):
            code = f"{match[1]}.{match[2]}{match[3]}"
            if code in self.procedures:
                return code
        return None
