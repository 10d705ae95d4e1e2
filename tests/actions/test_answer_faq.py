"""Questions of the FAQ: told word for word with their source, not in place of a record, never past their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from actions.answer import AnswerStatus
from actions.compose_faq import compose_faq
from actions.dialogue import State
from actions.reply import Library, Understood
from actions.special import answer_special, is_special
from actions.verify import UnverifiedError, verify_faq
from actions.why import Rule
from index.faq import Faq, Faqs, read_faqs

from ..small import CARD, FAQ, REGISTER, HashedEncoder, raw, write_yaml
from .fakes import library

NOW = datetime(2026, 11, 22, 9)
ASKED = "bị ong đốt phải báo ai"


@pytest.fixture
def faq(tmp_path: Path) -> Faq:
    write_yaml(tmp_path / "ong-dot.yml", raw(FAQ, effective_to="2026-12-31"))
    return read_faqs(tmp_path, {REGISTER})[0]


@pytest.fixture
def world(faq: Faq) -> Library:
    encoder = HashedEncoder()
    return replace(library(), faqs=Faqs([faq], encoder.queries(faq.questions), lambda message: encoder.queries([message])[0]))


def test_the_answer_is_told_with_its_source(world: Library, faq: Faq) -> None:
    answer = answer_special(ASKED, Understood(), State(options=(CARD,)), world, NOW)
    assert answer is not None and answer.status is AnswerStatus.ANSWERED
    assert answer.text == f"{faq.answer}\nNguồn: Sổ tay nuôi ong; Tổ ong đối chiếu ngày 22/11/2026."
    assert [(fact.field, fact.value) for fact in answer.facts] == [("faq.ong-dot.answer", faq.answer)]
    assert answer.procedure is not None and answer.procedure.code == REGISTER and answer.choices[0].message.count(REGISTER) == 1
    assert answer.sources[0].url == "https://example.vn/ong" and State.from_dict(answer.state).options == ()
    assert answer.why == {"faq": "ong-dot", "rule": Rule.FAQ}
    assert is_special(ASKED, State(), world, NOW)


@pytest.mark.parametrize(("message", "understood", "state", "now"), [
    (ASKED, Understood(), State(), datetime(2027, 1, 1)),
    (ASKED + " 1.900001", Understood(), State(), NOW),
    (ASKED, Understood(("applicants",)), State(procedure=CARD), NOW),
    ("1", Understood(), State(options=(CARD,)), NOW),
    ("đăng ký nuôi ong mật", Understood(), State(), NOW),
])
def test_it_is_not_given_past_its_days_nor_in_place_of_a_record(world: Library, message: str, understood: Understood, state: State, now: datetime) -> None:
    assert answer_special(message, understood, state, world, now) is None


@pytest.mark.parametrize("change", [{"answer": "Anh/chị báo trạm y tế, giữ lại 3 con ong."}, {"owner": "Ai đó"}, {"checked_on": date(2026, 1, 1)}, {"slug": "khac"}])
def test_only_the_text_of_the_release_is_verified(faq: Faq, change: dict) -> None:
    verify_faq(compose_faq(faq), faq)
    with pytest.raises(UnverifiedError, match="faq."):
        verify_faq(compose_faq(replace(faq, **change)), faq)


def test_what_is_added_to_the_text_is_not_verified(faq: Faq) -> None:
    answer = compose_faq(faq)
    with pytest.raises(UnverifiedError, match="not the answer and its source"):
        verify_faq(replace(answer, text=f"{answer.text}\nNộp thêm 2 con."), faq)
