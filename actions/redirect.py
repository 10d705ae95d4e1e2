"""Messages that are no question about a procedure: a fixed reply, unless they turn out to be one after all."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.answer_officer import officer
from actions.answer_question import ActionAnswerQuestion
from actions.dialogue import State
from actions.resources import served_texts
from actions.respond import asks_plainly, is_question
from actions.tracker import Turn, read_turn
from actions.why import Rule

DOUBT = 0.65
"""Confidence of the intent below which a message is searched before the fixed reply is given."""
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
DOUBT_EMERGENCY = 0.4
"""The same for an emergency at the start of a talk, as low as the fallback: its numbers to call are worth a wrong guess."""


class ActionRedirect(Action):
    """Utters `utter_<intent>`; start_over also clears the state of the talk, request_officer says whether anybody is there now."""

    def name(self) -> Text:
        return "action_redirect"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        turn = read_turn(tracker)
        sure = turn.confidence >= _doubt(turn)
        tied = turn.question >= TIED * turn.confidence
        guessed = turn.confidence < GUESSED
        question = asyncio.get_running_loop().run_in_executor(None, is_question, turn.message, turn.intent, sure, turn.state, turn.now, tied, guessed)
        if (turn.intent == "react" and turn.state.options) or await question:
            return await ActionAnswerQuestion().run(dispatcher, tracker, domain)
        if turn.intent == "request_officer":
            told = await asyncio.get_running_loop().run_in_executor(None, officer, turn.state, turn.now)
            if told:
                told = told.because(**turn.heard, rule=Rule.OFFICER)
                dispatcher.utter_message(text=told.text, json_message=told.to_dict())
                return []
        if turn.intent != "start_over":
            dispatcher.utter_message(response=f"utter_{turn.intent}", why={**turn.heard, "rule": Rule.FIXED})
            return []
        with texts.said_as(served_texts()):
            said = texts.RESTART
        answer = Answer(AnswerStatus.SMALLTALK_CHAT, said, state=State().to_dict()).because(**turn.heard, rule=Rule.RESTART)
        dispatcher.utter_message(text=answer.text, json_message=answer.to_dict())
        return [SlotSet(name, value) for name, value in State().to_dict().items()]


def _doubt(turn: Turn) -> float:
    if turn.intent == "report_emergency":
        return DOUBT_EMERGENCY
    if turn.state.procedure and turn.intent in (*OFTEN_NEEDS, "check_application"):
        return DOUBT_ASKED  # in a talk "nhà em là hộ cận nghèo đó" goes on with it
    short = len(turn.message.split()) <= SHORT_NEED and turn.intent in OFTEN_NEEDS
    return DOUBT_ASKED if short or asks_plainly(turn.message) else DOUBT
