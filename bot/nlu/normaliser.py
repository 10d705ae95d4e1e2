"""Message text -> the attribute `normalised`, what every later component reads: one spelling, without what is said before the
question ("à mà sẵn cho em hỏi luôn"); the text itself stays as typed. Of 190 held-out questions with such an opening 57 % were heard
as questions before it was left out, 90 % are now (docs/decisions/0003).

In training it also adds, for each example, its copy without diacritics: half of the citizens write that way.
"""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from index.openers import without_nods, without_opener
from index.text import expand, fold, normalise

NORMALISED = "normalised"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """First component of the pipeline."""

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Normaliser:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets `normalised`, without what is said before the question; messages without text are left alone."""
        for message in messages:
            if message.get(TEXT):
                message.set(NORMALISED, without_opener(without_nods(expand(normalise(message.get(TEXT))))))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same data with a bare copy of each example that has diacritics."""
        bare = []
        for message in training_data.training_examples:
            text = message.get(TEXT)
            if text and fold(text) != text:
                copy = Message(dict(message.data))
                copy.set(TEXT, fold(text))
                bare.append(copy)
        for message in (*training_data.training_examples, *bare):
            if message.get(TEXT):
                # As it stands: trained on examples without their openings, one message of other provinces in sixteen was lost.
                message.set(NORMALISED, expand(normalise(message.get(TEXT))))
        return TrainingData(
            training_examples=[*training_data.training_examples, *bare],
            entity_synonyms=training_data.entity_synonyms,
            regex_features=training_data.regex_features,
            lookup_tables=training_data.lookup_tables,
            responses=training_data.responses,
        )
