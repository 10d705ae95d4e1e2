"""The tree is as the design says: imports point downwards, one word goes through all layers, nothing is left over."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import words
from actions.answer import AnswerStatus
from actions.compose import COMPOSERS
from actions.dialogue import State
from index.asking import _PATTERNS
from index.procedure import ASPECTS

ROOT = Path(__file__).parent.parent
LAYERS = {
    "index": {"index"}, "actions": {"actions", "index"}, "bot": {"bot", "actions", "index"}, "tools": {"tools", "bot", "actions", "index"},
    "training": {"training", "index", "bot"},  # the name tagger learns on what the gateway reads
}
MAX_BYTES = 2_000_000
TUNED = "index/model/e5-vi.bin"
"""The one big file: the tuned encoder, docs/decisions/0010."""
RASA_KEYS = re.compile(r"^(?:- )?(?:nlu|responses|stories|rules)\s*:", re.M)


def tracked() -> list[str]:
    """Files in git, as paths from the root; all files when there is no repository."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")
    return [path for path in listed.split("\0") if path and (ROOT / path).exists()]


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8")) or {}


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    return load(ROOT / "domain.yml")


@pytest.fixture(scope="module")
def rules() -> list[dict[str, Any]]:
    return [rule for path in sorted((ROOT / "data" / "rules").glob("*.yml")) for rule in load(path)["rules"]]


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Top names of all imports of a module, wherever they stand."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if not node.level else path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("package", LAYERS)
def test_imports_point_downwards(package: str) -> None:
    ours = set(LAYERS) | {"tests"}
    wrong = {str(path.relative_to(ROOT)): sorted(names) for path in modules(package) if (names := set(imported(path)) & ours - LAYERS[package])}
    assert wrong == {}


@pytest.mark.parametrize(("package", "foreign"), [
    ("index", {"rasa", "rasa_sdk", "starlette", "tensorflow", "torch"}), ("actions", {"rasa", "starlette", "tensorflow", "torch"}), ("bot", {"tensorflow", "torch"}),
])
def test_lower_layers_know_nothing_of_frameworks(package: str, foreign: set[str]) -> None:
    assert {str(path.relative_to(ROOT)): names for path in modules(package) if (names := set(imported(path)) & foreign)} == {}


def test_only_actions_know_rasa_s_sdk() -> None:
    using = {path.stem for path in modules("actions") if "rasa_sdk" in imported(path)}
    assert using == {"answer_question", "fixed", "redirect", "tracker"}


