"""What people write in a few words: needs told without a question, and what only names the things of an office. Never trained on.

Floors are the shares reached with the reviewed records (docs/decisions/0012) less five points.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from actions.dialogue import State
from actions.first import first_kind, is_first
from actions.gate import QUESTION as ASKS
from actions.gate import kinds
from actions.reply import Understood
from actions.respond import is_question
from actions.tracker import Turn
from index.text import fold

from ..conversations.harness import ROOT, built
from .outcome import NAMED, QUESTION, Case, Outcome, helped, outcomes, read_cases

NOW = datetime(2026, 11, 24, 9)
HELPED_LIMITS, HELPED_NEEDS, ANSWERED_AS_PROCEDURE = 0.74, 0.60, 0.14


@pytest.fixture(scope="module")
def var() -> Path:
    return built(Path(os.environ.get("MOT_CUA_VAR") or ROOT / "var").absolute())


@pytest.fixture(scope="module")
def short(var: Path) -> list[tuple[Case, Outcome]]:
    cases = read_cases(Path(__file__).with_name("short.yml"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOT_CUA_VAR", str(var))
        return list(zip(cases, outcomes(cases, var / "models" / "current", ROOT), strict=True))


def share(values: list[bool]) -> float:
    return sum(values) / max(1, len(values))


def test_a_limit_gets_its_own_reply(short: list[tuple[Case, Outcome]]) -> None:
    limits = [(case, outcome) for case, outcome in short if case.intents != (QUESTION,)]
    assert len(limits) > 100
    assert share([helped(case, outcome) for case, outcome in limits]) >= HELPED_LIMITS
    named = [case.text for case, outcome in limits if outcome.status in NAMED]
    assert len(named) / len(limits) <= ANSWERED_AS_PROCEDURE, named


def test_a_need_gets_no_fixed_reply(short: list[tuple[Case, Outcome]]) -> None:
    needs = [(case, outcome) for case, outcome in short if case.intents == (QUESTION,)]
    refused = [(case.text, outcome.reply or outcome.status) for case, outcome in needs if not helped(case, outcome)]
    assert share([helped(case, outcome) for case, outcome in needs]) >= HELPED_NEEDS, refused


def test_an_emergency_is_one_whatever_papers_it_names(short: list[tuple[Case, Outcome]]) -> None:
    assert [case.text for case, outcome in short if case.kind == "emergency" and not helped(case, outcome)] == []


def test_a_name_alone_is_a_question(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name and alias of the reviewed records, with diacritics and without: a classifier of sentences took one in fifty of them for
    insults, emergencies and the like."""
    from rasa.core.agent import Agent  # seconds to import

    from actions.resources import resources

    monkeypatch.setenv("MOT_CUA_VAR", str(var))
    agent = Agent.load(str((var / "models" / "current").resolve()))
    procedures = resources().library().search.procedures
    names = dict.fromkeys(text for one in procedures.values() if one.reviewed for name in (one.name, *one.aliases) for text in (name, fold(name)))

    async def refused() -> list[tuple[str, str]]:
        found = []
        for name in names:
            parsed = await agent.parse_message(name)
            intent = parsed["intent"]["name"]
            turn = Turn(name, intent, parsed["intent"]["confidence"], Understood(), State(), NOW, {}, kinds=kinds(parsed["intent_ranking"]))
            asks = first_kind(turn) == ASKS if is_first(turn) else is_question(name, intent, True, State(), NOW)
            if not asks:
                found.append((name, intent))
        return found

    assert len(names) > 1_500
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, refused()).result() == []
