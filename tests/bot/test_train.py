"""When a model must be trained anew: the fingerprint covers what it is made from, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.train import CODE, FILES, fingerprint

from ..small import CARD, raw, write_data, write_yaml
from ..small import FILES as RECORDS

NLU = {"version": "3.1", "nlu": [{"intent": "greet", "examples": "- xin chào\n"}]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A root with everything a model is made from."""
    write_data(tmp_path / "data")
    write_yaml(tmp_path / "data" / "nlu" / "talk.yml", NLU)
    for name in FILES:
        (tmp_path / name).write_text("a: 1\n", "utf-8")
    for name in ("bot/nlu/tokenizer.py", *(name for name in CODE if name.endswith(".py"))):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n", "utf-8")
    return tmp_path


def test_the_same_content_has_the_same_fingerprint(project: Path) -> None:
    assert fingerprint(project) == fingerprint(project) and len(fingerprint(project)) == 12


@pytest.mark.parametrize("name", ["config.yml", "uv.lock", "data/nlu/talk.yml", "data/phrasings/tat-ca.yml", "bot/nlu/tokenizer.py", "index/words.py"])
def test_a_change_of_what_it_is_made_from_changes_it(project: Path, name: str) -> None:
    before = fingerprint(project)
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert fingerprint(project) != before


def test_a_new_record_changes_it_because_its_questions_are_learnt_now(project: Path) -> None:
    before = fingerprint(project)
    path = write_yaml(project / "data" / "procedures" / "khac" / "3.900009-dua-thuyen.yml", raw(code="3.900009"))
    assert fingerprint(project) != before
    path.unlink()
    assert fingerprint(project) == before


def test_a_correction_of_a_record_does_not_change_it(project: Path) -> None:
    before = fingerprint(project)
    write_yaml(project / "data" / "procedures" / RECORDS[CARD], raw(checked_on="2026-11-23"))
    assert fingerprint(project) == before
