"""The four outcomes of posting, on real records: both ways, the result only, neither, not known; and never a price."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from actions.answer import Answer, AnswerStatus, Fact
from actions.compose import compose
from actions.verify import UnverifiedError, verify
from index.catalogue import load_procedure, read_yaml
from index.post import ASPECTS, Post, read_post
from index.procedure import Procedure

DAY = date(2026, 11, 22)
PERMIT, CARD, COPY, RESIDENCE = "1.013225", "1.014063", "2.000815", "1.003197"
SUBMIT_LINES = 4
PRICE = re.compile(r"\d[\d.]*\s*(?:đ\b|đồng|vnđ|nghìn|k\b)", re.I)


@pytest.fixture(scope="module")
def post(root: Path) -> Post:
    return read_post(root / "data" / "province" / "post.yml")


@pytest.fixture(scope="module")
def contacts(root: Path) -> dict:
    return read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]


@pytest.fixture
def said(root: Path, post: Post, contacts: dict):
    """(code, asked aspects) -> the verified answer about the real record."""

    def answer(code: str, *aspects: str, general: Post = post) -> Answer:
        record = load_procedure(next((root / "data" / "procedures").rglob(f"{code}-*.yml")))
        return verify(compose(record, aspects, DAY, contacts[record.contact], general), record, contacts[record.contact], post=general)

    return answer


def general(answer: Answer) -> list[str]:
    """The ids of the rows of post.yml that an answer tells, in its order."""
    return [fact.field.removeprefix("post.") for fact in answer.facts if not fact.code][1:]


def test_both_ways_tell_what_to_do_for_the_one_that_is_asked(said) -> None:
    sent, back = said(PERMIT, "post_submit"), said(PERMIT, "post_return")
    for answer in (sent, back):
        assert "Gửi hồ sơ qua bưu chính: được." in answer.text and "\nNhận kết quả qua bưu chính: được;" in answer.text
        assert answer.status is AnswerStatus.ANSWERED and "Phần chưa rõ" not in answer.text
    assert general(sent) == ["envelope", "slip", "clock", "postage"] and len(general(sent)) <= SUBMIT_LINES
    assert general(back) == ["choose", "delivery", "postage"]


def test_asked_together_no_line_stands_twice(said) -> None:
    answer = said(PERMIT, *ASPECTS)
    lines = answer.text.splitlines()
    assert len(lines) == len(set(lines))
    assert general(answer) == ["envelope", "slip", "clock", "choose", "delivery", "postage"]


@pytest.mark.parametrize("asked", ASPECTS)
def test_the_result_only_says_how_to_hand_in_and_what_to_do_for_the_result(said, asked: str) -> None:
    answer = said(CARD, asked)
    assert "Gửi hồ sơ qua bưu chính: không được, anh/chị đặt lịch trên mạng rồi đến nộp trực tiếp" in answer.text
    assert "\nNhận kết quả qua bưu chính: được;" in answer.text
    assert general(answer) == ["choose", "delivery", "postage"]


@pytest.mark.parametrize("asked", ASPECTS)
def test_neither_is_said_twice_plainly_and_tells_nothing_of_the_post(said, asked: str) -> None:
    answer = said(COPY, asked)
    assert "Gửi hồ sơ qua bưu chính: không được, anh/chị đến nộp trực tiếp" in answer.text
    assert "\nNhận kết quả qua bưu chính: cũng không, anh/chị đến nhận" in answer.text
    assert (answer.status, general(answer), len(answer.sources)) == (AnswerStatus.ANSWERED, [], 1)


@pytest.mark.parametrize("asked", ASPECTS)
def test_not_known_names_whom_to_ask_and_tells_nothing_of_the_post(said, asked: str) -> None:
    answer = said(RESIDENCE, asked)
    assert answer.text.count("tôi chưa có thông tin chắc chắn") == 2
    assert "Phần chưa rõ, anh/chị hỏi Công an xã, phường" in answer.text
    assert (answer.status, general(answer)) == (AnswerStatus.NOT_IN_RECORD, [])


def test_a_result_that_is_not_known_is_not_taken_for_one_that_comes_by_post(said) -> None:
    answer = said("1.001193", "post_return")
    assert "Nhận kết quả qua bưu chính: tôi chưa có thông tin chắc chắn" in answer.text
    assert (answer.status, general(answer)) == (AnswerStatus.NOT_IN_RECORD, [])


@pytest.mark.parametrize("code", ["1.014748", "2.000908", "3.000465"])
def test_a_procedure_with_its_own_start_of_the_clock_is_not_told_the_general_one(said, code: str) -> None:
    assert "clock" not in general(said(code, "post_submit"))
    assert re.search(r"dấu (?:bưu chính|bưu điện)", said(code, "duration").text)


@pytest.mark.parametrize("code", ["1.001456", "1.001146", "1.003460", "1.010384"])
def test_papers_added_to_an_online_file_are_not_a_file_that_may_be_posted(said, code: str) -> None:
    assert "Gửi hồ sơ qua bưu chính: không được" in said(code, "post_submit").text


def test_no_answer_about_the_post_names_a_price(said, real_procedures: list[Procedure], post: Post) -> None:
    assert not PRICE.search(" ".join(post.texts.values()))
    for record in real_procedures:
        text = said(record.code, *ASPECTS).text
        assert not PRICE.search(text), (record.code, text)


def test_the_sources_name_what_each_row_was_read_in(said, post: Post) -> None:
    record, *rows = said(PERMIT, "post_return").sources
    assert record.title == "Cổng Dịch vụ công quốc gia"
    told = [row for row in post.rows if "post_return" in row.aspects]
    assert [(source.title, source.checked_on) for source in rows] == [(row.source, row.checked_on.isoformat()) for row in told]


def test_other_questions_hear_nothing_of_the_post(said) -> None:
    assert general(said(PERMIT, "documents", "fees", "overview")) == []


@pytest.mark.parametrize(("old", "new"), [("1900 54 54 81", "1900 54 54 82"), ("45/2016", "46/2016")])
def test_an_altered_number_of_a_general_line_is_refused(said, root: Path, post: Post, old: str, new: str) -> None:
    answer = said(PERMIT, "post_submit")
    record = load_procedure(next((root / "data" / "procedures").rglob(f"{PERMIT}-*.yml")))
    with pytest.raises(UnverifiedError, match="in no fact"):
        verify(replace(answer, text=answer.text.replace(old, new)), record, post=post)


@pytest.mark.parametrize(("change", "message"), [
    ({"value": "Bưu điện trả cước."}, "post.postage: says 'Bưu điện trả cước.'; the file says 'Anh/chị trả cước"),
    ({"field": "post.colour"}, "post.colour: says"), ({"version": "0" * 12}, "post.postage: of 000000000000; expected"),
])
def test_a_general_fact_that_the_file_does_not_hold_is_refused(said, root: Path, post: Post, change: dict, message: str) -> None:
    answer = said(PERMIT, "post_submit")
    record = load_procedure(next((root / "data" / "procedures").rglob(f"{PERMIT}-*.yml")))
    fact: Fact = next(fact for fact in answer.facts if fact.field == "post.postage")
    with pytest.raises(UnverifiedError) as caught:
        verify(replace(answer, facts=(replace(fact, **change),)), record, post=post)
    assert message in str(caught.value)


def test_a_general_fact_needs_the_file_it_came_from(said, root: Path) -> None:
    record = load_procedure(next((root / "data" / "procedures").rglob(f"{PERMIT}-*.yml")))
    with pytest.raises(UnverifiedError, match="post.heading"):
        verify(said(PERMIT, "post_submit"), record)
