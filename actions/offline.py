"""Answers while no engine runs: search alone, with what a question asks told by its words. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from actions import texts
from actions.answer import Answer
from actions.dialogue import State
from actions.reply import Understood
from actions.resources import served_texts
from actions.respond import respond
from index.asking import asked_in_words


def reply_without_engine(message: str, state: Mapping[str, Any] | None, now: datetime) -> Answer:
    """One Answer from search alone, opened with a line that says so. Never raises."""
    answer = respond(message, Understood(asked_in_words(message)), State.from_dict(state), now)[-1]
    with texts.said_as(served_texts()):
        return replace(answer, text=f"{texts.ENGINE_DOWN}\n{answer.text}")
