"""/switches by those who may, with a reason, and every press of it in the log."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bot.gateway.switches import BOT, read_switches

from ..conftest import Browser, make_desk, person

SAID = {"text": "Dạ, phần này đang được kiểm tra lại.", "why": "Sai lệ phí"}


def test_off_and_on_again_are_shown_and_noted(client, desk) -> None:
    browser = client("publisher")
    assert "Không có thủ tục nào" in browser.get("/switches").text
    assert browser.post("/switches/off", {"scope": "1.001193", **SAID}).status_code == 303
    assert browser.post("/switches/off", {"scope": BOT, **SAID}).status_code == 303
    page = browser.get("/switches").text
    assert SAID["text"] in page and "Mở lại trợ lý" in page and set(read_switches(desk.engine)) == {BOT, "1.001193"}
    browser.post("/switches/on", {"scope": BOT})
    assert set(read_switches(desk.engine)) == {"1.001193"}
    assert [(row[1], row[2]) for row in desk.audit.rows] == [("switch.off", "1.001193"), ("switch.off", BOT), ("switch.on", BOT)]
    assert desk.audit.rows[0][5] == "Sai lệ phí"


@pytest.mark.parametrize(
    "changed, sentence",
    [({"scope": "1.0"}, "Mã thủ tục có dạng"), ({"text": "x"}, "từ 10 đến 500"), ({"why": ""}, "Ghi lý do")],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, desk, changed, sentence) -> None:
    answer = client("admin").post("/switches/off", {"scope": "1.001193", **SAID, **changed})
    assert answer.status_code == 400 and sentence in answer.text and not read_switches(desk.engine)
    assert all(value in answer.text for value in {**SAID, **changed}.values() if value)


def test_a_procedure_that_is_not_served_cannot_be_switched_off(service, tmp_path, clock) -> None:
    desk = make_desk(service, tmp_path, clock, search=lambda: SimpleNamespace(procedures={}))
    answer = Browser(desk, person("publisher")).post("/switches/off", {"scope": "9.999999", **SAID})
    assert answer.status_code == 400 and "Không có thủ tục mã 9.999999" in answer.text


@pytest.mark.parametrize("role", ["curator", "reviewer", "auditor"])
def test_others_cannot_even_look(client, role) -> None:
    assert client(role).get("/switches").status_code == 403
    assert client(role).post("/switches/off", {"scope": BOT, **SAID}).status_code == 403


def test_what_is_typed_stays_text(client) -> None:
    browser = client("publisher")
    browser.post("/switches/off", {"scope": BOT, "text": "<script>alert(1)</script> đang nghỉ", "why": "<b>"})
    page = browser.get("/switches").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
