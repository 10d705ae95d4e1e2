"""Answers as a messenger shows them: golden files for every status, and what must hold for all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import sentences
from actions.answer import Answer, AnswerStatus, Choice, SourceRef
from bot.channels.messenger_text import for_messenger
from bot.channels.messenger_view import MAX_BUTTONS, MAX_CHOICES, MAX_TITLE, messenger_view, offered
from bot.channels.outgoing import Outgoing
from bot.channels.text_parts import LIMIT, parts
from bot.channels.zalo_events import PAYLOAD
from bot.gateway import texts

from ..channels.answers import cases
from ..channels.golden import files, same_as_golden

CASES = cases()


def drawn(messages: list[Outgoing]) -> str:
    """As a file shows them: texts between lines of =, buttons behind their text."""
    shown = []
    for message in messages:
        buttons = [f"[{button.title} → {button.payload}]" for button in message.buttons]
        shown.append("\n".join([message.text, *buttons]))
    return "\n=====\n".join(shown) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    same_as_golden(f"messenger/{name}.txt", drawn(messenger_view(CASES[name], "Đây là máy trả lời tự động.", "https://hoi.example")))


@pytest.mark.parametrize("name", ["answered_documents", "life_event", "redirected_officer"])
def test_golden_without_a_public_address(name: str) -> None:
    same_as_golden(f"messenger/{name}-no-address.txt", drawn(messenger_view(CASES[name])))


def test_every_status_has_its_file_and_none_is_left_over() -> None:
    assert {answer.status for case in CASES.values() for answer in case} == set(AnswerStatus)
    assert {name for name in files("messenger") if not name.endswith("-no-address")} == set(CASES)


@pytest.mark.parametrize("public_url", ["", "https://hoi.example", "https://tinh.example/mot-cua"])
@pytest.mark.parametrize("name", CASES)
def test_what_holds_for_all(name: str, public_url: str) -> None:
    shown = messenger_view(CASES[name], "Thông báo", public_url, "Xin lỗi")
    assert shown[0].text == "Thông báo" and shown[1].text.startswith("Xin lỗi\n") and len(shown) >= 2
    for message in shown:
        assert 0 < len(message.text) <= LIMIT and unicodedata.is_normalized("NFC", message.text) and message.text == message.text.strip()
        assert len(message.buttons) <= MAX_BUTTONS and all(0 < len(button.title) <= MAX_TITLE and button.payload for button in message.buttons)
        assert not re.search(r"\bbấm\b|[{}<>*_]|\bNone\b", message.text), message.text
        assert not re.search(r"(?<![\w/.:])/(?:thu-tuc|viec|lien-he)", message.text)
    assert all(not message.buttons for message in shown[:1])


@pytest.mark.parametrize("name", CASES)
def test_choices_are_numbered_in_the_text(name: str) -> None:
    choices = offered(CASES[name])
    lines = "\n".join(message.text for message in messenger_view(CASES[name])).split("\n")
    assert len(choices) <= MAX_CHOICES
    for n, choice in enumerate(choices, 1):
        assert any(line.startswith(f"{n}. {' '.join(choice.title.split())}") for line in lines)
    last = messenger_view(CASES[name])[-1] if name != "two" else messenger_view(CASES[name])[0]
    assert [button.payload for button in last.buttons] == [f"{PAYLOAD}{choice.message}" for choice in choices[:MAX_BUTTONS] if len(choice.message) <= 997]


def test_a_block_of_choices_is_never_cut() -> None:
    choices = tuple(Choice(f"Việc thứ {n} {'x' * 60}", f"{n}?") for n in range(9))
    for length in range(1200, 2000, 50):
        shown = messenger_view([Answer(AnswerStatus.ANSWERED, "a" * length, choices=choices)])
        assert sum("9. Việc thứ 8" in message.text and "1. Việc thứ 0" in message.text for message in shown) == 1 and shown[-1].buttons


def test_every_sentence_of_a_page_has_its_spoken_form() -> None:
    """"bấm" means a button: a messenger may have none."""
    pressed = [(name, text) for name, text in vars(sentences).items() if isinstance(text, str) and "bấm" in text]
    assert len(pressed) >= 6 and [name for name, text in pressed if "bấm" in for_messenger(text, "")] == []


def test_words_of_records_are_left_alone() -> None:
    assert for_messenger("Anh/chị đăng nhập, bấm “Nộp hồ sơ”.", "") == "Anh/chị đăng nhập, bấm “Nộp hồ sơ”."


@pytest.mark.parametrize(("text", "without", "absolute"), [
    ("Đủ rồi.\nDanh sách, in ra: /thu-tuc/1.001193/checklist", "Đủ rồi.", "Đủ rồi.\nDanh sách, in ra: https://h.example/thu-tuc/1.001193/checklist"),
    ("Chọn số. Trang đầy đủ: /viec/sinh-con. Hết.", "Chọn số. Hết.", "Chọn số. Trang đầy đủ: https://h.example/viec/sinh-con. Hết."),
    ("Vào lịch: /api/deadline.ics?code=1.001193&received=2026-11-22&row=0", "", "Vào lịch: https://h.example/api/deadline.ics?code=1.001193&received=2026-11-22&row=0"),
    ("UBND xã/thu-tuc và https://x.example/thu-tuc/1.001193", "UBND xã/thu-tuc và https://x.example/thu-tuc/1.001193", "UBND xã/thu-tuc và https://x.example/thu-tuc/1.001193"),
    ("ngày 1/2, 3/4", "ngày 1/2, 3/4", "ngày 1/2, 3/4"), ("/thu-tuc-khac/x", "/thu-tuc-khac/x", "/thu-tuc-khac/x"),
])
def test_own_addresses(text: str, without: str, absolute: str) -> None:
    assert (for_messenger(text, ""), for_messenger(text, "https://h.example")) == (without, absolute)


def test_sources() -> None:
    named = Answer(AnswerStatus.ANSWERED, "Nguồn: Cổng A, mã 1.", sources=(SourceRef("Cổng A", "https://a.example/1", "2026-11-22"), SourceRef("Cổng A", "https://a.example/1", "2026-11-22")))
    assert messenger_view([named])[0].text == "Nguồn: Cổng A, mã 1.\nTrang nguồn: https://a.example/1"
    other = replace(named, text="Phí: 0 đồng.")
    assert messenger_view([other])[0].text == "Phí: 0 đồng.\nNguồn: Cổng A, đối chiếu ngày 22/11/2026: https://a.example/1"
    for url in (None, "", "javascript:alert(1)", "/x"):
        assert messenger_view([replace(other, sources=(SourceRef("Cổng A", url, "2026-11-22"),))])[0].text == "Phí: 0 đồng."


@pytest.mark.parametrize("answers", [(), (Answer(AnswerStatus.ANSWERED, " \n"),), (Answer(AnswerStatus.ANSWERED, ""), Answer(AnswerStatus.ANSWERED, ""))])
def test_nobody_is_left_in_silence(answers: tuple[Answer, ...]) -> None:
    assert [message.text for message in messenger_view(answers, "Thông báo")] == ["Thông báo", texts.FAILED]


def test_numbers_stand_for_the_last_answer_that_offers_something() -> None:
    one, two = (Answer(AnswerStatus.ANSWERED, name, choices=(Choice(name, f"{name}?"),)) for name in "ab")
    assert [choice.message for choice in offered((one, two, Answer(AnswerStatus.ANSWERED, "c")))] == ["b?"]
    assert [bool(message.buttons) for message in messenger_view((one, two))] == [False, True]


@pytest.mark.parametrize(("text", "cut"), [
    ("một hai ba bốn", ["một hai", "ba bốn"]), ("một.\nhai ba bốn", ["một.\nhai", "ba bốn"]), ("a\n\nb", ["a\n\nb"]), ("", []), (" \n ", []), ("abcdefghijkl", ["abcdefgh", "ijkl"]),
    ("1234567\n\n8", ["1234567", "8"]), ("12345678 9", ["12345678", "9"]), ("một hai. ba", ["một hai.", "ba"]),
])
def test_where_a_text_is_cut(text: str, cut: list[str]) -> None:
    assert parts(text, 8) == cut


def test_a_line_end_goes_before_a_sentence_s_and_that_before_a_word_s() -> None:
    assert parts("x" * 1200 + ". " + "y" * 500 + "\n" + "z " * 600)[0].endswith("y")
    assert parts("x" * 1200 + ". " + "y z " * 600)[0].endswith("x.")
    assert parts("x" * 100 + "\n" + "y. " * 900)[0].endswith("y.")


@given(st.text(st.sampled_from("aế \n.…e\u0301\u0302\U0001f600"), max_size=300), st.integers(8, 60))
def test_no_word_is_lost(text: str, limit: int) -> None:
    cut, whole = parts(text, limit), unicodedata.normalize("NFC", text)
    assert "".join("".join(cut).split()) == "".join(whole.split())
    assert all(0 < len(part) <= limit and part == part.strip() for part in cut)


def test_a_letter_keeps_its_marks() -> None:
    stacked = "x" * 7 + "q\u0323\u0302" * 3
    assert [part[0] for part in parts(stacked, 8)] == ["x", "q", "q"] or all(not unicodedata.combining(part[0]) for part in parts(stacked, 8))


def test_a_limit_that_is_none(root: Path) -> None:
    with pytest.raises(ValueError, match="limit is 7"):
        parts("x", 7)
