"""Tokens and normalised text -> the sparse sentence features that the classifiers read (see counts.py)."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.counts import Vocabulary, bags
from bot.nlu.normaliser import NORMALISED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class FoldedCountsFeaturizer(SparseFeaturizer, GraphComponent):
    """Counts of words as spelt and of everything else without diacritics."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {**SparseFeaturizer.get_default_config(), "min_messages": 2}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing that types do not say."""

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource, name: Text, vocabulary: Vocabulary | None = None
    ) -> None:
        super().__init__(name, config)
        self._storage, self._resource, self._vocabulary = storage, resource, vocabulary

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> FoldedCountsFeaturizer:
        return cls(config, model_storage, resource, execution_context.node_name)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns and stores the vocabulary."""
        self._vocabulary = Vocabulary.learn(
            [_bags(message) for message in training_data.intent_examples], self._config["min_messages"]
        )
        with self._storage.write_to(self._resource) as folder:
            (folder / "vocabulary.json").write_text(
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
    ) -> FoldedCountsFeaturizer:
        with model_storage.read_from(resource) as folder:
            vocabulary = Vocabulary(**json.loads((folder / "vocabulary.json").read_text("utf-8")))
        return cls(config, model_storage, resource, execution_context.node_name, vocabulary)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds one sentence row to each message that has text."""
        for message in messages:
            if message.get(TEXT) and self._vocabulary:
                row = self._vocabulary.rows([_bags(message)])
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages


def _bags(message: Message) -> Dict[Text, Any]:
    lemmas = [token.lemma for token in message.get(TOKENS_NAMES[TEXT]) or []]
    return bags(message.get(NORMALISED) or "", lemmas)
