"""How often a citizen is asked back about one matter: two short questions, then whom to ask instead of a third one. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.dialogue import State
from actions.why import Rule

MOST = 2
"""Questions back in a row about one matter. Who still cannot be understood is served better by a person."""
ASKS = frozenset({AnswerStatus.UNCLEAR_PROCEDURE, AnswerStatus.UNCLEAR_QUESTION})


def enough(answer: Answer, before: State, names: bool, office: str) -> Answer:
    """The answer with the count of questions asked in a row kept in its state; in place of one question too many, who can be asked.

    before: the state that the message met. names: the message names something of its own. A choice that shares no procedure with the
    one before is about another matter, which is counted anew. What was offered can still be chosen after the last question.
    """
    if answer.status not in ASKS:
        return answer
    after = State.from_dict(answer.state)
    goes_on = not names or not before.options or bool(set(before.options) & set(after.options))
    asked = min(before.asked, MOST) + 1 if goes_on else 1
    counted = answer.with_state(replace(after, asked=asked).to_dict())
    if asked <= MOST:
        return counted
    lines = [texts.ASKED_ENOUGH.format(office=office)]
    if answer.candidates:
        lines += [texts.STILL_THERE, *(f"{n}. {ref.name}" for n, ref in enumerate(answer.candidates, 1))]
    return replace(counted, status=AnswerStatus.NOT_FOUND, text="\n".join(lines)).because(rule=Rule.ASKED_ENOUGH)
