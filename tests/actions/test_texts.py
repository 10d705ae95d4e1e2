"""The office's own wording of small texts: said where it may be, refused where it would lose a gap or tell a fact."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from actions import texts
from actions.dialogue import State
from actions.offline import reply_without_engine
from actions.reply import Understood
from actions.respond import respond
from actions.texts_list import check_texts, fault, known_texts, usable
from bot.channels.engine_input import AnswerCollector
from index.catalogue import DataError
from index.release import build, open_release
from index.small_texts import open_texts, read_texts

from ..small import HashedEncoder, write_yaml
from .fakes import library

NOW = datetime(2026, 11, 22, 9)
OWN = {"NOT_FOUND": "Chưa có, hỏi {office} nhé.", "ENGINE_DOWN": "Máy đang mở lại.", "utter_greet": "Xin chào anh/chị."}


class Serving:
    def library(self):
        return replace(library(), texts=OWN)


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.respond.resources", Serving)
    monkeypatch.setattr("actions.resources.resources", Serving)


def test_all_sentences_are_listed_with_the_programs_own_text() -> None:
    listed = known_texts()
    assert listed["NOT_FOUND"] == texts.NOT_FOUND and listed["utter_greet"].startswith("Dạ, chào") and len(listed) > 40
    assert all(fault(key, text) is None for key, text in listed.items())


@pytest.mark.parametrize(("key", "text", "said"), [
    ("NOT_FUND", "x", "Không có câu nào tên"), ("NOT_FOUND", "Không có.", "cần giữ đúng {office}"), ("NOT_FOUND", "{office} {office}", "cần giữ đúng {office}"),
    ("NOT_FOUND", "Hỏi {office", "không đóng"), ("NOT_FOUND", "Hỏi {ofice}", "chỗ để trống {ofice}"), ("UNCLEAR", "Hỏi {office}", "không có chỗ nào"),
    ("NOT_FOUND", "Gọi 1022 hỏi {office}", "có số 1022"), ("UNCLEAR", " ", "có 0 chữ cái"), ("utter_greet", "a" * 1_501, "có 1501"),
])
def test_a_wording_that_cannot_be_said_is_refused(key: str, text: str, said: str) -> None:
    assert said in (fault(key, text) or "")
    assert usable({key: text, "UNCLEAR": "Anh/chị viết lại giúp tôi."} if key != "UNCLEAR" else {key: text}).get(key) is None


def test_the_wording_of_the_release_is_said(serving: None) -> None:
    (answer,) = respond("xin mở karaoke", Understood(), State(), NOW)
    assert answer.text == "Chưa có, hỏi Trung tâm Phục vụ hành chính công xã nhé."
    assert reply_without_engine("xin mở karaoke", None, NOW).text.startswith("Máy đang mở lại.\n")
    assert texts.NOT_FOUND == texts.DEFAULTS["NOT_FOUND"], "outside an answer the program's own is said"


def test_a_response_of_the_domain_is_said_as_the_release_has_it(serving: None) -> None:
    collector = AnswerCollector()
    message = {"text": "Dạ, chào", "custom": {"status": "smalltalk_greeting"}, "utter_action": "utter_greet", "why": {"rule": "fixed"}}
    asyncio.run(collector.send_response("s", message))
    asyncio.run(collector.send_response("s", {**message, "utter_action": "utter_goodbye"}))
    assert [answer["text"] for answer in collector.answers] == ["Xin chào anh/chị.", "Dạ, chào"]
    assert collector.answers[0]["status"] == "smalltalk_greeting" and collector.answers[0]["why"] == {"rule": "fixed"}


@pytest.mark.parametrize("content", [None, "", "# không có gì\n"])
def test_the_file_may_be_empty_or_absent(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "texts.yml").write_text(content, "utf-8")
    assert read_texts(tmp_path / "texts.yml") == {} and check_texts(tmp_path) == []


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for wrong in (["x"], {"NOT_FOUND": None}, {"NOT_FOUND": {"a": "b"}}):
        path = write_yaml(tmp_path / "texts.yml", wrong)
        with pytest.raises(DataError, match="texts.yml"):
            read_texts(path)
        assert len(check_texts(tmp_path)) == 1
    write_yaml(tmp_path / "texts.yml", {"NOT_FUND": "x"})
    assert "Không có câu nào tên" in check_texts(tmp_path)[0]


def test_a_release_carries_the_wording(data: Path, tmp_path: Path) -> None:
    first = build(data, tmp_path / "var", HashedEncoder(), log=lambda line: None)
    write_yaml(data / "texts.yml", OWN)
    second = build(data, tmp_path / "var", HashedEncoder(), log=lambda line: None)
    assert first != second and open_texts(first) == {} and open_texts(second) == OWN
    open_release(second, HashedEncoder())
