"""The staff's work in a browser, on a real server with the real bot, on SQLite and on PostgreSQL: from a question that nobody could
answer to its published answer and back; two people at one record; an ended session; the switch. SHOTS=folder keeps pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.staff.rights import Role
from tests.conversations.harness import ROOT, built
from tests.postgres import empty_schema

from .staff_office import Office, office_running, sign_in
from .staff_pages import faults_of_all

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="starts a server of its own; BASE_URL names another")
CODE = "1.000656"
"""Đăng ký khai tử."""
ASKED = (
    "ông cụ nhà tôi vừa khuất núi thì báo xã thế nào",
    "ông cụ nhà em khuất núi rồi thì lên xã báo thế nào",
    "cụ ông nhà mình vừa khuất núi, phải báo xã thế nào",
)
"""Everyday words for a death that no phrasing has; if one day they are answered without help, others must be found."""
GATE = 360_000
"""Milliseconds for a candidate to be built, trained where needed, and asked everything."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    source = built(Path(os.environ.get("MOT_CUA_VAR") or ROOT / "var").absolute())
    shots = Path(os.environ["SHOTS"]) / request.param if os.environ.get("SHOTS") else None
    if shots is not None:
        shots.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        database = stack.enter_context(empty_schema()) if request.param == "postgresql" else None
        folder = tmp_path_factory.mktemp(request.param)
        yield stack.enter_context(office_running(folder, source, database, browser, shots))


@pytest.fixture(autouse=True)
def no_faults(office: Office) -> Iterator[None]:
    """No error on the console, no uncaught exception, no request to another host."""
    office.faults.clear()
    yield
    assert office.faults == []


def unknown(answer: dict) -> bool:
    return answer["status"].startswith(("unanswerable_", "unclear_"))


def known(answer: dict) -> bool:
    return answer["status"] == "answered" and answer["procedure"]["code"] == CODE


