"""The contact form's fields, the sealed rows, what the officer sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.gateway import texts
from bot.gateway.contact_form import MAX_QUESTION, Contact, read_contact
from bot.gateway.contacts import Contacts
from bot.gateway.erasure_code import read_code
from bot.gateway.tables import CONTACTS

from .turns import NOW, rows

GOOD = {"name": "Nguyễn Thị Hoa", "phone": "0912345678", "question": "Con tôi sinh ở nhà thì khai sinh thế nào?", "consent": True}


def read(**changes: Any) -> tuple[Contact | None, dict[str, str]]:
    return read_contact({**GOOD, **changes})


def test_what_is_complete_is_taken() -> None:
    assert read() == (Contact("Nguyễn Thị Hoa", "0912345678", GOOD["question"], None), {})
    assert read(commune="Tân Thành")[0].commune == "Tân Thành"
    assert read(website="spam", other=1)[0] is not None


@pytest.mark.parametrize("name", ["Vũ", "Nguyễn Thị Hoa", "Y Moan", "Trần  Văn  A", "K'Brôi", "Lê Thị-Hà", "Nguye\u0302\u0303n A", "Hoàng V. Nam", "H’Hen Niê", "ab" * 40])
def test_names(name: str) -> None:
    assert read(name=name)[1] == {}


@pytest.mark.parametrize("name", ["", " ", "A", "ab" * 40 + "c", "0912345678", "Hoa 2", "<b>Hoa</b>", "http://x", "....", "Hoa\x00😀", None, 7, ["Hoa"], "x" * 5000])
def test_what_is_no_name(name: object) -> None:
    assert read(name=name) == (None, {"name": texts.CONTACT_NAME})


@pytest.mark.parametrize("phone", [
    "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "+84912345678", "+84 (0)912 345 678", "84912345678", "0084 912 345 678", " 091 2345678 ",
])
def test_mobile_numbers_in_any_dress(phone: str) -> None:
    assert read(phone=phone)[0].phone == "0912345678"


def test_a_landline() -> None:
    assert read(phone="(0290) 3831 234")[0].phone == "02903831234"


@pytest.mark.parametrize("phone", ["", "113", "091234567", "09123456789", "0112345678", "0412345678", "1900 0368", "+1 202 555 0100", "không có", "٠٩١٢٣٤٥٦٧٨", None, 912345678, "0" * 50, "0912345678; 0912345679"])
def test_what_is_no_number_of_a_subscriber_here(phone: object) -> None:
    assert read(phone=phone) == (None, {"phone": texts.CONTACT_PHONE})


@pytest.mark.parametrize(("question", "sentence"), [
    ("", texts.CONTACT_QUESTION), ("\x00\u200b", texts.CONTACT_QUESTION), (None, texts.CONTACT_QUESTION), ("hỏi " * 251, texts.CONTACT_QUESTION_LONG),
    ("hỏi " * 5000, texts.CONTACT_QUESTION_LONG),
])
def test_questions_that_are_not_taken(question: object, sentence: str) -> None:
    assert read(question=question) == (None, {"question": sentence})


def test_a_question_of_full_length() -> None:
    assert len(read(question="ab" * (MAX_QUESTION // 2))[0].question) == MAX_QUESTION


@pytest.mark.parametrize("consent", [None, False, "true", "1", 1, "on", [True]])
def test_silence_is_no_consent(consent: object) -> None:
    assert read(consent=consent) == (None, {"consent": texts.CONTACT_CONSENT})


def test_all_errors_at_once() -> None:
    assert list(read_contact({})[1]) == ["name", "phone", "question", "consent"]


def test_question_and_commune_are_masked() -> None:
    contact = read(question="CCCD 079203001234 của con, gọi 0987654321", commune="Tân Thành 0987654321")[0]
    assert not any(number in f"{contact.question} {contact.commune}" for number in ("079203001234", "0987654321"))


@pytest.fixture
def contacts(service: Engine) -> Iterator[Contacts]:
    yield Contacts(service, b"key of the data, long", b"a secret for tests only", lambda: NOW)


def test_a_row_tells_nothing_without_the_key(service: Engine, contacts: Contacts) -> None:
    contact = Contact("Nguyễn Thị Hoa", "0912345678", "khai sinh", "Tân Thành")
    code = contacts.add(contact)
    row = rows(service, CONTACTS)[0]
    assert read_code(code) == code and (row["state"], row["at"], row["done_by"]) == ("open", NOW, None)
    assert not any(word in str(row) for word in ("Hoa", "0912345678", "khai sinh", "Tân Thành", code))
    assert contacts.open_ones()[0].contact == contact
    assert Contacts(service, b"another key, as long", b"s" * 20, lambda: NOW).open_ones()[0].contact is None


def test_who_was_called_is_no_longer_listed(service: Engine, contacts: Contacts) -> None:
    for name in ("An", "Bình"):
        contacts.add(Contact(name, "0912345678", "hỏi", None))
    first = contacts.open_ones()[0]
    assert contacts.done(first.id, "Lan") and not contacts.done(first.id, "Lan") and not contacts.done("none", "Lan")
    assert len(contacts.open_ones()) == 1
    assert {(row["state"], row["done_by"], row["done_at"]) for row in rows(service, CONTACTS)} == {("done", "Lan", NOW), ("open", None, None)}
