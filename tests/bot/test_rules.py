"""What bot/engine_lean.py rests on: one intent decides one action, nothing but actions sets slots, the domain knows every intent."""

from __future__ import annotations

from pathlib import Path

from index.catalogue import read_yaml


def test_every_rule_is_one_intent_and_one_action() -> None:
    rules = [rule for path in sorted(Path("data/rules").glob("*.yml")) for rule in read_yaml(path)["rules"]]
    assert len(rules) > 20
    for rule in rules:
        assert [sorted(step) for step in rule["steps"]] == [["intent"], ["action"]], rule["rule"]


def test_no_slot_is_filled_or_asked_for_by_rasa() -> None:
    for name, slot in read_yaml(Path("domain.yml"))["slots"].items():
        assert slot["influence_conversation"] in (False, "false"), name
        assert slot["mappings"] == [{"type": "custom"}], name


def test_the_domain_knows_every_intent_of_the_examples() -> None:
    taught = {example["intent"] for path in sorted(Path("data/nlu").glob("*.yml")) for example in read_yaml(path)["nlu"] if "intent" in example}
    assert len(taught) > 25 and taught <= set(read_yaml(Path("domain.yml"))["intents"])
