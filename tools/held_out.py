"""A trained model and a file of labelled messages in; how often intent and aspects are right out."""

from __future__ import annotations

import asyncio
from pathlib import Path

import yaml

from actions.tracker import asked_aspects
from index.procedure import ASPECTS


def read_labelled(path: Path) -> list[tuple[str, str]]:
    """Rasa NLU YAML -> (message, label); a label may join several intents with +."""
    content = yaml.safe_load(path.read_text("utf-8"))
    return [
        (line.strip().removeprefix("- "), block["intent"])
        for block in content["nlu"]
        for line in block["examples"].splitlines()
        if line.strip()
    ]


def measure(model: Path, path: Path) -> dict[str, tuple[int, float]]:
    """-> name -> (messages, share right). An ask_* label is a right intent when any ask_* was found: aspects tell the rest."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model.resolve()))
    labelled = read_labelled(path)

    async def parse() -> list[dict]:
        return [await agent.parse_message(text) for text, _ in labelled]

    parsed = asyncio.run(parse())
    exact, family, aspects, unsure = [], [], [], []
    for (_, label), result in zip(labelled, parsed, strict=True):
        intent = result["intent"]["name"]
        unsure.append(intent == "nlu_fallback")
        asked = [part.removeprefix("ask_") for part in label.split("+") if part.removeprefix("ask_") in ASPECTS]
        question = bool(asked)
        found_question = intent in ("ask_several", "nlu_fallback") or (intent or "").removeprefix("ask_") in ASPECTS
        family.append(found_question if question else intent == label)
        if not question:
            exact.append(intent == label)
        else:
            aspects.append(set(asked) <= set(asked_aspects(intent or "", result.get("aspects") or {})))
    share = lambda values: (len(values), sum(values) / max(1, len(values)))  # noqa: E731
    return {
        "question or which kind of other message": share(family),
        "other messages: intent": share(exact),
        "questions: all asked aspects found": share(aspects),
        "unsure (fallback)": share(unsure),
    }