def test_every_module_says_what_it_does_in_its_first_line() -> None:
    silent = [str(path.relative_to(ROOT)) for package in LAYERS for path in modules(package) if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def action_names() -> dict[str, str]:
    """name() of every Action class -> the file it stands in."""
    found = {}
    for path in modules("actions"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "Action" for base in node.bases):
                name = next(part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "name")
                found[ast.literal_eval(name.body[-1].value)] = path.stem  # type: ignore[attr-defined]
                assert "".join(word.title() for word in ast.literal_eval(name.body[-1].value).split("_")) == node.name  # type: ignore[attr-defined]
    return found


def test_actions_of_the_domain_are_the_action_classes(domain: dict[str, Any]) -> None:
    found = action_names()
    assert set(domain["actions"]) == set(found)
    assert all(name == f"action_{stem}" for name, stem in found.items())


def test_each_intent_has_one_rule(domain: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    ruled = [step["intent"] for rule in rules for step in rule["steps"] if "intent" in step]
    assert sorted(ruled) == sorted({*domain["intents"], "nlu_fallback"})
    assert len({rule["rule"] for rule in rules}) == len(rules)
    assert {step["action"] for rule in rules for step in rule["steps"] if "action" in step} <= set(domain["actions"])


def nlu_examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in load(path)["nlu"]:
            examples = block["examples"]
            lines = examples.splitlines() if isinstance(examples, str) else [row["text"] for row in examples]
            found.setdefault(block["intent"], []).extend(line.strip("- \n") for line in lines if line.strip("- \n"))
    return found


def test_each_intent_has_examples(domain: dict[str, Any]) -> None:
    found = nlu_examples()
    assert set(found) == set(domain["intents"])
    assert {intent: len(lines) for intent, lines in found.items() if len(lines) < 10} == {}


def test_no_example_stands_under_two_intents() -> None:
    owner: dict[str, str] = {}
    twice = []
    for intent, lines in nlu_examples().items():
        for line in lines:
            key = " ".join(line.casefold().split())
            if owner.setdefault(key, intent) != intent:
                twice.append((line, owner[key], intent))
    assert twice == []


@pytest.mark.parametrize("aspect", ASPECTS)
def test_each_aspect_goes_through_all_layers(domain: dict[str, Any], aspect: str) -> None:
    assert COMPOSERS[aspect].__name__ == f"compose_{aspect}"
    assert words.ASPECT_TITLES[aspect] and words.ASPECT_QUESTIONS[aspect]
    assert f"ask_{aspect}" in domain["intents"]
    assert aspect == "overview" or _PATTERNS[aspect]


def test_each_examples_aspects_are_aspects() -> None:
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in load(path)["nlu"]:
            rows = block["examples"] if isinstance(block["examples"], list) else []
            for row in rows:
                assert set((row.get("metadata") or {}).get("aspects", [])) <= set(ASPECTS), (path.name, row["text"])


def test_statuses_used_are_statuses() -> None:
    names = {status.name for status in AnswerStatus}
    used = {
        (path.name, node.attr) for package in LAYERS for path in modules(package) for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "AnswerStatus" and node.attr.isupper()
    }
    assert {(name, attr) for name, attr in used if attr not in names} == set()


def test_responses_carry_a_status_and_belong_to_an_intent(domain: dict[str, Any]) -> None:
    statuses = {status.value for status in AnswerStatus}
    for name, variants in domain["responses"].items():
        assert name.removeprefix("utter_") in domain["intents"], name
        for variant in variants:
            assert variant["text"].strip() and variant["custom"]["status"] in statuses, name
            assert not re.search(r"\d+[.,]\d{3}|\bđồng\b", variant["text"]), f"{name}: facts come from records"


def test_every_redirected_intent_has_its_response(domain: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    redirected = {rule["steps"][0]["intent"] for rule in rules if rule["steps"][-1]["action"] == "action_redirect"}
    assert {f"utter_{intent}" for intent in redirected - {"start_over"}} == set(domain["responses"])


def test_the_slots_mirror_the_state_of_the_talk(domain: dict[str, Any]) -> None:
    assert set(domain["slots"]) == set(State.__dataclass_fields__)
    assert all(slot["influence_conversation"] is False for slot in domain["slots"].values())


def test_rasa_finds_its_keys_only_where_they_belong() -> None:
    wrong = [
        str(path.relative_to(ROOT)) for path in sorted((ROOT / "data").rglob("*.y*ml"))
        if path.relative_to(ROOT / "data").parts[0] not in ("nlu", "rules") and RASA_KEYS.search(path.read_text("utf-8"))
    ]
    assert wrong == []


def test_components_of_the_pipeline_exist() -> None:
    for part in [*load(ROOT / "config.yml")["importers"], *load(ROOT / "config.yml")["pipeline"]]:
        if part["name"].startswith("bot."):
            module, _, name = part["name"].rpartition(".")
            assert hasattr(importlib.import_module(module), name), part["name"]


def test_paths_named_in_the_readme_exist() -> None:
    readme = ROOT / "README.md"
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|yml|toml|md))`", readme.read_text("utf-8")))
    named |= {link for link in re.findall(r"\]\(([^)#\s]+)\)", readme.read_text("utf-8")) if "://" not in link}
    made_by_running = ("var/", ".venv/", "http")
    assert sorted(path for path in named if not path.startswith(made_by_running) and not (ROOT / path).exists()) == []


def test_commands_named_in_the_readme_exist() -> None:
    readme = ROOT / "README.md"
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z][\w-]*)", readme.read_text("utf-8"))) <= targets


def test_no_big_file_is_tracked() -> None:
    assert [path for path in tracked() if (ROOT / path).stat().st_size > MAX_BYTES] == [TUNED]
    assert sum((ROOT / path).stat().st_size for path in tracked() if path.startswith("index/model/")) <= 30_000_000


def test_nothing_built_is_tracked() -> None:
    assert [path for path in tracked() if path.startswith(("var/", ".venv/", "models/", ".rasa/")) or path.endswith((".pyc", ".tar.gz"))] == []


def test_tests_live_in_tests() -> None:
    """Rasa registers every module below actions/ as actions."""
    assert [path for path in tracked() if re.search(r"^(?:actions|bot|index|training)/.*(?:\btests?/|test_)", path)] == []


def test_names_of_files_are_ascii() -> None:
    assert [path for path in tracked() if not path.isascii() or " " in path] == []
