"""Asked for a person: where that person is, and open hours, after hours, weekend and holiday told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from actions.answer import AnswerStatus
from actions.answer_officer import answer_officer
from actions.calendar_file import read_calendar
from actions.dialogue import State
from actions.reply import Library
from actions.verify import numbers
from index.catalogue import read_yaml

from ..small import CARD, CONTACTS
from .fakes import FINDS, FakeSearch

HOURS = [{"days": [2, 3, 4, 5, 6], "spells": ["07:00-11:00", "13:00-17:00"], "source": "Thông báo 5/TB-UBND"}]
CLOSED = "Bây giờ chưa gặp được cán bộ. Anh/chị gửi lời nhắn"


@pytest.fixture(scope="module")
def untold(root: Path) -> Library:
    """The province's contacts as they stand, nobody's hours told."""
    province = root / "data" / "province"
    calendar = read_calendar(province / "holidays.yml")
    return Library(FakeSearch(FINDS), {**read_yaml(province / "ca-mau.yml")["contacts"], "library": CONTACTS["library"]}, lambda: calendar)


@pytest.fixture(scope="module")
def told(untold: Library) -> Library:
    """The same with the commune's hours."""
    return replace(untold, contacts={**untold.contacts, "commune": {**untold.contacts["commune"], "hours": HOURS}})


@pytest.mark.parametrize(("now", "said", "closed"), [
    ("2026-11-25 09:00", "bây giờ đang mở cửa, đến 11:00.", False),
    ("2026-11-25 12:00", "bây giờ đang nghỉ, mở cửa lúc 13:00.", True),
    ("2026-11-25 19:00", "hôm nay đã hết giờ làm việc.\nNgày làm việc kế tiếp: thứ Năm 26/11/2026, từ 07:00.", True),
    ("2026-11-24 09:00", "hôm nay, thứ Ba 24/11/2026, nghỉ (Ngày Văn hóa Việt Nam 24/11).", True),
    ("2026-11-22 09:00", "hôm nay, Chủ nhật 22/11/2026, nghỉ.", True),
])
def test_open_after_hours_holiday_and_weekend_are_told_apart(told: Library, now: str, said: str, closed: bool) -> None:
    answer = answer_officer(State(), told, datetime.fromisoformat(now))
    assert answer.status is AnswerStatus.OFFICER
    assert said in answer.text and (CLOSED in answer.text) is closed
    assert "/lien-he" in answer.text
    assert numbers(answer.text) <= numbers(" ".join(fact.value for fact in answer.facts))


def test_without_hours_only_the_day_is_told(untold: Library) -> None:
    answer = answer_officer(State(), untold, datetime(2026, 11, 25, 9))
    assert "có làm việc." in answer.text and "chưa có nguồn chắc chắn" in answer.text
    assert CLOSED not in answer.text, "nobody knows that it is closed"


def test_the_person_is_at_the_desk_of_the_talk(untold: Library) -> None:
    answer = answer_officer(State(CARD), untold, datetime(2026, 11, 25, 9))
    assert "Thư viện tỉnh: hôm nay" in answer.text
    assert answer.state is not None and answer.state["procedure"] == CARD, "the talk goes on"
