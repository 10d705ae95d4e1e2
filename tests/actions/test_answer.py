"""An Answer survives the way through JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest

from actions.answer import Answer, AnswerStatus, Choice, ProcedureRef
from actions.compose import compose
from actions.dialogue import State
from index.procedure import ASPECTS

from ..small import CONTACTS, procedure

WHOLE = compose(procedure(), ASPECTS, date(2026, 11, 22), CONTACTS["commune"]).with_state(State("1.900001", ("fees",)).to_dict()).because(rule="found", none=0.1)
BARE = Answer(AnswerStatus.NOT_FOUND, "Dạ, không có.")
CHOICE = Answer(AnswerStatus.UNCLEAR_PROCEDURE, "Chọn:", aspects=("fees",), candidates=(ProcedureRef("1.900001", "A"),), choices=(Choice("A", "A?"),))


@pytest.mark.parametrize("answer", [WHOLE, BARE, CHOICE], ids=["whole", "bare", "choice"])
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert Answer.from_dict(answer.to_dict()) == answer
    assert answer.to_dict() == asdict(answer)
    through = Answer.from_dict(json.loads(json.dumps(answer.to_dict())))
    assert State.from_dict(through.state) == State.from_dict(answer.state)
    assert through.with_state({}) == answer.with_state({})


@pytest.mark.parametrize("raw", [
    {}, {"text": "a"}, {"status": "answered"}, {"status": "sure", "text": "a"}, {"status": "answered", "text": "a", "procedure": {"code": "1"}},
    {"status": "answered", "text": "a", "facts": [{"field": "x"}]}, {"status": "answered", "text": "a", "choices": ["x"]}, {"status": "answered", "text": "a", "procedure": "x"},
])
def test_what_is_no_answer_is_refused(raw: dict) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Answer.from_dict(raw)


def test_statuses_are_counted_by_family() -> None:
    families = {status.value.partition("_")[0] for status in AnswerStatus}
    assert families == {"answered", "unclear", "unanswerable", "redirected", "refused", "smalltalk", "error"}
