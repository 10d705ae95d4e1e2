"""Message -> which parts of a procedure it asks for, several at once.

Three kinds of evidence, measured in docs/decisions/0003: the words that Vietnamese asks with (index/asking.py), one yes/no
regression an aspect over counts of the whole message, and the same over each of its clauses: in "khai sinh cần giấy gì, tốn
nhiêu" each half is plain while the whole is not. The aspects of a training example are its intent's (ask_fees -> fees) or,
for ask_several, those of its metadata.
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, Sequence, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bot.nlu.counts import Vocabulary, bags
from bot.nlu.normaliser import NORMALISED
from index.asking import asked_in_words
from index.procedure import ASPECTS

ASPECT_SCORES = "aspects"
SEVERAL = "ask_several"
PHRASING = "phrasing"
"""Key of the metadata that marks an example from data/phrasings."""
CLAUSE = re.compile(r"[,.?!;:\n]+|\s(?:và|với|rồi|còn|va|voi|roi|con)\s")
MAX_CLAUSES = 8
PLAIN_WORDS = frozenset(
    {"documents", "duration", "fees", "post_submit", "post_return", "online", "place", "template", "legal_basis"}
)
"""Aspects whose asking words are right four times out of five by themselves; those of the others only inform the regression."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AspectClassifier(GraphComponent):
    """Adds `aspects` to the parse: {"fees": 0.93, "duration": 0.71}, those at or above `threshold`, best first."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"c": 8.0, "threshold": 0.4, "phrasing_weight": 0.3, "asked_when_positive": 3.0}

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage, self._resource = storage, resource
        self._vocabulary = Vocabulary([], [])
        self._weights = np.zeros((len(ASPECTS), len(ASPECTS)), np.float32)
        self._bias = np.full(len(ASPECTS), -9.0, np.float32)

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> AspectClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """One logistic regression an aspect, on questions only. Phrasings that name no aspect (overview) would teach that
        words of procedures ask for nothing, and are left out."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and aspects_of(message)]
        examples = [message for message in examples if not (is_phrasing(message) and aspects_of(message) == ["overview"])]
        texts = [message.get(NORMALISED) or "" for message in examples]
        self._vocabulary = Vocabulary.learn([bags(text, ()) for text in texts])
        rows = self._rows(texts)
        truth = [aspects_of(message) for message in examples]
        weight = np.array([self._config["phrasing_weight"] if is_phrasing(message) else 1.0 for message in examples])
        balance = {0: 1.0, 1: self._config["asked_when_positive"]}
        models = [
            LogisticRegression(C=self._config["c"], class_weight=balance, solver="liblinear").fit(
                rows, [aspect in found for found in truth], sample_weight=weight
            )
            for aspect in ASPECTS
        ]
        self._weights = np.column_stack([model.coef_[0] for model in models]).astype(np.float32)
        self._bias = np.array([model.intercept_[0] for model in models], np.float32)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / "aspects.npz", weights=self._weights, bias=self._bias)
            (folder / "aspects.json").write_text(
                json.dumps({"terms": self._vocabulary.terms, "idf": self._vocabulary.idf}, ensure_ascii=False), "utf-8"
            )
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AspectClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            arrays = np.load(folder / "aspects.npz")
            component._weights, component._bias = np.ascontiguousarray(arrays["weights"]), arrays["bias"]
            component._vocabulary = Vocabulary(**json.loads((folder / "aspects.json").read_text("utf-8")))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets `aspects`; empty when nothing reaches the threshold."""
        for message in messages:
            chances = self._chances(message.get(NORMALISED) or "")
            order = np.argsort(-chances, kind="stable")
            found = {ASPECTS[n]: round(float(chances[n]), 4) for n in order if chances[n] >= self._config["threshold"]}
            message.set(ASPECT_SCORES, found, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def _chances(self, text: Text) -> np.ndarray:
        """The strongest of the evidence, an aspect; overview only from the whole message."""
        clauses = [part.strip() for part in CLAUSE.split(text) if len(part.split()) > 1][:MAX_CLAUSES]
        parts = [text, *(clauses if len(clauses) > 1 else [])]
        scores = 1 / (1 + np.exp(-(np.array([self._score(part) for part in parts]) + self._bias)))
        scores[1:, ASPECTS.index("overview")] = 0.0
        best = scores.max(axis=0)
        for aspect in PLAIN_WORDS.intersection(asked_in_words(text)):
            best[ASPECTS.index(aspect)] = max(best[ASPECTS.index(aspect)], 0.9)
        return best

    def _score(self, text: Text) -> np.ndarray:
        """One row of `_rows` times the weights, without making a matrix of it: most of the time went there."""
        columns, values = self._vocabulary.row(bags(text, ()))
        asked = asked_in_words(text)
        columns = [*columns, *(len(self._vocabulary.terms) + n for n, aspect in enumerate(ASPECTS) if aspect in asked)]
        return np.array([*values, *[0.5] * (len(columns) - len(values))], np.float32) @ self._weights[columns]

    def _rows(self, texts: Sequence[Text]) -> sparse.csr_matrix:
        """Counts, then half a point for each aspect whose asking words stand there."""
        asked = [asked_in_words(text) for text in texts]
        words = np.array([[0.5 * (aspect in found) for aspect in ASPECTS] for found in asked], np.float32)
        return sparse.hstack([self._vocabulary.rows([bags(text, ()) for text in texts]), sparse.csr_matrix(words)], format="csr")


def aspects_of(message: Message) -> List[Text]:
    """The aspects a training example asks for; [] for small talk and the like."""
    intent = message.get(INTENT) or ""
    if intent == SEVERAL:
        return list(_example(message).get("aspects") or [])
    return [intent.removeprefix("ask_")] if intent.removeprefix("ask_") in ASPECTS else []


def is_phrasing(message: Message) -> bool:
    """True for a training example from data/phrasings."""
    return bool(_example(message).get(PHRASING))


def _example(message: Message) -> Dict[Text, Any]:
    return (message.get("metadata") or {}).get("example") or {}
