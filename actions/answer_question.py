"""The Rasa action behind every question: read the tracker, reply, utter the Answer, keep the state."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.reply import reply
from actions.resources import resources
from actions.tracker import read_turn
from index.release import ReleaseError

logger = logging.getLogger(__name__)


class ActionAnswerQuestion(Action):
    """Answers whatever may be about a procedure. Anything that fails becomes an apology: nobody is left in silence."""

    def name(self) -> Text:
        return "action_answer_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        turn = read_turn(tracker)
        answer = await asyncio.get_running_loop().run_in_executor(None, _reply, turn)
        dispatcher.utter_message(text=answer.text, json_message=answer.to_dict())
        return [SlotSet(name, value) for name, value in (answer.state or {}).items()]


def _reply(turn: Any) -> Answer:
    try:
        return reply(turn.message, turn.understood, turn.state, resources().library(), turn.day)
    except ReleaseError as error:
        logger.error("no release: %s", error)
        return Answer(AnswerStatus.ERROR_NO_INDEX, texts.NO_INDEX.format(office=texts.OFFICE))
    except Exception:
        logger.exception("an answer failed")  # the message itself is not logged
        return Answer(AnswerStatus.ERROR_ENGINE, texts.SYSTEM_ERROR.format(office=texts.OFFICE))
