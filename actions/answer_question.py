"""The Rasa action behind every question: read the tracker, reply, utter the Answer, keep the state."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import asks_advice
from actions.first import cries_for_help, first_kind, is_first
from actions.fixed import utter_fixed
from actions.gate import QUESTION
from actions.own_file import asks_after_file
from actions.respond import asks_plainly, is_special, respond
from actions.tracker import OUTSIDE, read_turn
from actions.why import Rule


class ActionAnswerQuestion(Action):
    """Answers whatever may be about a procedure. Anything that fails becomes an apology: nobody is left in silence."""

    def name(self) -> Text:
        return "action_answer_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        turn = read_turn(tracker)
        if cries_for_help(turn):
            return await utter_fixed(turn, "report_emergency", dispatcher)
        special = is_special(turn.message, turn.state, turn.now)
        if not special and asks_after_file(turn.message) and not turn.state.options:
            dispatcher.utter_message(response="utter_check_application", why={**turn.heard, "rule": Rule.FIXED})
            return []
        if not special and asks_advice(turn.message) and not asks_plainly(turn.message) and not turn.state.options:
            dispatcher.utter_message(response="utter_ask_legal_advice", why={**turn.heard, "rule": Rule.FIXED})
            return []
        understood = turn.understood
        if not special and is_first(turn):
            kind = await asyncio.get_running_loop().run_in_executor(None, first_kind, turn)
            if kind not in (QUESTION, *OUTSIDE):
                return await utter_fixed(turn, kind, dispatcher)
            understood = replace(understood, in_scope=kind == QUESTION, elsewhere=kind == "out_of_scope")
        answers = await asyncio.get_running_loop().run_in_executor(None, respond, turn.message, understood, turn.state, turn.now)
        for answer in (answer.because(**turn.heard) for answer in answers):
            dispatcher.utter_message(text=answer.text, json_message=answer.to_dict())
        return [SlotSet(name, value) for name, value in (answers[-1].state or {}).items()]
