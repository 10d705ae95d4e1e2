"""Messages that are no question about a procedure: a fixed reply, unless they turn out to be one after all."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import ActionAnswerQuestion
from actions.first import EMERGENCY_FROM, cries_for_help, first_kind, is_first
from actions.fixed import utter_fixed
from actions.gate import QUESTION
from actions.respond import asks_plainly, is_question
from actions.tracker import Turn, read_turn

DOUBT = 0.65
"""Confidence of the intent below which, within a talk, a message is searched before the fixed reply is given. The first message is
weighed otherwise (actions.first)."""
DOUBT_ASKED = 0.85
"""The same for a message that asks for papers, money and the like in plain words."""
TIED = 0.8
"""Share of the intent's confidence from which a question about a procedure is as good a reading, where search is clear. Of 224 held-out
messages that are no such question (tests/nlu) three come that near with a clear search, all below what the fallback takes."""
GUESSED = 0.6
"""Confidence of the intent below which NLU has guessed. Of 227 held-out messages that are no question (tests/nlu) none is taken for one
by it, at 0.65 one."""
SHORT_NEED = 10
OFTEN_NEEDS = frozenset({"make_complaint", "start_over", "out_of_scope", "ask_legal_advice", "ask_own_record"})
"""Words up to which a message that seems one of these kinds is as doubtful: "tui làm lại bằng lái" only names a need."""


class ActionRedirect(Action):
    """The reply that belongs to the intent (actions.fixed), unless the message is a question after all."""

    def name(self) -> Text:
        return "action_redirect"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        turn = read_turn(tracker)
        if cries_for_help(turn):
            return await utter_fixed(turn, "report_emergency", dispatcher)
        if is_first(turn):
            kind = await asyncio.get_running_loop().run_in_executor(None, first_kind, turn)
        else:
            sure = turn.confidence >= _doubt(turn)
            tied = turn.question >= TIED * turn.confidence
            guessed = turn.confidence < GUESSED
            asked = asyncio.get_running_loop().run_in_executor(None, is_question, turn.message, turn.intent, sure, turn.state, turn.now, tied, guessed)
            kind = QUESTION if (turn.intent == "react" and turn.state.options) or await asked else turn.intent
        if kind == QUESTION:
            return await ActionAnswerQuestion().run(dispatcher, tracker, domain)
        return await utter_fixed(turn, kind, dispatcher)


def _doubt(turn: Turn) -> float:
    if turn.intent == "report_emergency":
        return EMERGENCY_FROM
    if turn.state.procedure and turn.intent in (*OFTEN_NEEDS, "check_application"):
        return DOUBT_ASKED  # in a talk "nhà em là hộ cận nghèo đó" goes on with it
    short = len(turn.message.split()) <= SHORT_NEED and turn.intent in OFTEN_NEEDS
    return DOUBT_ASKED if short or asks_plainly(turn.message) else DOUBT
