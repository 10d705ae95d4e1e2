"""Sparse features -> intent with a calibrated confidence. Logistic regression stored as arrays: loads in milliseconds."""

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

from bot.nlu.normaliser import NORMALISED
from bot.nlu.softmax import fit, softmax, temperature
from index.text import fold


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CalibratedIntentClassifier(IntentClassifier, GraphComponent):
    """Multinomial logistic regression with temperature scaling fitted by cross-validation."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"c": 4.0, "ranking_length": 5}

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage, self._resource = storage, resource
        self._classes: List[Text] = []
        self._weights = np.zeros((0, 0), np.float32)
        self._bias = np.zeros(0, np.float32)

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> CalibratedIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits, calibrates, stores; the temperature is folded into the weights."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        rows = sparse_rows(examples)
        labels = [message.get(INTENT) for message in examples]
        twins = {text: n for n, text in enumerate(dict.fromkeys(fold(message.get(NORMALISED)) for message in examples))}
        groups = [twins[fold(message.get(NORMALISED))] for message in examples]
        heat, confidence, correct = temperature(rows, labels, groups, self._config["c"])
        weights, bias, self._classes = fit(rows, labels, self._config["c"])
        self._weights, self._bias = weights / heat, bias / heat
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / "intents.npz", weights=self._weights, bias=self._bias)
            report = {"temperature": heat, "accuracy_out_of_fold": float(correct.mean()), "mean_confidence": float(confidence.mean())}
            (folder / "intents.json").write_text(json.dumps({"classes": self._classes, "report": report}), "utf-8")
        return self._resource

    @classmethod
    def load(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any) -> CalibratedIntentClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            arrays = np.load(folder / "intents.npz")
            component._weights, component._bias = arrays["weights"], arrays["bias"]
            component._classes = json.loads((folder / "intents.json").read_text("utf-8"))["classes"]
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and ranking; a message without text gets no intent."""
        for message in messages:
            row = sparse_rows([message])
            if row.shape[1] != self._weights.shape[0]:
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                continue
            chances = softmax(row @ self._weights + self._bias)[0]
            order = np.argsort(-chances, kind="stable")[: self._config["ranking_length"]]
            ranking = [{"name": self._classes[n], "confidence": float(chances[n])} for n in order]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def sparse_rows(messages: List[Message]) -> sparse.csr_matrix:
    """The sentence rows of messages, one below the other; shape (1, 0) for one without features."""
    rows = []
    for message in messages:
        _, features = message.get_sparse_features(attribute=TEXT)
        rows.append(features.features if features else sparse.csr_matrix((1, 0), dtype=np.float32))
    return sparse.vstack(rows, format="csr")
