"""The preview shows what the bot answers: the same words, from the edited record, on any day; and nothing typed runs in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.dialogue import State
from actions.reply import Library, _answer
from bot.staff.procedures.official import raw_of
from bot.staff.procedures.preview import ORDER, answers, public_page
from index.procedure import ASPECTS

from ....small import BEES, CONTACTS, REGISTER, procedure
from .pages import fields

TODAY, LATER = date(2026, 11, 23), date(2027, 2, 1)


@pytest.mark.parametrize("day", [TODAY, LATER])
@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_preview_is_what_the_bot_answers(search, aspect: str, day: date) -> None:  # noqa: ANN001
    record = search.procedures[REGISTER]
    shown = next(one for one in answers(record, day, CONTACTS["commune"]) if one.aspect == aspect)
    told = _answer(REGISTER, (aspect,), State(), Library(search, CONTACTS), day)
    assert (shown.answer.text, shown.answer.status, shown.answer.choices, shown.answer.facts) == (told.text, told.status, told.choices, told.facts)


def test_every_aspect_is_shown_once() -> None:
    assert sorted(ORDER) == sorted(ASPECTS) and [one.aspect for one in answers(procedure(), TODAY, CONTACTS["commune"])] == list(ORDER)


def test_all_real_records_can_be_looked_at(real_procedures) -> None:  # noqa: ANN001
    for record in real_procedures:
        assert not [one.problem for one in answers(record, TODAY, CONTACTS["commune"]) if one.problem]


def test_a_number_that_the_record_does_not_bear_out_is_told(monkeypatch) -> None:  # noqa: ANN001
    from bot.staff.procedures import preview

    real = preview.compose
    monkeypatch.setattr(preview, "compose", lambda *a: replace(real(*a), text=real(*a).text + "\nGọi 1022."))
    shown = answers(procedure(), TODAY, CONTACTS["commune"])
    assert all("1022" in one.problem and "1022" not in one.html for one in shown)


def test_a_record_that_has_ended_is_shown_as_ended() -> None:
    ended = replace(procedure(), effective_to=date(2026, 12, 31))
    assert all("2026" in one.answer.text and one.status == "Chưa trả lời được" for one in answers(ended, LATER, CONTACTS["commune"]))


def test_the_page_previews_what_is_typed_and_saves_nothing(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    before = office.content.head()
    typed = fields(desk.get(f"/procedures/{REGISTER}").text, overview="Câu đang gõ", day="2027-02-01")
    page = desk.post(f"/procedures/{REGISTER}/preview", typed).text
    assert "Câu đang gõ" in page and "100.000 đồng" in page and "50.000 đồng" in page
    assert office.content.head() == before and "Câu đang gõ" not in desk.get(f"/procedures/{REGISTER}/preview").text


def test_a_record_that_is_not_fit_says_why_instead(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    typed = fields(desk.get(f"/procedures/{REGISTER}").text, fees__0__amount_vnd="vài đồng")
    page = desk.post(f"/procedures/{REGISTER}/preview", typed).text
    assert "chưa dùng được" in page and "vài đồng" in page and "Bot trả lời" not in page


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><script>alert(1)</script>", "{{ 7*7 }}&lt;b&gt;", "javascript:alert(1)"])
def test_nothing_typed_into_any_field_becomes_markup(office, browse, attack: str) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    sent = {name: attack if isinstance(value, str) and name not in ("base", "day") else value for name, value in fields(desk.get(f"/procedures/{REGISTER}").text).items()}
    pages = [desk.post(f"/procedures/{REGISTER}", {**sent, "do": do}).text for do in ("check", "save", "add:fees", "draft")]
    pages += [desk.post(f"/procedures/{REGISTER}/preview", sent).text]
    pages += [desk.get(f"/procedures{address}").text for address in ("", f"/{REGISTER}", f"/{REGISTER}/preview", f"/{REGISTER}/official", "/warnings", "/warnings?kind=unfit", "/expiring")]
    for page in pages:
        body = page.split("<main")[-1]
        assert "<script" not in body and "<img" not in body
        assert 'href="javascript' not in body


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_a_record_that_carries_markup_is_shown_as_text(attack: str) -> None:
    record = procedure()
    texts = {key: attack for key in ("name", "overview", "field")}
    record = replace(
        record, **texts, steps=(attack,), conditions=(attack,), result=(attack,), legal_basis=(attack,), applicants=(attack,),
        documents=tuple(replace(row, name=attack, note=attack) for row in record.documents), fees=tuple(replace(row, name=attack, condition=attack, note=attack, source=attack) for row in record.fees),
        place=replace(record.place, agency=attack, where=attack, note=attack), template=tuple(replace(row, name=attack, number=attack) for row in record.template),
        source=replace(record.source, title=attack, url="javascript:alert(1)"),
    )  # fmt: skip
    drawn = [one.html for one in answers(record, TODAY, CONTACTS["commune"])] + [public_page(record, TODAY, CONTACTS["commune"])]
    assert not any("<script" in html or "<img" in html or 'href="javascript' in html for html in drawn)


def test_an_official_record_as_a_file_is_the_same_record() -> None:
    from bot.staff.procedures.form import read_form, record_of
    from index.catalogue import parse_procedure

    assert parse_procedure(raw_of(procedure())) == procedure() and record_of(BEES, read_form(BEES)) == BEES
