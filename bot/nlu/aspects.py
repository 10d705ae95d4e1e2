"""Sparse features -> which parts of a procedure the message asks for, several at once: one yes/no regression an aspect.

The aspects of a training example are its intent's (ask_fees -> fees) or, for ask_several, those of its metadata.
"""

from __future__ import annotations

import json
from typing import Any, Dict, List, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.nlu.intents import sparse_rows
from index.procedure import ASPECTS

ASPECT_SCORES = "aspects"
SEVERAL = "ask_several"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AspectClassifier(GraphComponent):
    """Adds `aspects` to the parse: {"fees": 0.93, "duration": 0.71}, those at or above `threshold`, best first."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"c": 4.0, "threshold": 0.5}

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage, self._resource = storage, resource
        self._weights = np.zeros((0, len(ASPECTS)), np.float32)
        self._bias = np.zeros(len(ASPECTS), np.float32)

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> AspectClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """One balanced logistic regression an aspect, on questions only."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and aspects_of(message)]
        rows = sparse_rows(examples)
        truth = [aspects_of(message) for message in examples]
        models = [
            LogisticRegression(C=self._config["c"], class_weight={0: 1.0, 1: 3.0}, solver="liblinear").fit(rows, [aspect in found for found in truth]) for aspect in ASPECTS
        ]
        self._weights = np.column_stack([model.coef_[0] for model in models]).astype(np.float32)
        self._bias = np.array([model.intercept_[0] for model in models], np.float32)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / "aspects.npz", weights=self._weights, bias=self._bias)
            (folder / "aspects.json").write_text(json.dumps(ASPECTS), "utf-8")
        return self._resource

    @classmethod
    def load(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any) -> AspectClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            arrays = np.load(folder / "aspects.npz")
            component._weights, component._bias = arrays["weights"], arrays["bias"]
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets `aspects`; empty when nothing reaches the threshold."""
        for message in messages:
            row = sparse_rows([message])
            found: Dict[Text, float] = {}
            if row.shape[1] == self._weights.shape[0]:
                chances = 1 / (1 + np.exp(-(row @ self._weights + self._bias)[0]))
                order = np.argsort(-chances, kind="stable")
                found = {ASPECTS[n]: round(float(chances[n]), 4) for n in order if chances[n] >= self._config["threshold"]}
            message.set(ASPECT_SCORES, found, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def aspects_of(message: Message) -> List[Text]:
    """The aspects a training example asks for; [] for small talk and the like."""
    intent = message.get(INTENT) or ""
    if intent == SEVERAL:
        return list(((message.get("metadata") or {}).get("example") or {}).get("aspects") or [])
    return [intent.removeprefix("ask_")] if intent.removeprefix("ask_") in ASPECTS else []
