"""Idle talk and starting over: a fixed sentence, unless a choice is open and the message answers it."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.answer_question import ActionAnswerQuestion
from actions.dialogue import State
from actions.tracker import read_turn


class ActionSmallTalk(Action):
    """react keeps the state of the talk, start_over clears it."""

    def name(self) -> Text:
        return "action_small_talk"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        turn = read_turn(tracker)
        if turn.state.options and turn.intent == "react":
            return await ActionAnswerQuestion().run(dispatcher, tracker, domain)
        restart = turn.intent == "start_over"
        state = State() if restart else turn.state
        answer = Answer(AnswerStatus.SMALLTALK_CHAT, texts.RESTART if restart else texts.REACT, state=state.to_dict())
        dispatcher.utter_message(text=answer.text, json_message=answer.to_dict())
        return [SlotSet(name, value) for name, value in state.to_dict().items()]
