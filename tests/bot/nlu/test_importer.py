"""Training data is data/nlu and data/phrasings together; a test file stays alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT

from bot.nlu.aspects import SEVERAL, aspects_of, is_phrasing
from bot.nlu.importer import PhrasingsImporter

from ...small import BOATS, FILES, PHRASINGS, RAW, write_yaml

NLU = {"version": "3.1", "nlu": [{"intent": "greet", "examples": "- xin chào\n- chào em\n"}]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_yaml(tmp_path / "config.yml", {"recipe": "default.v1", "language": "vi"})
    write_yaml(tmp_path / "data" / "nlu" / "talk.yml", NLU)
    write_yaml(tmp_path / "tests" / "nlu" / "held_out.yml", NLU)
    write_yaml(tmp_path / "data" / "phrasings" / "all.yml", PHRASINGS)
    for record in RAW:
        write_yaml(tmp_path / "data" / "procedures" / FILES[record["code"]], record)
    return tmp_path


def examples(project: Path, folder: str) -> list:
    return PhrasingsImporter(str(project / "config.yml"), None, [str(project / folder)]).get_nlu_data().training_examples


def test_phrasings_are_merged_with_what_they_ask(project: Path) -> None:
    found = examples(project, "data/nlu")
    phrasings = [one for one in found if is_phrasing(one)]
    assert len(found) == 2 + 6 and len(phrasings) == 6
    asked = {one.get(TEXT): (one.get(INTENT), aspects_of(one)) for one in phrasings}
    assert asked["làm thẻ thư viện ở đâu"] == ("ask_place", ["place"])
    assert asked["đăng ký ong cần gì tốn nhiêu"] == (SEVERAL, ["documents", "fees"])


def test_a_test_file_stays_alone(project: Path) -> None:
    found = examples(project, "tests/nlu")
    assert [one.get(TEXT) for one in found] == ["xin chào", "chào em"]


def test_questions_of_a_procedure_without_a_record_are_left_out(project: Path) -> None:
    texts = {one.get(TEXT) for one in examples(project, "data/nlu")}
    assert not texts & {text for group in PHRASINGS[BOATS].values() for text in group}
