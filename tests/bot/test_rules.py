"""The rules of data/rules: bot/engine_lean.py ends a message after one action, so a rule may hold no more."""

from __future__ import annotations

from pathlib import Path

from index.catalogue import read_yaml


def test_every_rule_is_one_intent_and_one_action() -> None:
    rules = [rule for path in sorted(Path("data/rules").glob("*.yml")) for rule in read_yaml(path)["rules"]]
    assert len(rules) > 20
    for rule in rules:
        assert [sorted(step) for step in rule["steps"]] == [["intent"], ["action"]], rule["rule"]
