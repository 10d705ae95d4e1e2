"""The pages of the procedures section: found, edited, compared, looked through, by whoever may."""

from __future__ import annotations

import re

import pytest

from index.catalogue import compose_yaml

from ....small import CARD, FILES, REGISTER, RENEW
from .conftest import OTHER
from .pages import fields, parsed

PATH = f"procedures/{FILES[REGISTER]}"


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_list_finds_without_diacritics_and_by_code(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    page = desk.get("/procedures?q=dang+ky+nuoi").text
    assert REGISTER in page and CARD not in page
    assert CARD in desk.get(f"/procedures?q={CARD}").text


@pytest.mark.parametrize(("asked", "there", "gone"), [
    ("show=imported", [OTHER], [REGISTER]),
    ("show=own", [REGISTER, RENEW], [OTHER]),
    ("field=Văn hóa", [CARD], [REGISTER]),
    ("show=draft", [], [REGISTER, OTHER]),
    ("show=doubts", [REGISTER], [OTHER]),
    ("page=99", [REGISTER], []),
])  # fmt: skip
def test_the_list_is_filtered(office, browse, asked: str, there: list[str], gone: list[str]) -> None:  # noqa: ANN001
    page = browse(office, "auditor").get(f"/procedures?{asked}").text
    table = page.split("<tbody>")[-1] if "<tbody>" in page else ""
    assert all(code in table for code in there) and not any(code in table for code in gone)


def test_what_is_changed_since_it_went_live_is_found(office, browse, monkeypatch) -> None:  # noqa: ANN001
    monkeypatch.setattr("bot.staff.procedures.listing.live_changes", lambda content, engine: {PATH})
    table = browse(office, "curator").get("/procedures?show=changed").text.split("<tbody>")[1]
    assert REGISTER in table and RENEW not in table and "Chưa xuất bản" in table


def test_the_form_holds_the_record_and_saving_it_unchanged_adds_nothing(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    before = office.content.read(PATH)
    answer = desk.post(f"/procedures/{REGISTER}", {**fields(desk.get(f"/procedures/{REGISTER}").text), "do": "save", "why": "xem lại"})
    assert answer.status_code == 303 and office.content.read(PATH) == before


def test_a_change_is_saved_with_its_reason_and_noted(either, browse) -> None:  # noqa: ANN001
    desk = browse(either, "curator")
    typed = fields(desk.get(f"/procedures/{REGISTER}").text, overview="Ghi tên trại ong", do="save", why="gọn hơn")
    assert desk.post(f"/procedures/{REGISTER}", typed).status_code == 303
    saved = either.content.read(PATH)
    assert compose_yaml(saved.text)[1]["overview"] == "Ghi tên trại ong" and (saved.why, saved.state) == ("gọn hơn", "submitted")
    assert [row[1] for row in either.audit.rows] == ["procedure.save"]
    assert PATH in {change.path for change in either.content.changes(0)}


def test_a_save_without_a_reason_says_so_and_keeps_what_was_typed(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    answer = desk.post(f"/procedures/{REGISTER}", fields(desk.get(f"/procedures/{REGISTER}").text, overview="Câu mới", do="save"))
    assert answer.status_code == 400 and "Ghi lý do sửa" in answer.text and "Câu mới" in answer.text
    assert office.content.read(PATH).number == 1


def test_a_broken_record_is_kept_as_a_draft_and_not_submitted(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    typed = fields(desk.get(f"/procedures/{REGISTER}").text, overview="", fees__1__amount_vnd="chưa biết")
    refused = desk.post(f"/procedures/{REGISTER}", {**typed, "do": "save", "why": "x"})
    assert refused.status_code == 400 and office.content.read(PATH).number == 1
    assert desk.post(f"/procedures/{REGISTER}", {**typed, "do": "draft"}).status_code == 303
    assert office.content.read(PATH).state == "draft" and "chưa biết" in desk.get(f"/procedures/{REGISTER}").text
    assert compose_yaml(office.content.tree()[PATH])[1]["overview"]


@pytest.mark.parametrize(("do", "rows"), [("add:fees", 5), ("remove:fees:1", 3), ("up:fees:1", 4)])
def test_rows_come_and_go_without_script_and_keep_what_was_typed(office, browse, do: str, rows: int) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    typed = fields(desk.get(f"/procedures/{REGISTER}").text, fees__2__note="đang gõ dở", do=do)
    after = fields(desk.post(f"/procedures/{REGISTER}", typed).text)
    assert len(after["fees-rows"]) == rows and after["fees-2-note"] == "đang gõ dở"
    assert office.content.read(PATH).number == 1


@pytest.mark.parametrize("do", ["", "add:nothing", "add:name", "remove:fees", "up:fees:x", "take:fees:", "takerow:fees:99999", "takerow:fees:x", "nonsense", "take:code"])
def test_a_button_that_nobody_drew_changes_nothing(office, browse, do: str) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    answer = desk.post(f"/procedures/{REGISTER}", fields(desk.get(f"/procedures/{REGISTER}").text, do=do))
    assert answer.status_code == 200 and office.content.read(PATH).number == 1


def test_two_who_save_lose_nothing(either, browse) -> None:  # noqa: ANN001
    one, two = browse(either, "curator", 1), browse(either, "curator", 2)
    first, second = (fields(desk.get(f"/procedures/{REGISTER}").text) for desk in (one, two))
    one.post(f"/procedures/{REGISTER}", {**first, "overview": "Của người thứ nhất", "result": "Giấy mới", "do": "save", "why": "a"})
    met = two.post(f"/procedures/{REGISTER}", {**second, "overview": "Của người thứ hai", "place-where": "nộp ở xã", "do": "save", "why": "b"})
    assert met.status_code == 409 and "Của người thứ nhất" in met.text and "Cán bộ curator 1 đã lưu bản khác" in text_of(met.text)
    again = fields(met.text)
    assert (again["overview"], again["place-where"], again["result"]) == ("Của người thứ hai", "nộp ở xã", "Giấy mới")
    assert two.post(f"/procedures/{REGISTER}", {**again, "do": "save", "why": "b"}).status_code == 303
    raw = compose_yaml(either.content.read(PATH).text)[1]
    assert (raw["overview"], raw["place"]["where"], raw["result"]) == ("Của người thứ hai", "nộp ở xã", ["Giấy mới"])


def test_two_who_have_it_open_are_told(either, browse) -> None:  # noqa: ANN001
    one, two = browse(either, "curator", 1), browse(either, "curator", 2)
    assert "cũng đang mở" not in one.get(f"/procedures/{REGISTER}").text
    page = two.get(f"/procedures/{REGISTER}").text
    assert "Cán bộ curator 1 cũng đang mở" in text_of(page)


def test_what_is_typed_is_kept_and_offered_again(either, browse) -> None:  # noqa: ANN001
    desk = browse(either, "curator")
    typed = fields(desk.get(f"/procedures/{REGISTER}").text, overview="Gõ dở", do="")
    assert "Đã giữ" in desk.post(f"/procedures/{REGISTER}/keep", typed).text
    assert "chưa lưu" in desk.get(f"/procedures/{REGISTER}").text
    assert fields(desk.get(f"/procedures/{REGISTER}?typed=1").text)["overview"] == "Gõ dở"
    assert "chưa lưu." not in browse(either, "curator", 2).get(f"/procedures/{REGISTER}").text
    desk.post(f"/procedures/{REGISTER}/forget")
    assert fields(desk.get(f"/procedures/{REGISTER}?typed=1").text)["overview"] != "Gõ dở"


def test_a_value_of_the_official_record_is_taken_into_the_form_only(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    side = desk.get(f"/procedures/{REGISTER}/official").text
    assert "không phải lời để chép" in side and "<mark>" in side and "Trạm ong của xã" in side
    after = fields(desk.post(f"/procedures/{REGISTER}", {"do": "take:fees", "stored": "1"}).text)
    assert [after[f"fees-{token}-amount_vnd"] for token in after["fees-rows"]] == ["30000"]
    assert office.content.read(PATH).number == 1


def test_one_row_of_the_official_record_is_added_to_what_is_typed(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    typed = fields(desk.get(f"/procedures/{REGISTER}").text, overview="Gõ dở", do="takerow:documents:1")
    after = fields(desk.post(f"/procedures/{REGISTER}", typed).text)
    assert after["overview"] == "Gõ dở" and after[f"documents-{after['documents-rows'][-1]}-name"] == "Sơ đồ nơi đặt thùng"


def test_a_new_record_has_the_official_facts_and_no_sentence(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    assert "Soạn bản ghi từ bản nhập" in desk.get(f"/procedures/{OTHER}").text
    assert desk.post("/procedures/new", {"code": OTHER}).status_code == 303
    saved = office.content.read(path_of_code(office))
    raw = compose_yaml(saved.text)[1]
    assert saved.state == "draft" and (raw["code"], raw["name"], raw["legal_basis"]) == (OTHER, "Cấp phép mở chợ ong", ["Luật 32/2018/QH14"])
    assert not {"overview", "steps", "conditions", "aliases", "checked_on"} & set(raw) and "note" not in str(raw)
    assert "mục cần viết" in desk.get(f"/procedures/{OTHER}").text


def path_of_code(office) -> str:  # noqa: ANN001
    return next(path for path in office.content.paths("procedures/") if OTHER in path)


def test_what_ends_soon_is_listed(office, browse) -> None:  # noqa: ANN001
    desk = browse(office, "curator")
    soon, later = desk.get("/procedures/expiring?days=30").text, desk.get("/procedures/expiring?days=60").text
    assert "30/06/2026" in soon and "31/12/2026" not in soon
    assert "31/12/2026" in later and "Cả bản ghi" in later


def test_doubts_are_a_worklist_with_owners(either, browse) -> None:  # noqa: ANN001
    desk = browse(either, "curator")
    assert "Đã hết hạn" in desk.get("/procedures/warnings").text
    desk.post("/procedures/warnings/expired", {"do": "take"})
    assert "Cán bộ curator 1" in desk.get("/procedures/warnings").text.split("<table")[1]
    assert REGISTER in desk.get("/procedures/warnings?kind=expired").text
    desk.post("/procedures/warnings/expired", {"do": "leave"})
    assert "Cán bộ curator 1" not in desk.get("/procedures/warnings").text.split("<table")[1]
    assert [row[1:3] for row in either.audit.rows] == [("procedure.warnings", "expired")] * 2


@pytest.mark.parametrize("address", ["", "/expiring", "/warnings", "/warnings?kind=expired", f"/{REGISTER}", f"/{REGISTER}/preview", f"/{REGISTER}/official", f"/{OTHER}"])
def test_a_page_has_one_heading_and_labels_for_all_that_can_be_filled_in(office, browse, address: str) -> None:  # noqa: ANN001
    page = browse(office, "curator").get(f"/procedures{address}").text
    found = parsed(page)
    assert page.count("<h1") == 1 and len(found.ids) == len(set(found.ids))
    shown = re.findall(r'<(?:input|select|textarea)(?![^>]*type="(?:hidden|checkbox)")[^>]*? id="([^"]*)"', page)
    assert set(shown) <= found.labelled and found.told <= set(found.ids)
    assert " style=" not in page and "onclick" not in page


def test_who_may_only_read_sees_no_buttons(office, browse) -> None:  # noqa: ANN001
    page = browse(office, "auditor").get(f"/procedures/{REGISTER}").text
    assert 'name="do"' not in page and "cần quyền biên tập" in page
    assert browse(office, "auditor").post(f"/procedures/{REGISTER}", {"do": "save"}).status_code == 403


@pytest.mark.parametrize("address", ["/9.999999", "/x", "/9.999999/preview", "/9.999999/official", "/%3Cscript%3E"])
def test_what_is_not_there_is_said(office, browse, address: str) -> None:  # noqa: ANN001
    answer = browse(office, "curator").get(f"/procedures{address}")
    assert answer.status_code == 404 and "<script>" not in answer.text.split("<main")[1]


def test_the_form_works_without_an_imported_catalogue(sqlite_desk, tmp_path, browse, monkeypatch) -> None:  # noqa: ANN001
    from .conftest import filled

    monkeypatch.delenv("DATABASE_URL", raising=False)
    filled(sqlite_desk, tmp_path, imported=False)
    desk = browse(sqlite_desk, "curator")
    assert desk.get(f"/procedures/{REGISTER}").status_code == desk.get("/procedures").status_code == 200
    assert not (sqlite_desk.settings.var / "content.db").exists()


def test_pages_that_are_pointed_to_are_there(office) -> None:  # noqa: ANN001
    from ..conftest import Browser, person

    desk = Browser(office, person("curator"))
    page = desk.get(f"/procedures/{REGISTER}").text
    assert desk.get(re.search(r'href="/can-bo(/content/history[^"]*)"', page)[1]).status_code == 200


def test_changed_is_measured_from_what_is_live(office, browse) -> None:  # noqa: ANN001
    from bot.staff.procedures.listing import live_changes
    from bot.staff.publish.tables import CANDIDATES

    row = {column.name: "" for column in CANDIDATES.columns if not column.nullable}
    row |= {"id": "c", "snapshot": office.content.head(), "state": "live", "anew": False, "cancelled": False, "done": 0, "total": 0, "made_at": 1.0}
    assert live_changes(office.content, office.engine) == set()
    with office.engine.begin() as connection:
        connection.execute(CANDIDATES.insert().values(row))
    desk = browse(office, "curator")
    desk.post(f"/procedures/{REGISTER}", fields(desk.get(f"/procedures/{REGISTER}").text, overview="Câu mới", do="save", why="x"))
    assert live_changes(office.content, office.engine) == {PATH}
