"""The FAQ: what a file may say, and which messages are near enough to be answered with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.catalogue import DataError
from index.check import check
from index.faq import Faqs, open_faqs, read_faqs
from index.release import build, open_release

from ..small import FAQ, REGISTER, HashedEncoder, raw, write_yaml

DAY = date(2026, 11, 22)
SLUG = "ong-dot"


def write(folder: Path, slug: str = SLUG, **changes: Any) -> Path:
    write_yaml(folder / f"{slug}.yml", raw(FAQ, **changes))
    return folder


def served(folder: Path, **changes: Any) -> Faqs:
    entries, encoder = read_faqs(write(folder, **changes), {REGISTER}), HashedEncoder()
    vectors = encoder.queries([text for faq in entries for text in faq.questions])
    return Faqs(entries, vectors, lambda message: encoder.queries([message])[0])


@pytest.mark.parametrize(("message", "found"), [
    ("bị ong đốt thì phải báo cho ai", True), ("ong hàng xóm đốt phải báo ai vậy", True), ("BI ONG DOT PHAI BAO AI", True),
    ("bị ong đốt phải báo ai để xin gia hạn trại", False),  # words of something else
    ("ong báo", False), ("", False), ("😀", False), ("phải báo", False),
])
def test_only_a_near_paraphrase_is_answered(tmp_path: Path, message: str, found: bool) -> None:
    assert (served(tmp_path).find(message, DAY) is not None) is found


def test_the_vectors_must_agree_too(tmp_path: Path) -> None:
    entries = read_faqs(write(tmp_path), {REGISTER})
    away = Faqs(entries, np.eye(64, dtype=np.float32)[: len(entries[0].questions)], lambda message: np.eye(64, dtype=np.float32)[-1])
    assert away.alike("bị ong đốt phải báo ai") and away.find("bị ong đốt phải báo ai", DAY) is None


def test_the_vector_is_not_asked_for_when_the_words_differ(tmp_path: Path) -> None:
    def embed(message: str) -> np.ndarray:
        raise AssertionError("costs 30 ms")

    faqs = Faqs(read_faqs(write(tmp_path), {REGISTER}), np.ones((3, 1), np.float32), embed)
    assert faqs.find("đăng ký nuôi ong mật cần giấy gì", DAY) is None


@pytest.mark.parametrize(("day", "found"), [("2026-01-31", False), ("2026-02-01", True), ("2026-12-31", True), ("2027-01-01", False)])
def test_outside_its_validity_it_is_not_found(tmp_path: Path, day: str, found: bool) -> None:
    faqs = served(tmp_path, effective_from="2026-02-01", effective_to="2026-12-31")
    assert (faqs.find("bị ong đốt phải báo ai", date.fromisoformat(day)) is not None) is found


@pytest.mark.parametrize(("changes", "said"), [
    ({"owner": ...}, "expected answer"), ({"colour": "red"}, "expected answer"), ({"answer": " "}, "answer: is ' '"),
    ({"answer": "a" * 1_501}, "answer: 1501 characters"), ({"asked": []}, "asked: is"), ({"asked": "ong"}, "asked: is"),
    ({"asked": ["ong đốt"]}, r"asked\[0\]: 'ong đốt' has 1 telling words"), ({"question": "ong?"}, "question: 'ong"),
    ({"asked": ["bị ong đốt phải báo ai", "Bị ong đốt phải báo ai?"]}, r"asked\[1\]: .* stands in ong-dot.yml too"),
    ({"asked": ["mở trại ong phải nộp gì"]}, r"asked\[0\]: .* stands in data/phrasings too"),
    ({"procedure": "9.999999"}, "procedure: 9.999999 has no reviewed record"), ({"procedure": 1.9}, "procedure: is '1.9'"),
    ({"source": "luật"}, "source: is"), ({"source": {"title": "luật"}}, "source: is"), ({"source": {"title": "luật", "url": "luat.vn"}}, "source.url: is"),
    ({"checked_on": None}, "checked_on: is None"), ({"effective_to": "31/12/2026"}, "effective_to: is '31/12/2026'"),
    ({"effective_from": "2026-12-31", "effective_to": "2026-01-01"}, "effective_to: is 2026-01-01"),
])
def test_what_cannot_be_used_is_named(tmp_path: Path, changes: Mapping[str, Any], said: str) -> None:
    with pytest.raises(DataError, match=rf"ong-dot\.yml: .*{said}" if "stands" not in said else said):
        read_faqs(write(tmp_path, **changes), {REGISTER}, ["mở trại ong phải nộp gì"])


def test_a_file_name_is_a_slug(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected small letters"):
        read_faqs(write(tmp_path, "Ong Đốt"), {REGISTER})


def test_a_release_carries_the_faq(data: Path, tmp_path: Path) -> None:
    write(data / "faq")
    folder = build(data, tmp_path / "var", HashedEncoder(), log=lambda line: None)
    search, _, manifest = open_release(folder, HashedEncoder())
    faqs = open_faqs(folder, lambda message: search.query(message).vector)
    assert manifest["counts"]["faq"] == 1 and list(faqs.entries) == list(read_faqs(data / "faq", {REGISTER}))
    assert faqs.find("bị ong đốt phải báo ai", DAY) == faqs.get(SLUG)


def test_a_release_without_faq_answers_none(small_release: Path) -> None:
    assert open_faqs(small_release, lambda message: np.zeros(64)).find("bị ong đốt phải báo ai", DAY) is None


def test_another_answer_is_another_release(data: Path, tmp_path: Path) -> None:
    ids = []
    for answer in ("Báo trạm y tế.", "Báo trạm y tế xã."):
        write(data / "faq", answer=answer)
        ids.append(build(data, tmp_path / "var", HashedEncoder(), log=lambda line: None).name)
    assert len(set(ids)) == 2


def test_check_data_names_faults_and_what_ends(data: Path) -> None:
    write(data / "faq", effective_to="2026-11-30")
    problems, notes = check(data, DAY)
    assert not [line for line in problems if "faq" in line] and [line for line in notes if "ong-dot.yml: effective_to" in line]
    write(data / "faq", procedure="9.999999")
    assert [line for line in check(data, DAY)[0] if "no reviewed record" in line]


def test_ours_load_with_source_and_day(root: Path) -> None:
    from index.phrasings import read_asked

    entries = read_faqs(root / "data" / "faq", set(), [question.text for question in read_asked(root / "data" / "phrasings")])
    assert len(entries) >= 6 and all(faq.title and faq.checked_on for faq in entries)
