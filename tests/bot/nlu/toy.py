"""A small training set, and components of the pipeline trained on it as Rasa does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.aspects import PHRASING, SEVERAL
from bot.nlu.featurizer import FoldedCountsFeaturizer
from bot.nlu.normaliser import Normaliser
from bot.nlu.tokenizer import VietnameseTokenizer
from index.procedure import ASPECTS

THINGS = ("khai sinh", "kết hôn", "tạm trú", "thẻ căn cước")
ASKING = {
    "documents": "{} cần giấy tờ gì", "duration": "{} mấy ngày thì xong", "fees": "{} tốn bao nhiêu tiền", "post_submit": "gửi hồ sơ {} qua bưu điện được không",
    "post_return": "kết quả {} gửi về tận nhà được không", "online": "làm {} trên mạng được không", "place": "{} nộp ở đâu", "steps": "{} gồm các bước nào",
    "conditions": "điều kiện làm {} là gì", "result": "{} xong nhận được giấy gì", "template": "{} điền mẫu nào", "legal_basis": "{} căn cứ luật nào",
    "applicants": "ai được làm {} thay", "overview": "{} là thủ tục để làm chi",
}
SMALL_TALK = {"greet": ["xin chào", "chào em", "hello em nha", "chào buổi sáng"], "thank": ["cảm ơn em", "cảm ơn nhiều lắm", "tks em nha", "đội ơn nghe"]}


def message(text: str, intent: str | None = None, **example: Any) -> Message:
    data: dict[str, Any] = {TEXT: text}
    if intent:
        data[INTENT] = intent
    if example:
        data["metadata"] = {"example": example}
    return Message(data=data)


def training_data() -> TrainingData:
    examples = [message(pattern.format(thing), f"ask_{aspect}") for aspect, pattern in ASKING.items() for thing in THINGS]
    examples += [message(f"{thing} cần giấy gì, tốn bao nhiêu tiền", SEVERAL, aspects=["documents", "fees"]) for thing in THINGS]
    examples += [message(f"làm {thing} hết nhiêu", "ask_fees", aspects=["fees"], **{PHRASING: True}) for thing in THINGS]
    examples += [message(text, intent) for intent, texts in SMALL_TALK.items() for text in texts]
    return TrainingData(training_examples=examples)


class Bench:
    """Model storage in a folder; makes, trains and loads components."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.storage = LocalModelStorage.create(folder)

    def parts(self, kind: type, config: dict[str, Any] | None) -> tuple[Any, ...]:
        context = ExecutionContext(GraphSchema({}), node_name=kind.__name__)
        return {**kind.get_default_config(), **(config or {})}, self.storage, Resource(kind.__name__), context

    def make(self, kind: type, config: dict[str, Any] | None = None) -> Any:
        return kind.create(*self.parts(kind, config))

    def load(self, kind: type, config: dict[str, Any] | None = None) -> Any:
        return kind.load(*self.parts(kind, config))


class Pipeline:
    """Normaliser, tokenizer and featurizer trained on the toy data; `data` is what a classifier is trained on."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench(folder)
        self.normaliser = self.bench.make(Normaliser) if hasattr(Normaliser, "get_default_config") else Normaliser()
        self.tokenizer = self.bench.make(VietnameseTokenizer)
        self.featurizer = self.bench.make(FoldedCountsFeaturizer)
        self.data = self.tokenizer.process_training_data(self.normaliser.process_training_data(training_data()))
        self.featurizer.train(self.data)
        self.data = self.featurizer.process_training_data(self.data)

    def read(self, *texts: str) -> list[Message]:
        """Messages as they come to a classifier."""
        messages = [message(text) for text in texts]
        for part in (self.normaliser, self.tokenizer, self.featurizer):
            messages = part.process(messages)
        return messages


assert set(ASKING) == set(ASPECTS)
