"""A held-out message, a trained model and a release in; what the citizen would get out. No server: the actions are called."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import ActionAnswerQuestion
from actions.redirect import ActionRedirect
from index.catalogue import read_yaml
from index.procedure import ASPECTS

QUESTION = "question"
"""Label of every message that is about a procedure."""
NAMED = ("answered", "answered_expired_warning", "unclear_procedure", "unanswerable_not_in_record")
"""Statuses of a message that was taken for a question about some procedure."""


@dataclass(frozen=True, slots=True)
class Case:
    """One message of limits.yml. named: it names a procedure; intents: those that are right."""

    text: str
    kind: str
    named: bool
    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """intent and confidence of the first step; status as sent; reply: the intent whose fixed reply was given, or ""."""

    intent: str
    confidence: float
    aspects: tuple[str, ...]
    status: str
    reply: str


def read_cases(path: Path) -> list[Case]:
    """All messages, kind by kind, those that name a procedure first."""
    return [
        Case(text, kind, group == "named", tuple(block["intents"]))
        for kind, block in read_yaml(path).items()
        for group in ("named", "plain")
        for text in block[group]
    ]


def understood(case: Case, outcome: Outcome) -> bool:
    """True when NLU gave the right kind of message; a fallback is searched, hence right for a question."""
    if case.intents == (QUESTION,):
        return outcome.intent in ("ask_several", "nlu_fallback") or outcome.intent.removeprefix("ask_") in ASPECTS
    return outcome.intent in case.intents


def helped(case: Case, outcome: Outcome) -> bool:
    """True when the citizen got what helps: a question no fixed reply, anything else its own one.

    What is off topic or has no meaning goes through the search: there any answer that names no procedure will do.
    """
    if case.intents == (QUESTION,):
        return not outcome.reply and outcome.status != "unanswerable_out_of_scope"
    if {"out_of_scope", "nonsense"} & set(case.intents) and outcome.status not in NAMED:
        return not outcome.reply or outcome.reply in (*case.intents, "react", "insult" if case.kind == "nonsense" else "react")
    return outcome.reply in case.intents


def outcomes(cases: Sequence[Case], model: Path, root: Path) -> list[Outcome]:
    """Every case as the first message of a talk. Needs MOT_CUA_VAR to hold a release."""
    from rasa.core.agent import Agent  # seconds to import

    agent = Agent.load(str(model.resolve()))
    rules = [rule["steps"] for path in sorted((root / "data" / "rules").glob("*.yml")) for rule in read_yaml(path)["rules"]]
    redirected = {steps[0]["intent"] for steps in rules if steps[1]["action"] == "action_redirect"}
    responses = read_yaml(root / "domain.yml")["responses"]

    async def one(case: Case) -> Outcome:
        parsed = await agent.parse_message(case.text)
        intent = parsed["intent"]
        action = ActionRedirect() if intent["name"] in redirected else ActionAnswerQuestion()
        dispatcher = CollectingDispatcher()
        latest: dict[str, Any] = {**parsed, "text": case.text, "metadata": {"state": {}, "now": "2026-11-22T09:00:00"}}
        await action.run(dispatcher, Tracker("s", {}, latest, [], False, None, {}, None), {})  # type: ignore[arg-type]
        sent = dispatcher.messages[0]
        reply = (sent.get("response") or "").removeprefix("utter_")
        status = responses[sent["response"]][0]["custom"]["status"] if reply else sent["custom"]["status"]
        return Outcome(intent["name"] or "", intent["confidence"], tuple(parsed.get("aspects") or ()), status, reply)

    async def every() -> list[Outcome]:
        return [await one(case) for case in cases]

    with ThreadPoolExecutor(1) as thread:  # the browser tests leave an event loop running in this one
        return thread.submit(asyncio.run, every()).result()
