"""The whole way of a file: uploaded, read, listed with its differences, decided one by one and by rule; and files of every bad kind."""

from __future__ import annotations

import io
import json
import lzma
from typing import Any

import pytest
import sqlalchemy as sa

from bot.staff.imports import pages
from bot.staff.imports.job import read_upload
from bot.staff.imports.tables import CHANGES, IMPORTS
from bot.staff.imports.upload import uploaded
from index.content import import_rows, open_store, present

from ....index.portal_rows import CLEAN, fee, method
from ..conftest import Browser, person


def row(code: str, name: str = "Thủ tục nuôi ong", **changes: Any) -> dict[str, Any]:
    return {"id": code, "code": code, "name": name, "detail": {**CLEAN, "name": name, **changes}}


DEARER = {"executionMethods": [method("DIRECT", 5, "WORKING_DAY", None, fee(90000)), method("ONLINE"), method("POSTAL")]}
OLD = [row("1.000001"), row("1.000002"), row("1.000003"), row("1.000005")]
NEW = [row("1.000001"), row("1.000002", **DEARER), row("1.000004", 'Thủ tục "mới" & ong'), row("1.000005", "Tên khác", **DEARER)]


def packed(rows: list[dict[str, Any]], broken: bytes = b"") -> bytes:
    return lzma.compress(b"".join(json.dumps(one).encode() + b"\n" for one in rows) + broken)


@pytest.fixture
def store(desk):
    store = open_store(str(desk.settings.var / "content.db"))
    import_rows(store, OLD, "old")
    return store


@pytest.fixture
def browser(desk, store):
    """A reviewer whose uploads are read at once, in this process."""

    def at_once(desk, import_id: str) -> None:
        with desk.engine.connect() as connection:
            name = connection.execute(sa.select(IMPORTS.c.file).where(IMPORTS.c.id == import_id)).scalar_one()
        path = uploaded(desk.settings.var, import_id, name)
        read_upload(desk.engine, store, import_id, path, frozenset({"1.000002"}), desk.clock)

    return lambda role="reviewer", starter=at_once: Browser(desk, person(role), pages.ImportPages(desk, starter).entries())


def send(browser: Browser, content: bytes, name: str = "danh-muc.jsonl.xz"):
    return browser.post("/imports", files={"file": (name, io.BytesIO(content))})


def staged(browser: Browser, content: bytes | None = None) -> str:
    answer = send(browser, content or packed(NEW))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix("/can-bo")


def names(store) -> dict[str, str]:
    return {one["code"]: one["name"] for one in present(store)}


def test_a_file_is_listed_and_nothing_moves_until_someone_accepts(browser, store, desk) -> None:
    one = browser()
    at = staged(one)
    page = one.get(at).text
    assert all(code in page for code in ("1.000002", "1.000003", "1.000004", "1.000005")) and "1.000001" not in page
    assert "Phí, lệ phí" in page and "Tỉnh có bản riêng" in page and names(store) == {code["code"]: code["name"] for code in OLD}
    assert "&#34;mới&#34; &amp; ong" in page and '"mới" & ong' not in page
    one.post(f"{at}/decide", {"code": ["1.000004", "1.000003"], "verdict": "accept", "why": "đúng quyết định mới"})
    assert set(names(store)) == {"1.000001", "1.000002", "1.000004", "1.000005"} and names(store)["1.000005"] == "Thủ tục nuôi ong"
    action, _, _, after, why = desk.audit.rows[-1][1:]
    assert (action, after["codes"], why) == ("import.accept", ["1.000003", "1.000004"], "đúng quyết định mới")


def test_a_rule_takes_only_what_differs_in_nothing_else(browser, store, desk) -> None:
    one = browser()
    at = staged(one)
    page = one.get(f"{at}?kind=changed&parts=fees").text
    assert "1.000002" in page and "1.000005" not in page and "1 thay đổi theo bộ lọc" in page
    one.post(f"{at}/decide", {"kind": "changed", "parts": "fees", "all": "1", "verdict": "accept"})
    with desk.engine.connect() as connection:
        states = dict(connection.execute(sa.select(CHANGES.c.code, CHANGES.c.state)).all())
    assert states == {"1.000002": "accepted", "1.000003": "waiting", "1.000004": "waiting", "1.000005": "waiting"}
    one.post(f"{at}/decide", {"all": "1", "verdict": "refuse"})
    page = one.get(f"{at}?state=refused").text
    assert all(code in page for code in ("1.000003", "1.000004", "1.000005")) and "1.000003" in names(store)
    with desk.engine.connect() as connection:
        assert connection.execute(sa.select(IMPORTS.c.state)).scalar_one() == "closed"


