"""Sparse features -> intent with a calibrated confidence. Logistic regression stored as arrays: loads in milliseconds.

Two steps. First: is it a question about a procedure, or which other kind of message? Then, among questions, which one. The
confidence of an ask_* intent is that of the first step: which part is asked is the aspect classifier's business, and nine
ask_* intents that share the doubt among them must not look like doubt whether it is a question at all.
"""

from __future__ import annotations

import json
from typing import Any, Dict, List, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.aspects import aspects_of, is_phrasing
from bot.nlu.normaliser import NORMALISED
from bot.nlu.softmax import Softmax, calibrate, fit
from index.text import fold

QUESTION = "question"
"""Label of the first step for every ask_* intent that has an aspect."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CalibratedIntentClassifier(IntentClassifier, GraphComponent):
    """Two multinomial logistic regressions, the first with temperature scaling fitted by cross-validation."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"c": 8.0, "phrasing_weight": 0.1, "ranking_length": 40}

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage, self._resource = storage, resource
        self._kind: Softmax | None = None
        self._question: Softmax | None = None

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> CalibratedIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits both steps and stores them with their out-of-fold report."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        rows = sparse_rows(examples)
        importance = np.array([self._config["phrasing_weight"] if is_phrasing(message) else 1.0 for message in examples])
        labels = [QUESTION if aspects_of(message) else message.get(INTENT) for message in examples]
        twins = {text: n for n, text in enumerate(dict.fromkeys(fold(message.get(NORMALISED)) for message in examples))}
        groups = [twins[fold(message.get(NORMALISED))] for message in examples]
        self._kind, report = calibrate(rows, labels, groups, self._config["c"], importance)
        questions = [n for n, label in enumerate(labels) if label == QUESTION]
        self._question = fit(
            rows[questions], [examples[n].get(INTENT) for n in questions], self._config["c"], importance[questions]
        )
        with self._storage.write_to(self._resource) as folder:
            for name, model in (("kind", self._kind), ("question", self._question)):
                np.savez(folder / f"{name}.npz", weights=model.weights, bias=model.bias)
            classes = {"kind": self._kind.classes, "question": self._question.classes}
            (folder / "intents.json").write_text(json.dumps({"classes": classes, "report": report}), "utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CalibratedIntentClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classes = json.loads((folder / "intents.json").read_text("utf-8"))["classes"]
            models = {}
            for name in ("kind", "question"):
                arrays = np.load(folder / f"{name}.npz")
                models[name] = Softmax(arrays["weights"], arrays["bias"], tuple(classes[name]))
        component._kind, component._question = models["kind"], models["question"]
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and ranking; a message without features gets no intent."""
        for message in messages:
            ranking = self._ranking(sparse_rows([message]))
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, row: sparse.csr_matrix) -> List[Dict[Text, Any]]:
        """Best first. The first ask_* stands where "question" does, with its confidence; the other ask_* are left out."""
        if self._kind is None or self._question is None or row.shape[1] != self._kind.weights.shape[0]:
            return []
        chances = self._kind.chances(row)[0]
        asked = self._question.classes[int(self._question.chances(row)[0].argmax())]
        order = np.argsort(-chances, kind="stable")[: self._config["ranking_length"]]
        names = [asked if self._kind.classes[n] == QUESTION else self._kind.classes[n] for n in order]
        return [{"name": name, "confidence": float(chances[n])} for name, n in zip(names, order)]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def sparse_rows(messages: List[Message]) -> sparse.csr_matrix:
    """The sentence rows of messages, one below the other; shape (1, 0) for one without features."""
    rows = []
    for message in messages:
        _, features = message.get_sparse_features(attribute=TEXT)
        rows.append(features.features if features else sparse.csr_matrix((1, 0), dtype=np.float32))
    return sparse.vstack(rows, format="csr") if len(rows) != 1 else rows[0].tocsr()
