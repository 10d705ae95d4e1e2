"""No answer leaves that its record does not bear out: neither an altered one nor one of another record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answer import Answer, Fact
from actions.compose import compose
from actions.verify import UnverifiedError, numbers, resolve, shown, verify
from index.catalogue import read_yaml
from index.procedure import ASPECTS, Procedure

from ..small import BEES_AGAIN, CONTACTS, LIBRARY_CARD, RAW, procedure

DAY = date(2026, 11, 22)
BEES = procedure()


def made(*aspects: str, record: Procedure = BEES, day: date = DAY) -> Answer:
    return compose(record, aspects, day, CONTACTS[record.contact])


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 1, 5)], ids=str)
def test_every_answer_of_every_record_verifies(real_procedures: list[Procedure], root, day: date) -> None:
    contacts = read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]
    for record in real_procedures:
        for aspect in ASPECTS:
            answer = compose(record, (aspect,), day, contacts[record.contact])
            assert verify(answer, record, contacts[record.contact]) is answer, (record.code, aspect)


@given(st.sampled_from(RAW), st.sets(st.sampled_from(ASPECTS), min_size=1), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_any_combination_of_aspects_on_any_day_verifies(raw: dict, aspects: set[str], day: date) -> None:
    record = procedure(raw)
    answer = made(*aspects, record=record, day=day)
    assert verify(answer, record, CONTACTS[record.contact]) is answer


@pytest.mark.parametrize(("aspect", "old", "new"), [
    ("fees", "50.000", "51.000"), ("fees", "31/12/2026", "31/12/2027"), ("fees", "12/2026/TT-BTC", "13/2026/TT-BTC"), ("duration", "5 ngày", "6 ngày"),
    ("documents", "2 bản sao", "3 bản sao"), ("conditions", "200", "150"), ("legal_basis", "32/2018", "33/2018"), ("overview", "3 ngày", "9 ngày"),
    ("online", "tờ khai giấy", "3 tờ khai giấy"), ("place", "1.900001", "1.900002"), ("place", "77/QĐ", "78/QĐ"), ("place", "22/11/2026", "23/11/2026"),
])
def test_an_altered_number_is_refused(aspect: str, old: str, new: str) -> None:
    answer = made(aspect)
    assert old in answer.text
    with pytest.raises(UnverifiedError, match="in no fact"):
        verify(replace(answer, text=answer.text.replace(old, new)), BEES, CONTACTS["commune"])


@pytest.mark.parametrize(("fact", "message"), [
    (Fact("name", BEES.name, "9.999999", BEES.version), "of 9.999999"),
    (Fact("name", BEES.name, BEES.code, "0" * 12), "of 1.900001 000000000000; expected 1.900001"),
    (Fact("name", "Đăng ký nuôi dế", BEES.code, BEES.version), "name: says 'Đăng ký nuôi dế'; the record says"),
    (Fact("fees[1]", "51.000 đồng/lần", BEES.code, BEES.version), "fees[1]: says '51.000 đồng/lần'"),
    (Fact("fees[9]", "miễn phí", BEES.code, BEES.version), "fees[9]: no such field in 1.900001"),
    (Fact("colour", "đỏ", BEES.code, BEES.version), "colour: no such field"),
    (Fact("unknown.fees", "không rõ", BEES.code, BEES.version), "unknown.fees: no such field"),
    (Fact("online.colour", "đỏ", BEES.code, BEES.version), "online.colour: no such field"),
])
def test_a_foreign_or_wrong_fact_is_refused(fact: Fact, message: str) -> None:
    answer = made("place")
    with pytest.raises(UnverifiedError) as caught:
        verify(replace(answer, facts=(*answer.facts, fact)), BEES, CONTACTS["commune"])
    assert message in str(caught.value)


def test_an_answer_of_another_record_is_refused() -> None:
    with pytest.raises(UnverifiedError):
        verify(made("fees"), procedure(BEES_AGAIN), CONTACTS["commune"])


def test_an_answer_of_an_older_version_is_refused() -> None:
    with pytest.raises(UnverifiedError):
        verify(made("fees"), procedure(checked_on="2026-11-23"), CONTACTS["commune"])


def test_the_number_to_call_is_borne_out_by_the_contact_alone() -> None:
    card = procedure(LIBRARY_CARD)
    answer, library = made("fees", record=card), CONTACTS["library"]
    assert "1900 0000" in answer.text and verify(answer, card, library) is answer
    with pytest.raises(UnverifiedError, match=r"contact\.phone: says '1900 0000'; the record says \('1900 1111',\)"):
        verify(answer, card, {**library, "phone": "1900 1111"})
    with pytest.raises(UnverifiedError, match=r"contact\.address: no such field in the contact"):
        verify(answer, card, {"name": library["name"]})
    with pytest.raises(UnverifiedError, match=r"\['1901'\], in no fact"):
        verify(replace(answer, text=answer.text.replace("1900", "1901")), card, library)


@pytest.mark.parametrize(("text", "found"), [
    ("mã 1.001193, ngày 22/11/2026.", {"1.001193", "22/11/2026"}), ("60/2014/QH13", {"60/2014", "13"}), ("1.200.000 đồng", {"1.200.000"}), ("7 ngày, 15 giờ", {"7", "15"}), ("không", set()),
])
def test_numbers_are_taken_whole(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(("path", "value"), [
    ("name", "Đăng ký nuôi ong mật"), ("documents[2].copies", 2), ("place.where", "nộp tại nơi đặt trại ong"), ("decision.number", "77/QĐ-BNN"), ("steps[0]", "Điền tờ khai."),
])
def test_a_path_leads_to_its_value(path: str, value: object) -> None:
    assert resolve(BEES, path) == value


@pytest.mark.parametrize(("value", "ways"), [
    (BEES.duration[0], ("5 ngày làm việc",)), (BEES.fees[1], ("50.000 đồng/lần",)), (date(2026, 1, 2), ("02/01/2026", "2026-01-02")), (2, ("2",)), ("x", ("x",)),
])
def test_values_are_shown_in_one_way(value: object, ways: tuple[str, ...]) -> None:
    assert shown(value) == ways
