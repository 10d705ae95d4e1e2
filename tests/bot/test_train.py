"""When a model must be trained anew: the fingerprint covers what it is made from, and no more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.train import CODE, FILES, core, fingerprint, fitting, train

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


def test_content_elsewhere_has_the_fingerprint_of_the_same_content_here(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "var" / "content" / "abc"
    shutil.copytree(project / "data", elsewhere)
    assert fingerprint(project, elsewhere) == fingerprint(project) and core(project, elsewhere) == core(project)


def served(project: Path, var: Path) -> str:
    """The name of a model that seems to be made of project/data and serves."""
    name = f"{fingerprint(project)}.tar.gz"
    (var / "models").mkdir(parents=True)
    (var / "models" / name).write_bytes(b"model")
    (var / "models" / "current").symlink_to(name)
    return name


def test_new_phrasings_and_records_may_go_with_the_model_that_serves(project: Path, tmp_path: Path) -> None:
    name, elsewhere = served(project, tmp_path / "var"), tmp_path / "elsewhere"
    shutil.copytree(project / "data", elsewhere)
    write_yaml(elsewhere / "procedures" / "khac" / "3.900009-dua-thuyen.yml", raw(code="3.900009"))
    (elsewhere / "phrasings" / "tat-ca.yml").open("a", encoding="utf-8").write("# more\n")
    assert fitting(project, tmp_path / "var", elsewhere) == name
    assert fitting(project, tmp_path / "var", elsewhere, anew=True) is None
    assert train(project, tmp_path / "var", elsewhere, anew=False, make_current=False).name == name


@pytest.mark.parametrize("changed", ["elsewhere/nlu/talk.yml", "elsewhere/rules/one.yml", "config.yml", "bot/nlu/tokenizer.py"])
def test_a_change_of_what_is_understood_asks_for_a_new_model(project: Path, tmp_path: Path, changed: str) -> None:
    served(project, tmp_path / "var")
    shutil.copytree(project / "data", tmp_path / "elsewhere")
    train(project, tmp_path / "var")  # notes the core beside the model that is there
    (tmp_path / changed).parent.mkdir(exist_ok=True)
    (tmp_path / changed).open("a", encoding="utf-8").write("# changed\n")
    assert fitting(project, tmp_path / "var", tmp_path / "elsewhere") is None