def test_both_sides_of_a_change_are_shown_part_by_part(browser) -> None:
    one = browser()
    at = staged(one)
    page = one.get(f"{at}/1.000002").text
    assert "<del>" in page and "30000" in page and "90000" in page and "/procedures/1.000002/official" in page
    assert "Trình tự" not in page  # the same on both sides
    assert one.get(f"{at}/9.999999").status_code == 404


def test_what_another_import_moved_meanwhile_is_told(browser, store) -> None:
    one = browser()
    at = staged(one)
    import_rows(store, [row("1.000002", "Của người khác")], "other", complete=lambda: False)
    one.post(f"{at}/decide", {"code": "1.000002", "verdict": "accept"})
    assert "giữ nguyên" in one.get(at).text and names(store)["1.000002"] == "Của người khác"


def test_broken_lines_are_told_and_withdraw_nothing(browser) -> None:
    one = browser()
    page = one.get(staged(one, packed(NEW, b"{broken\n"))).text
    assert "1 dòng không đọc được" in page and "dòng 5" in page and "1.000003" not in page


@pytest.mark.parametrize(
    "content, name, sentence",
    [
        (b"", "a.jsonl", "Tệp trống"),
        (b"MZ\x90\x00\x03", "a.exe", "không đọc được"),
        (b"MZ\x90\x00\x03", "a.jsonl", "không phải tệp văn bản"),
        (b"{}", "a.jsonl.xz", "không khớp"),
        (lzma.compress(b"{}"), "a.jsonl", "không khớp"),
    ],
)
def test_a_file_that_cannot_be_one_is_refused_and_not_kept(browser, desk, content, name, sentence) -> None:
    answer = send(browser(), content, name)
    assert answer.status_code == 400 and sentence in answer.text
    assert not list(desk.settings.var.glob("uploads/*")) and not list(desk.settings.var.glob("uploads/.*"))


def test_a_name_never_leads_out_of_the_folder(browser, desk) -> None:
    one = browser(starter=lambda desk, import_id: None)
    assert send(one, packed(NEW), "../../../etc/x.jsonl.xz").status_code == 303
    assert [path.parent for path in desk.settings.var.rglob("*.jsonl.xz")] == [desk.settings.var / "uploads"]


def test_a_file_without_records_is_told_so(browser) -> None:
    one = browser()
    assert "không có hồ sơ thủ tục nào" in one.get(staged(one, packed([]) + b"")).text


def test_a_reading_that_died_can_be_begun_again_by_hand_and_not_before(browser, desk, clock) -> None:
    started: list[str] = []
    one = browser(starter=lambda desk, import_id: started.append(import_id))
    at = staged(one)
    assert "Đã đọc 0 thủ tục" in one.get(f"{at}/progress").text
    one.post(f"{at}/again")
    assert len(started) == 1
    clock.now += pages.DEAD_AFTER + 1
    assert "bị ngừng giữa chừng" in one.get(at).text
    one.post(f"{at}/again"), one.post(f"{at}/again")
    assert len(started) == 2


def test_a_curator_may_upload_but_not_accept(browser, store) -> None:
    curator = browser("curator")
    at = staged(curator)
    assert curator.post(f"{at}/decide", {"code": "1.000003", "verdict": "accept"}).status_code == 403 and "1.000003" in names(store)
    assert 'value="accept"' not in curator.get(at).text


def test_odd_addresses_are_answered_in_words(browser) -> None:
    one = browser()
    at = staged(one)
    for query in ("page=99999999999", "page=-1", "page=x", "kind=x&state=x&reviewed=x", "word=%25_%5C'", "parts=__class__"):
        assert one.get(f"{at}?{query}").status_code == 200
    assert one.get("/imports/nowhere").status_code == 404 and one.post("/imports/nowhere/decide", {"verdict": "accept"}).status_code == 409
    assert one.post(f"{at}/decide", {"verdict": "both"}).status_code == 400