def test_an_unanswered_question_is_taught_published_and_taken_back(office: Office) -> None:
    lan = office.person("Nguyễn Thị Lan", Role.CURATOR, Role.PUBLISHER)
    minh = office.person("Trần Văn Minh", Role.PUBLISHER)
    with office.window("/") as page:
        page.get_by_role("textbox", name="Câu hỏi của anh/chị").fill(ASKED[0])
        page.keyboard.press("Enter")
        expect(page.get_by_role("log").get_by_role("article")).to_have_count(3)
        office.shoot(page, "citizen-asks")
    assert all(unknown(office.ask(question)) for question in ASKED[1:])

    with office.window("/can-bo/queue") as page:
        office.shoot(page, "sign-in")
        sign_in(page, lan)
        teach(office, page)
        address = make_candidate(office, page)
        expect(page.locator("#progress")).to_contain_text("Chờ duyệt", timeout=GATE)
        expect(page.get_by_role("row", name=re.compile("Câu kiểm tra từ các lần sửa trước"))).to_contain_text("1 / 1 câu")
        expect(page.get_by_text("cần một người khác duyệt")).to_be_visible()
        office.shoot(page, "gate-passed")
        refused = page.request.post(f"{address}/approve", form={"csrf": page.locator("[name=csrf]").first.input_value()})
        assert refused.status == 409 and "cần một người khác duyệt" in refused.text()
        assert all(unknown(office.ask(question)) for question in ASKED)

    with office.signed_in(minh, address.removeprefix(f"{office.base}/can-bo")) as page:
        page.get_by_label("Đã xem những gì").fill("Đã đọc cách hỏi và câu kiểm tra")
        page.get_by_role("button", name="Duyệt bản này").click()
        office.shoot(page, "approved")
        page.get_by_role("button", name="Đưa lên").click()
        expect(page.locator("#progress")).to_contain_text("Đang dùng")
        for question in ASKED:
            office.until(question, known, 30)
        office.shoot(page, "live")
        with office.window("/") as chat:
            chat.get_by_role("textbox", name="Câu hỏi của anh/chị").fill(ASKED[0])
            chat.keyboard.press("Enter")
            expect(chat.get_by_role("log").get_by_role("article").last).to_contain_text("Đăng ký khai tử")
            office.shoot(chat, "citizen-is-answered")

        page.get_by_role("link", name="Xuất bản", exact=True).click()
        row = page.get_by_role("row").filter(has_text="Bản có sẵn theo chương trình")
        row.get_by_text("Quay lại bản này").click()
        row.get_by_label("Lý do").fill("Thử đường lui")
        office.shoot(page, "roll-back")
        row.get_by_role("button", name="Quay lại", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Đã quay lại bản")
        office.shoot(page, "rolled-back")
    for question in ASKED:
        office.until(question, unknown, 30)


def teach(office: Office, page: Page) -> None:
    """From the queue: all three stand in one cluster, which becomes phrasings and a question that checks them."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Hàng việc")
    office.shoot(page, "queue")
    row = page.get_by_role("row").filter(has_text="khuất núi")
    expect(row).to_have_count(1)
    expect(row.locator("[data-label='Số câu']")).to_have_text(str(len(ASKED)))
    row.get_by_role("rowheader").get_by_role("link").click()
    for question in ASKED:
        expect(page.get_by_role("rowheader").filter(has_text=question)).to_be_visible()
    office.shoot(page, "cluster")
    page.get_by_role("link", name="Xem từng bước").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vì sao bot trả lời như vậy")
    office.shoot(page, "explain")
    page.go_back()
    page.get_by_role("link", name="Thêm cách hỏi cho một thủ tục").click()
    assert set(page.get_by_label("Các câu").input_value().split("\n")) == set(ASKED)
    page.get_by_role("button", name="Lưu và thêm câu kiểm tra").click()  # without a code: the form itself objects
    page.get_by_label("Mã thủ tục").fill(CODE)
    page.get_by_label("Các bước").check()
    office.shoot(page, "resolve")
    page.get_by_role("button", name="Lưu và thêm câu kiểm tra").click()
    expect(page.get_by_role("status")).to_contain_text("Đã xử lý")
    assert len(office.content().paths("regression/")) == 1


def make_candidate(office: Office, page: Page) -> str:
    """-> the address of its page."""
    page.get_by_role("link", name="Xuất bản", exact=True).click()
    office.shoot(page, "publish")
    page.get_by_role("link", name="Tạo bản xuất bản mới").click()
    expect(page.get_by_role("heading", name=re.compile("Khác với bản đang dùng: 2 tệp"))).to_be_visible()
    page.get_by_label("Tên bản này").fill("Thêm cách nói về người mất")
    office.shoot(page, "new-candidate")
    page.get_by_role("button", name="Tạo và kiểm tra").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    office.shoot(page, "building")
    return page.url


def test_two_people_at_one_record_see_both_texts_and_lose_neither(office: Office) -> None:
    lan, hoa = office.person("Nguyễn Thị Lan"), office.person("Lê Thị Hoa", Role.CURATOR)
    at = "/procedures/1.000894"
    with office.signed_in(lan, at) as mine, office.signed_in(hoa, at) as theirs:
        begun = mine.locator("#overview").input_value()
        mine.locator("#overview").fill(f"{begun} Lời của Lan.")
        mine.get_by_label("Lý do sửa").fill("Viết rõ hơn")
        theirs.locator("#overview").fill(f"{begun} Lời của Hoa.")
        theirs.get_by_label("Lý do sửa").fill("Viết gọn hơn")
        theirs.get_by_role("button", name="Lưu để xuất bản").click()
        expect(theirs.get_by_role("status").first).to_contain_text("Đã lưu")
        mine.get_by_role("button", name="Lưu để xuất bản").click()
        told = mine.get_by_role("alert").filter(has_text="Lê Thị Hoa đã lưu bản khác")
        expect(told).to_contain_text("Lời của Lan.")
        expect(told).to_contain_text("Lời của Hoa.")
        expect(mine.locator("#overview")).to_have_value(f"{begun} Lời của Lan.")
        office.shoot(mine, "conflict")
        mine.get_by_role("button", name="Lưu để xuất bản").click()
        expect(mine.get_by_role("status").first).to_contain_text("Đã lưu")
    saved = office.content().history(next(path for path in office.content().paths("procedures/") if "1.000894" in path))
    assert [one.author_name for one in saved[:2]] == ["Nguyễn Thị Lan", "Lê Thị Hoa"]
    assert ["Lời của Lan" in saved[0].text, "Lời của Hoa" in saved[1].text] == [True, True]


def test_what_was_typed_outlives_the_session(office: Office) -> None:
    hoa = office.person("Lê Thị Hoa", Role.CURATOR)
    with office.signed_in(hoa, "/procedures/1.001193") as page:
        typed = page.locator("#overview").input_value() + " Gõ khi phiên đã hết."
        page.locator("#overview").fill(typed)
        page.get_by_label("Lý do sửa").fill("Bổ sung một câu")
        office.end_sessions(hoa)
        page.get_by_role("button", name="Lưu để xuất bản").click()
        expect(page.get_by_role("status")).to_contain_text("đã được giữ lại")
        office.shoot(page, "session-over")
        sign_in(page, hoa)
        expect(page.locator("dd").filter(has_text=typed)).to_be_visible()
        office.shoot(page, "kept")
        page.get_by_role("button", name="Gửi tiếp").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã lưu")
        expect(page.locator("#overview")).to_have_value(typed)


def test_a_switch_silences_a_procedure_within_ten_seconds_and_gives_it_back(office: Office) -> None:
    minh = office.person("Trần Văn Minh", Role.PUBLISHER)
    question, text = "đăng ký kết hôn cần giấy tờ gì", "Phần này đang được xem lại; anh/chị hỏi cán bộ một cửa."
    assert office.ask(question)["procedure"]["code"] == "1.000894"
    with office.signed_in(minh, "/switches") as page:
        page.get_by_label("Mã thủ tục").fill("1.000894")
        form = page.get_by_role("group", name="Tạm ngừng một thủ tục")
        form.get_by_label("Câu báo cho người dân").fill(text)
        form.get_by_label("Lý do").fill("Nghi sai giấy tờ")
        form.get_by_role("button", name="Tạm ngừng thủ tục này").click()
        office.until(question, lambda answer: answer["status"] == "unanswerable_switched_off", 10)
        office.shoot(page, "switched-off")
        with office.window("/") as chat:
            chat.get_by_role("textbox", name="Câu hỏi của anh/chị").fill(question)
            chat.keyboard.press("Enter")
            expect(chat.get_by_role("log")).to_contain_text(text)
        page.get_by_role("row").filter(has_text="1.000894").get_by_role("button", name="Mở lại").click()
        office.until(question, lambda answer: answer["status"] == "answered", 10)



def test_every_section_keeps_the_rules_of_access_and_fits_a_phone(office: Office, request: pytest.FixtureRequest) -> None:
    if "postgresql" in request.node.name:
        pytest.skip("pages are the same on either database")
    with office.signed_in(office.person("Phạm Thị Tư", *Role)) as page:
        found = faults_of_all(office, page)
    assert found == [], "\n".join(found)
