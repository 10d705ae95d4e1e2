"""The pages of publishing as people of each role use them, and what a citizen's or an editor's text may not do there."""

from __future__ import annotations

import dataclasses

import pytest

from bot.gateway.tables import TURNS
from bot.staff.publish.candidates import Refused, State
from bot.staff.publish.pages import entries
from bot.staff.publish.served import serving

from ..conftest import Browser, person
from .conftest import reply

ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def world(sqlite_world):
    """Jobs that are started are noted; nothing runs by itself."""
    started = []
    sqlite_world.started = started
    sqlite_world.desk = dataclasses.replace(sqlite_world.desk, extra={"publish_start": lambda settings, candidate: started.append(candidate)})
    return sqlite_world


@pytest.fixture
def browser(world):
    return lambda role, number=1: Browser(world.desk, person(role, number), entries(world.desk))


def make(world, browser, **fields) -> str:
    answer = browser("reviewer").post("/publish/new", {"name": "Sửa phí", "note": "", "snapshot": world.desk.content.head(), **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1]


def test_from_a_change_to_live_and_back(world, browser) -> None:
    before = serving(world.var)
    world.edit(person("curator"))
    page = browser("reviewer").get("/publish/new").text
    assert "phrasings/tat-ca.yml" in page and "<ins>" in page and "Người dân hỏi vậy" in page
    made = make(world, browser)
    assert world.started == [made] and "Chờ bắt đầu" in browser("auditor").get(f"/publish/{made}").text
    assert world.job().run(made) == 0
    page = browser("publisher").get(f"/publish/{made}").text
    assert "1 / 1 câu" in page and "Duyệt bản này" in page
    assert browser("publisher").post(f"/publish/{made}/live").status_code == 409
    assert browser("publisher").post(f"/publish/{made}/approve", {"why": "đã xem"}).status_code == 303
    assert browser("publisher").post(f"/publish/{made}/live", {"why": ""}).status_code == 303
    assert serving(world.var) != before
    page = browser("publisher").get("/publish").text
    assert "Sửa phí" in page and "Kho nội dung không có gì khác" in page
    first = world.live.journal()[-1].id
    assert browser("publisher").post("/publish/rollback", {"entry": first, "why": ""}).status_code == 400
    assert browser("publisher").post("/publish/rollback", {"entry": first, "why": "trả lời sai"}).status_code == 303
    assert serving(world.var) == before and "quay lại" in browser("auditor").get("/publish").text
    assert [row[1] for row in world.desk.audit.rows] == ["publish.make", "publish.approve", "publish.live", "publish.rollback"]


def test_whoever_made_it_is_told_why_not(world, browser) -> None:
    made = world.checked(person("publisher"))
    assert "cần một người khác duyệt" in browser("publisher").get(f"/publish/{made.id}").text
    answer = browser("publisher").post(f"/publish/{made.id}/approve")
    assert answer.status_code == 409 and world.candidates.get(made.id).state is State.READY


@pytest.mark.parametrize("role, path", [
    ("curator", "/publish/new"), ("auditor", "/publish/new"), ("reviewer", "/publish/rollback"), ("reviewer", "/publish/x/approve"),
    ("reviewer", "/publish/x/live"), ("admin", "/publish/x/cancel"), ("auditor", "/publish/x/chat"),
])  # fmt: skip
def test_the_right_decides(browser, role, path) -> None:
    assert browser(role).post(path).status_code == 403


@pytest.mark.parametrize("path", ["/publish/unknown", "/publish/unknown/progress", "/publish/unknown/chat"])
def test_what_is_unknown_is_told(browser, path) -> None:
    assert browser("reviewer").get(path).status_code == 404


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "a" * 200}, {"snapshot": "9999999"}, {"snapshot": "-1"}, {"snapshot": "²"}])
def test_a_form_that_cannot_be_used_keeps_what_was_typed(world, browser, fields) -> None:
    answer = browser("reviewer").post("/publish/new", {"name": "x", "note": "một ghi chú dài", "snapshot": "1", **fields})
    assert answer.status_code == 400 and "một ghi chú dài" in answer.text and not world.started


def test_one_at_a_time_is_built(world, browser) -> None:
    make(world, browser)
    answer = browser("reviewer").post("/publish/new", {"name": "Thứ hai", "snapshot": 1})
    assert answer.status_code == 400 and "đang được tạo hoặc kiểm tra" in answer.text and len(world.started) == 1


