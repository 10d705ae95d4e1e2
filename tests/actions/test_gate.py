"""What NLU heard and what search found are weighed together; a talk, a code, a danger and a grievance decide before that."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions import first, gate
from actions.dialogue import State
from actions.gate import FEATURES, OTHERS, QUESTION, WEIGHTS
from actions.reply import Understood
from actions.tracker import Turn
from index.retriever import Hit
from index.search import Found

from ..small import CARD, REGISTER
from .fakes import library
from .test_respond import Serving

SURE = Found((Hit("1.001193", 0.97), Hit("1.000656", 0.01)), 0.0)
NOTHING = Found((), 1.0)


def chance(heard: dict[str, float], found: Found = SURE, asking: bool = False, names: bool = True) -> float:
    return gate.question_chance(heard, found, asking, asking, names)


def test_every_feature_has_its_weight() -> None:
    assert tuple(WEIGHTS) == FEATURES
    assert len(gate.features({}, NOTHING, False, False, False)) == len(FEATURES)


@pytest.mark.parametrize("other", ["make_complaint", "out_of_scope", "ask_own_record", "check_application"])
def test_a_sure_search_tells_a_need_from_what_it_sounds_like(other: str) -> None:
    assert chance({QUESTION: 0.3, other: 0.45}, asking=True) > gate.QUESTION_FROM
    assert chance({QUESTION: 0.002, other: 0.98}) < gate.QUESTION_FROM


def test_more_evidence_is_a_higher_chance() -> None:
    heard = {QUESTION: 0.3, "make_complaint": 0.5}
    assert 0.0 <= chance(heard, NOTHING, names=False) < chance(heard, NOTHING) < chance(heard) < chance(heard, asking=True) <= 1.0
    assert chance({QUESTION: 0.1, "greet": 0.8}) < chance({QUESTION: 0.8, "greet": 0.1})


@pytest.mark.parametrize("heard", [{}, {QUESTION: 1.0}, {QUESTION: 0.0, "insult": 1.0}, dict.fromkeys(OTHERS, 1.0)])
def test_the_ends_of_the_scale_are_chances(heard: dict[str, float]) -> None:
    for found in (SURE, NOTHING):
        assert 0.0 <= chance(heard, found) <= 1.0


def test_a_ranking_becomes_kinds() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.7}, {"name": "ask_fees", "confidence": 0.3}, {"name": "greet", "confidence": 0.2}]
    assert gate.kinds(ranking) == {QUESTION: 0.3, "greet": 0.2}
    assert gate.kinds(None) == {}
    assert gate.likeliest_other({"greet": 0.2, "insult": 0.5, QUESTION: 0.9}) == "insult"
    assert [gate.asks(name) for name in ("ask_fees", "ask_several", "nlu_fallback", "ask_bot", "out_of_scope")] == [True, True, True, False, False]


def turn(message: str, intent: str, kinds: dict[str, float], **state: object) -> Turn:
    confidence = kinds.get(intent, kinds.get(QUESTION, 0.5))
    return Turn(message, intent, confidence, Understood(), State(**state), datetime(2026, 11, 24, 9), {}, kinds=kinds)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("actions.first", "actions.respond"):
        monkeypatch.setattr(f"{module}.resources", lambda: Serving(library()))


@pytest.mark.parametrize(("message", "intent", "kinds", "kind"), [
    ("xin thẻ thư viện cho ba tôi", "make_complaint", {"make_complaint": 0.5, QUESTION: 0.3}, QUESTION),
    ("thẻ thư viện", "ask_other_province", {"ask_other_province": 0.45, QUESTION: 0.35}, QUESTION),  # a bare name
    ("làm thẻ mà bị hành lên hành xuống tức quá", "make_complaint", {"make_complaint": 0.97, QUESTION: 0.01}, "make_complaint"),
    ("dùm cái mấy cha", "ask_overview", {QUESTION: 0.42, "insult": 0.41}, "insult"),
    (f"{CARD} là gì", "insult", {"insult": 0.9}, QUESTION),
    ("5", "insult", {"insult": 0.9}, QUESTION),
    ("hồ sơ thẻ tới đâu rồi", "ask_overview", {QUESTION: 0.9}, "check_application"),
    ("chào em, khỏe không", "out_of_scope", {"out_of_scope": 0.8, QUESTION: 0.01}, "greet"),
])
def test_the_first_message_of_a_talk(message: str, intent: str, kinds: dict[str, float], kind: str) -> None:
    assert first.first_kind(turn(message, intent, kinds)) == kind


def test_an_emergency_needs_little() -> None:
    assert first.first_kind(turn("thẻ thẻ thẻ", "report_emergency", {"report_emergency": 0.45, QUESTION: 0.4})) == "report_emergency"
    assert first.cries_for_help(turn("ghe tui đang chìm", "ask_overview", {QUESTION: 0.9}))


def test_within_a_talk_the_gate_is_silent() -> None:
    kinds = {QUESTION: 0.9}
    assert first.is_first(turn("thẻ", "ask_overview", kinds))
    assert not first.is_first(turn("thẻ", "ask_overview", kinds, procedure=CARD))
    assert not first.is_first(turn("thẻ", "ask_overview", kinds, options=(CARD, REGISTER)))
    assert not first.is_first(turn("đúng rồi", "affirm", {"affirm": 0.9}))
    assert not first.is_first(turn("thẻ", "ask_overview", {}))


def test_without_a_release_what_nlu_heard_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.first.resources", lambda: Serving(RuntimeError("boom")))
    assert first.first_kind(turn("xin thẻ", "make_complaint", {"make_complaint": 0.5, QUESTION: 0.4})) == "make_complaint"
