"""The pipeline's own components, trained on a toy set through Rasa's model storage and loaded again."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.aspects import ASPECT_SCORES, SEVERAL, AspectClassifier, aspects_of, is_phrasing
from bot.nlu.featurizer import FoldedCountsFeaturizer
from bot.nlu.intents import CalibratedIntentClassifier, sparse_rows
from bot.nlu.normaliser import NORMALISED, Normaliser
from index.procedure import ASPECTS
from index.text import fold

from .toy import ASKING, Pipeline, message, training_data


@pytest.fixture(scope="module")
def intents(pipeline: Pipeline) -> CalibratedIntentClassifier:
    pipeline.bench.make(CalibratedIntentClassifier).train(pipeline.data)
    return pipeline.bench.load(CalibratedIntentClassifier)


@pytest.fixture(scope="module")
def aspects(pipeline: Pipeline) -> AspectClassifier:
    pipeline.bench.make(AspectClassifier).train(pipeline.data)
    return pipeline.bench.load(AspectClassifier)


def test_the_normaliser_keeps_the_text_as_typed() -> None:
    (one,) = Normaliser().process([message("Ko Bik nộp j")])
    assert (one.get(TEXT), one.get(NORMALISED)) == ("Ko Bik nộp j", "không biết nộp gì")


def test_what_is_said_before_the_question_is_not_read_but_learnt_as_it_stands() -> None:
    typed = "À mà sẵn cho em hỏi luôn, khai sinh nộp ở đâu"
    (one,) = Normaliser().process([message(typed)])
    assert one.get(NORMALISED) == "khai sinh nộp ở đâu" and one.get("text") == typed
    learnt = Normaliser().process_training_data(TrainingData([message(typed)]))
    assert learnt.training_examples[0].get(NORMALISED) == typed.lower()


def test_the_normaliser_adds_a_bare_copy_of_what_has_diacritics() -> None:
    before = training_data()
    after = Normaliser().process_training_data(before)
    added = after.training_examples[len(before.training_examples) :]
    with_marks = [example for example in before.training_examples if fold(example.get(TEXT)) != example.get(TEXT)]
    assert [(copy.get(TEXT), copy.get(INTENT)) for copy in added] == [(fold(example.get(TEXT)), example.get(INTENT)) for example in with_marks]
    assert all(example.get(NORMALISED) for example in after.training_examples)
    assert not any(example.get(TEXT) == "hello em nha" for example in added)


def test_messages_without_text_are_left_alone() -> None:
    (one,) = Normaliser().process([message("")])
    assert one.get(NORMALISED) is None


def test_a_loaded_featurizer_makes_the_same_rows(pipeline: Pipeline) -> None:
    (made,) = pipeline.read("khai sinh tốn bao nhiêu")
    loaded = pipeline.bench.load(FoldedCountsFeaturizer)
    (again,) = loaded.process(pipeline.tokenizer.process(pipeline.normaliser.process([message("khai sinh tốn bao nhiêu")])))
    assert (sparse_rows([made]) != sparse_rows([again])).nnz == 0


@pytest.mark.parametrize(("text", "intent"), [
    ("chào em", "greet"), ("chao em", "greet"), ("cảm ơn em nhiều", "thank"), ("khai tử cần giấy tờ gì", "ask_documents"), ("khai tu can giay to gi", "ask_documents"),
    ("tách hộ nộp ở đâu", "ask_place"), ("hộ chiếu mấy ngày thì xong", "ask_duration"),
])
def test_intents_are_told_with_and_without_diacritics(pipeline: Pipeline, intents: CalibratedIntentClassifier, text: str, intent: str) -> None:
    (one,) = intents.process(pipeline.read(text))
    ranking = one.get("intent_ranking")
    assert one.get(INTENT)["name"] == intent == ranking[0]["name"]
    assert 0 < ranking[0]["confidence"] <= 1
    assert [entry["confidence"] for entry in ranking] == sorted((entry["confidence"] for entry in ranking), reverse=True)


def test_one_kind_of_question_stands_for_all_in_the_ranking(pipeline: Pipeline, intents: CalibratedIntentClassifier) -> None:
    (one,) = intents.process(pipeline.read("khai sinh tốn bao nhiêu tiền"))
    names = [entry["name"] for entry in one.get("intent_ranking")]
    assert len([name for name in names if name.startswith("ask_")]) == 1 and set(names) >= {"greet", "thank"}


@pytest.mark.parametrize("text", ["😀", "zzz qqq", "?"])
def test_an_intent_is_given_to_anything_with_features(pipeline: Pipeline, intents: CalibratedIntentClassifier, text: str) -> None:
    (one,) = intents.process(pipeline.read(text))
    assert one.get(INTENT)["name"]


def test_a_message_without_features_has_no_intent(intents: CalibratedIntentClassifier) -> None:
    (one,) = intents.process([message("")])
    assert one.get(INTENT) == {"name": None, "confidence": 0.0} and one.get("intent_ranking") == []


@pytest.mark.parametrize("aspect", [aspect for aspect in ASPECTS if aspect != "overview"])
def test_each_aspect_is_heard(pipeline: Pipeline, aspects: AspectClassifier, aspect: str) -> None:
    (one,) = aspects.process(pipeline.read(ASKING[aspect].format("khai sinh")))
    assert aspect in one.get(ASPECT_SCORES)


@pytest.mark.parametrize("text", ["khai tử cần giấy tờ gì, tốn bao nhiêu tiền", "khai tu can giay to gi, ton bao nhieu tien", "cần giấy tờ gì và tốn bao nhiêu tiền"])
def test_several_aspects_are_heard_in_one_message(pipeline: Pipeline, aspects: AspectClassifier, text: str) -> None:
    (one,) = aspects.process(pipeline.read(text))
    found = one.get(ASPECT_SCORES)
    assert {"documents", "fees"} <= set(found)
    assert list(found.values()) == sorted(found.values(), reverse=True) and all(0 < chance <= 1 for chance in found.values())


@pytest.mark.parametrize("text", ["", "😀", "http://" + "!" * 40, "a, " * 600])
def test_aspects_never_raise(pipeline: Pipeline, aspects: AspectClassifier, text: str) -> None:
    (one,) = aspects.process(pipeline.read(text))
    assert isinstance(one.get(ASPECT_SCORES), dict)


@pytest.mark.parametrize(("one", "found"), [
    (message("x", "ask_fees"), ["fees"]), (message("x", SEVERAL, aspects=["fees", "place"]), ["fees", "place"]), (message("x", SEVERAL), []), (message("x", "greet"), []),
    (message("x", "ask_bot"), []), (message("x"), []),
])
def test_the_aspects_of_an_example_are_those_of_its_intent_or_metadata(one, found: list[str]) -> None:
    assert aspects_of(one) == found


def test_phrasings_are_told_by_their_mark() -> None:
    assert is_phrasing(message("x", "ask_fees", phrasing=True)) and not is_phrasing(message("x", "ask_fees"))
