"""A kind of message that is no question -> what is uttered: a reply of domain.yml, or one that the office's hours are in."""

from __future__ import annotations

import asyncio
from typing import List

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.answer_officer import officer
from actions.dialogue import State
from actions.resources import served_texts
from actions.tracker import Turn
from actions.why import Rule


async def utter_fixed(turn: Turn, intent: str, dispatcher: CollectingDispatcher) -> List[EventType]:
    """Utters `utter_<intent>`; start_over also clears the state of the talk, request_officer says whether anybody is there now."""
    if intent == "request_officer":
        told = await asyncio.get_running_loop().run_in_executor(None, officer, turn.state, turn.now)
        if told:
            told = told.because(**turn.heard, rule=Rule.OFFICER)
            dispatcher.utter_message(text=told.text, json_message=told.to_dict())
            return []
    if intent != "start_over":
        dispatcher.utter_message(response=f"utter_{intent}", why={**turn.heard, "rule": Rule.FIXED})
        return []
    with texts.said_as(served_texts()):
        said = texts.RESTART
    answer = Answer(AnswerStatus.SMALLTALK_CHAT, said, state=State().to_dict()).because(**turn.heard, rule=Rule.RESTART)
    dispatcher.utter_message(text=answer.text, json_message=answer.to_dict())
    return [SlotSet(name, value) for name, value in State().to_dict().items()]
