"""Why an answer came out as it did: told beside it, never in it."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from actions.answer import AnswerStatus
from actions.dialogue import State
from actions.offline import reply_without_engine
from actions.reply import Understood, reply
from actions.why import MAX_HITS, Rule, heard, margin
from bot.channels.web_view import message_payload

from ..small import CARD, REGISTER, RENEW
from .fakes import library

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(("message", "understood", "state", "rule"), [
    ("thẻ thư viện", Understood(), State(), Rule.FOUND),
    ("thẻ thư viện 1.900001", Understood(), State(), Rule.CODE),
    ("2", Understood(), State(options=(REGISTER, RENEW)), Rule.CHOSEN),
    ("phí bao nhiêu", Understood(("fees",)), State(procedure=CARD), Rule.FOLLOW_UP),
    ("đúng rồi", Understood(affirms=True), State(options=(CARD,)), Rule.ONLY_ONE),
    ("đúng rồi", Understood(affirms=True), State(options=(CARD, RENEW)), Rule.WHICH),
    ("phí bao nhiêu", Understood(("fees",)), State(options=(CARD, RENEW)), Rule.SUPPOSED),
    ("phí bao nhiêu", Understood(("fees",)), State(), Rule.NO_TOPIC),
    ("xin mở karaoke", Understood(), State(), Rule.NOT_FOUND),
    ("xin mở karaoke", Understood(in_scope=False), State(), Rule.OUT_OF_SCOPE),
    ("trại ong", Understood(), State(), Rule.OFFERED),
])
def test_the_rule_that_decided_is_named(message: str, understood: Understood, state: State, rule: Rule) -> None:
    (answer,) = reply(message, understood, state, library(), DAY)
    assert answer.why is not None and answer.why["rule"] == rule


def test_what_was_found_is_told_once_searched_and_not_otherwise() -> None:
    (found,) = reply("trại ong", Understood(), State(), library(), DAY)
    assert found.why is not None and len(found.why["hits"]) <= MAX_HITS
    assert [(hit["code"], hit["score"]) for hit in found.why["hits"][:2]] == [(REGISTER, 0.5), (RENEW, 0.45)]
    assert (found.why["best"], found.why["none"], margin(found.why)) == (0.5, 0.05, 0.05)
    (named,) = reply("1.900001", Understood(), State(), library(), DAY)
    assert "hits" not in (named.why or {}) and margin(named.why) is None


def test_why_costs_no_search_of_its_own() -> None:
    world = library()
    reply("thẻ thư viện", Understood(), State(), world, DAY)
    asked = world.search.asked  # type: ignore[attr-defined]
    assert asked == [("thẻ thư viện", None)] * 2  # one to see whether two are asked for, one to answer, as before


def test_no_channel_shows_why() -> None:
    (answer,) = reply("thẻ thư viện", Understood(), State(), library(), DAY)
    assert message_payload(answer) == message_payload(answer.because(rule="junk", intent="ask_fees"))
    assert "why" not in json.dumps(message_payload(answer))


def test_without_an_engine_nothing_is_said_of_the_intent(monkeypatch: pytest.MonkeyPatch) -> None:
    class Serving:
        def library(self):
            return library()

    monkeypatch.setattr("actions.respond.resources", Serving)
    answer = reply_without_engine("thẻ thư viện", None, datetime(2026, 11, 22, 9))
    assert answer.status is AnswerStatus.ANSWERED and answer.why is not None
    assert "hits" in answer.why and not {"intent", "confidence", "aspects"} & set(answer.why)


@pytest.mark.parametrize("latest", [{}, {"intent": None, "aspects": None}, {"intent": {"name": None, "confidence": None}}])
def test_an_empty_message_was_heard_as_nothing(latest: dict) -> None:
    assert heard(latest) == {"intent": "", "confidence": 0.0, "aspects": {}}


def test_a_margin_counts_families_too_and_one_hit_stands_alone() -> None:
    assert margin({"hits": [{"score": 0.6}], "vague": [{"score": 0.5}, {"score": 0.1}]}) == 0.1
    assert margin({"hits": [{"score": 0.6}], "vague": []}) == 0.6
    assert margin({"hits": [], "vague": []}) == 0.0
    assert margin({"rule": "code"}) is None and margin(None) is None