def test_progress_is_asked_for_while_it_works_and_the_page_comes_anew_afterwards(world, browser, clock) -> None:
    made = make(world, browser)
    world.candidates.claim(made, "holder")
    world.candidates.record(made, "holder", step="blast", done=40, total=1000)
    part = browser("reviewer").get(f"/publish/{made}/progress")
    assert "40 / 1.000" in part.text and "every 2s" in part.text and "<html" not in part.text
    world.candidates.release("holder")
    clock.now += 100
    assert "dừng giữa chừng" in browser("reviewer").get(f"/publish/{made}").text
    browser("reviewer").post(f"/publish/{made}/resume")
    assert world.started == [made, made]
    world.job().run(made)
    assert browser("reviewer").get(f"/publish/{made}/progress").headers["hx-refresh"] == "true"


def test_a_candidate_can_be_cancelled_checked_again_and_put_aside(world, browser) -> None:
    made = make(world, browser)
    browser("reviewer").post(f"/publish/{made}/cancel")
    assert world.candidates.get(made).state is State.FAILED
    browser("reviewer").post(f"/publish/{made}/again")
    assert world.candidates.get(made).state is State.BUILDING and world.started == [made, made]
    world.job().run(made)
    browser("reviewer").post(f"/publish/{made}/retire")
    assert world.candidates.get(made).state is State.RETIRED
    assert browser("reviewer").post(f"/publish/{made}/again").status_code == 409


def test_changed_answers_are_filtered_paged_and_shown_as_text(world, browser) -> None:
    row = {"conversation": "c" * 22, "channel": "web", "at": 1.0, "answer": "", "status": "answered", "aspects": "[]", "candidates": "[]"}
    with world.desk.engine.begin() as connection:
        connection.execute(TURNS.insert(), [{**row, "id": f"{n:022d}", "question": f"{ATTACK} câu {n}"} for n in range(25)])
    now = serving(world.var)
    world.edit(person("curator"))
    world.trials.answer = lambda served, question: reply() if served == now or question.startswith("nuôi") else reply(text=ATTACK, status="unclear_case" if "câu 7" in question else "answered")
    made = world.checked(person("reviewer"))
    every = browser("publisher").get(f"/publish/{made.id}").text
    assert "Trang 1 / 2" in every and "alert(1)&lt;/script&gt; câu" in every and ATTACK not in every
    some = browser("publisher").get(f"/publish/{made.id}?kind=status").text
    assert "câu 7" in some and "câu 8" not in some
    for odd in ("?page=0", "?page=x", "?page=99999999999999", "?kind=%00"):
        assert browser("publisher").get(f"/publish/{made.id}{odd}").status_code == 200
    with world.desk.engine.begin() as connection:
        connection.execute(TURNS.delete())
    assert "đã được xóa" in browser("publisher").get(f"/publish/{made.id}").text


class Server:
    def __init__(self) -> None:
        self.asked = []

    def say(self, message, conversation):
        self.asked.append((message, conversation))
        return "talk", reply(text=f"Dạ {ATTACK}")


def preview(world, opened):
    def open_it(settings, candidate):
        if isinstance(opened, Exception):
            raise opened
        return opened

    world.desk = dataclasses.replace(world.desk, extra={**world.desk.extra, "publish_preview": open_it})


def test_a_preview_talks_with_the_candidate_and_keeps_nothing(world, browser) -> None:
    made, server = world.checked(person("reviewer")), Server()
    preview(world, server)
    page = Browser(world.desk, person("curator"), entries(world.desk))
    assert "Câu hỏi" in page.get(f"/publish/{made.id}/chat").text
    first = page.post(f"/publish/{made.id}/chat", {"message": "phí bao nhiêu", "conversation": ""})
    assert "phí bao nhiêu" in first.text and ATTACK not in first.text and 'value="talk"' in first.text
    past = '{"question": "phí bao nhiêu", "replies": [{"text": "Dạ", "status": "answered"}]}'
    second = page.post(f"/publish/{made.id}/chat", {"message": "còn hạn?", "conversation": "talk", "past": [past, "[", "{}"]})
    assert server.asked == [("phí bao nhiêu", None), ("còn hạn?", "talk")] and second.text.count("<li><p><strong>") == 2
    with world.desk.engine.connect() as connection:
        assert connection.execute(TURNS.select()).first() is None


@pytest.mark.parametrize("opened, status, told", [(None, 200, "đang khởi động"), (Refused("Chờ khoảng 10 phút."), 409, "10 phút")])
def test_a_preview_that_is_not_there_yet_is_told(world, opened, status, told) -> None:
    made = world.checked(person("reviewer"))
    preview(world, opened)
    answer = Browser(world.desk, person("curator"), entries(world.desk)).get(f"/publish/{made.id}/chat")
    assert answer.status_code == status and told in answer.text


def test_the_pages_keep_to_the_policy(world, browser) -> None:
    made = world.checked(person("reviewer"))
    for path in ("/publish", "/publish/new", f"/publish/{made.id}"):
        page = browser("publisher").get(path).text
        assert page.count("<h1") == 1 and " style=" not in page and "onclick" not in page and "<script>" not in page
