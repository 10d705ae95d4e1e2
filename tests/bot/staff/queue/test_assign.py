"""Clusters given to colleagues: by whom, to whom, until when; the three views of the list; what two people do at the same time."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from bot.staff.people.accounts import Accounts
from bot.staff.people.passwords import Passwords
from bot.staff.person import Person
from bot.staff.queue.tables import CLUSTERS
from bot.staff.rights import RIGHTS, Right, Role

BOATS, DRUMS = "tổ chức đua thuyền rồng", "mua trống đồng cổ"
TODAY = "2026-11-23"


@pytest.fixture
def office(searching) -> dict[str, Person]:  # noqa: ANN001
    """One account of each role; the curator's name needs escaping."""
    accounts = Accounts(searching.engine, searching.clock, Passwords(PasswordHasher(1, 8, 1)))
    names = {role: f"Người {role.value}" for role in Role} | {Role.CURATOR: "Lan <b>"}
    return {role.value: accounts.add(role.value, name, [role], None) for role, name in names.items()}


@pytest.fixture
def two(searching, browser, asked) -> dict[str, str]:  # noqa: ANN001
    """Title -> id of two clusters."""
    asked(DRUMS), asked(BOATS)
    browser("curator").get("/queue")
    with searching.engine.connect() as connection:
        return dict(connection.execute(sa.select(CLUSTERS.c.title, CLUSTERS.c.id)).all())


def row_of(desk, cluster: str) -> sa.engine.Row:  # noqa: ANN001
    with desk.engine.connect() as connection:
        return connection.execute(sa.select(CLUSTERS).where(CLUSTERS.c.id == cluster)).one()


def titles(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)', page)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_works_in_the_queue_gives_and_only_who_may_edit_is_given(searching, browser, office, two, role) -> None:  # noqa: ANN001
    giver, path = browser(role.value), f"/queue/{two[DRUMS]}"
    sent = giver.post(path, {"owner": office["reviewer"].id, "owner_seen": ""})
    if Right.QUEUE not in RIGHTS[role]:
        assert sent.status_code == 403 and row_of(searching, two[DRUMS]).owner is None
        assert giver.post("/queue/assign", {"id": two[DRUMS], "owner": office["reviewer"].id}).status_code == 403
        return
    assert sent.status_code == 303 and row_of(searching, two[DRUMS]).owner_name == "Người reviewer"
    for other, person in office.items():
        answer = giver.post("/queue/assign", {"id": two[BOATS], "owner": person.id})
        may = Right.EDIT in RIGHTS[Role(other)]
        assert answer.status_code == (303 if may else 400), other
        assert (row_of(searching, two[BOATS]).owner == person.id) is may


def test_the_page_offers_those_who_may_edit_and_oneself(searching, browser, office, two) -> None:  # noqa: ANN001
    page = browser("publisher").get(f"/queue/{two[DRUMS]}").text
    names = re.findall(r"<option[^>]*>([^<]*)", re.search(r'<select id="owner".*?</select>', page, re.S)[0])
    assert names == ["Chưa có ai", "Cán bộ publisher 1", "Lan &lt;b&gt;", "Người reviewer"]
    Accounts(searching.engine, searching.clock).disable(office["reviewer"].id)
    assert "Người reviewer" not in browser("publisher").get(f"/queue/{two[DRUMS]}").text
    refused = browser("publisher").post(f"/queue/{two[DRUMS]}", {"owner": office["reviewer"].id, "owner_seen": "", "note": "gấp", "due": "2026-12-01"})
    assert refused.status_code == 400 and "không còn nhận việc được" in refused.text
    assert 'value="gấp"' in refused.text and 'value="2026-12-01"' in refused.text and row_of(searching, two[DRUMS]).note == ""


def test_owner_and_day_are_in_the_log(searching, browser, office, two) -> None:  # noqa: ANN001
    browser("curator").post(f"/queue/{two[DRUMS]}", {"owner": office["reviewer"].id, "owner_seen": "", "due": "2026-12-01", "note": "gọi điện"})
    who, action, subject, before, after, _ = searching.audit.rows[-1]
    assert (who[:8], action, subject) == ("curator1", "queue.change", two[DRUMS])
    assert before == {"due": None, "note": "", "owner": None, "owner_name": None}
    assert after == {"due": "2026-12-01", "note": "gọi điện", "owner": office["reviewer"].id, "owner_name": "Người reviewer"}


def test_several_are_given_at_once_and_what_was_taken_meanwhile_stays(searching, browser, office, two) -> None:  # noqa: ANN001
    giver, taker = browser("curator"), browser("reviewer")
    page = giver.get("/queue").text
    assert '<option value="" selected>Chọn người</option>' in page  # Enter in a field of the list gives nothing to anybody
    fields = dict(re.findall(r'name="(owner-of-[^"]+)" value="([^"]*)"', page))
    assert set(fields) == {f"owner-of-{one}" for one in two.values()}
    taker.post(f"/queue/{two[BOATS]}", {"take": "1", "owner_seen": ""})
    sent = giver.post("/queue/assign", {**fields, "id": list(two.values()), "owner": office["curator"].id, "due": "2026-12-02"})
    assert sent.status_code == 303 and "Đã giao 1 nhóm cho Lan" in giver.get("/queue").text
    assert (row_of(searching, two[DRUMS]).owner, row_of(searching, two[DRUMS]).due) == (office["curator"].id, "2026-12-02")
    assert (row_of(searching, two[BOATS]).owner_name, row_of(searching, two[BOATS]).due) == ("Cán bộ reviewer 1", None)
    assert [row[2] for row in searching.audit.rows] == [two[BOATS], two[DRUMS]]


@pytest.mark.parametrize("fields", [{}, {"owner": "x" * 22}, {"due": "2026-02-30"}])
def test_nothing_is_given_to_nobody_or_without_a_real_day(searching, browser, office, two, fields) -> None:  # noqa: ANN001
    sent = browser("curator").post("/queue/assign", {"id": two[DRUMS], "owner": office["curator"].id if "due" in fields else "", **fields})
    assert sent.status_code == 400 and row_of(searching, two[DRUMS]).owner is None
    assert browser("curator").post("/queue/assign", {"owner": office["curator"].id}).status_code == 400


@pytest.mark.parametrize("script", [True, False])
def test_of_two_who_give_at_once_the_second_is_told_and_loses_no_word(searching, browser, office, two, script) -> None:  # noqa: ANN001
    path, headers = f"/queue/{two[DRUMS]}", {"HX-Request": "true"} if script else {}
    browser("reviewer").post(path, {"owner": office["reviewer"].id, "owner_seen": ""})
    late = browser("curator").post(path, {"owner": office["curator"].id, "owner_seen": "", "note": "đã gọi"}, headers=headers)
    assert late.status_code == (200 if script else 409)
    assert "Người reviewer vừa được giao nhóm này" in late.text and 'value="đã gọi"' in late.text
    assert ("<html" in late.text) is not script
    assert (row_of(searching, two[DRUMS]).owner, row_of(searching, two[DRUMS]).note) == (office["reviewer"].id, "")


def test_a_note_from_an_old_page_leaves_the_owner_of_now(searching, browser, office, two) -> None:  # noqa: ANN001
    path = f"/queue/{two[DRUMS]}"
    browser("reviewer").post(path, {"owner": office["reviewer"].id, "owner_seen": ""})
    assert browser("curator").post(path, {"owner": "", "owner_seen": "", "note": "đã gọi"}).status_code == 303
    assert (row_of(searching, two[DRUMS]).owner, row_of(searching, two[DRUMS]).note) == (office["reviewer"].id, "đã gọi")


@pytest.mark.parametrize(("column", "first", "second", "told"), [
    ("note", "đã gọi lần một", "chờ công văn", "Ghi chú vừa được người khác sửa thành “đã gọi lần một”"),
    ("due", "2026-12-01", "2026-12-08", "Hạn xử lý vừa được người khác đổi thành 01/12/2026"),
])
def test_what_both_change_is_asked_again_and_nothing_typed_is_lost(searching, browser, two, column, first, second, told) -> None:  # noqa: ANN001
    path, drawn = f"/queue/{two[DRUMS]}", {"due_seen": "", "note_seen": "", "owner_seen": ""}
    assert browser("reviewer").post(path, {**drawn, column: first}).status_code == 303
    late = browser("curator").post(path, {**drawn, column: second})
    assert late.status_code == 409 and told in late.text and f'value="{second}"' in late.text
    assert f'name="{column}_seen" value="{first}"' in late.text
    assert getattr(row_of(searching, two[DRUMS]), column) == first
    assert browser("curator").post(path, {**drawn, f"{column}_seen": first, column: second}).status_code == 303
    assert getattr(row_of(searching, two[DRUMS]), column) == second


def test_what_was_left_as_it_stood_is_not_set_back(searching, browser, two) -> None:  # noqa: ANN001
    path, drawn = f"/queue/{two[DRUMS]}", {"due": "", "due_seen": "", "note": "", "note_seen": "", "owner": "", "owner_seen": ""}
    browser("reviewer").post(path, {**drawn, "due": "2026-12-01"})
    assert browser("curator").post(path, {**drawn, "note": "đã gọi"}).status_code == 303
    assert (row_of(searching, two[DRUMS]).due, row_of(searching, two[DRUMS]).note) == ("2026-12-01", "đã gọi")


def test_the_views_are_mine_nobodys_and_overdue(searching, browser, office, two) -> None:  # noqa: ANN001
    person = browser("curator")
    person.post(f"/queue/{two[DRUMS]}", {"take": "1", "due": "2026-11-22"})
    views = {query: titles(person.get(f"/queue?{query}").text) for query in ("owner=me", "owner=none", "due=late")}
    assert views == {"owner=me": [DRUMS], "owner=none": [BOATS], "due=late": [DRUMS]}
    page = person.get("/queue?due=late").text
    assert re.findall(r">([^<]+ \(\d+\))</a>", page) == ["Đang chờ (2)", "Của tôi (1)", "Chưa ai nhận (1)", "Quá hạn (1)"]
    assert re.findall(r'aria-current="page">([^<]+ \(\d+\))', page) == ["Quá hạn (1)"]
    assert titles(browser("reviewer").get("/queue?owner=me").text) == []


@pytest.mark.parametrize(("due", "state", "late"), [("2026-11-22", "open", True), (TODAY, "open", False), (None, "open", False), ("2026-11-22", "ignored", False)])
def test_overdue_is_what_is_open_after_its_day(browser, two, due, state, late) -> None:  # noqa: ANN001
    person = browser("curator")
    person.post(f"/queue/{two[DRUMS]}", {"due": due or "", "state": state})
    assert (DRUMS in titles(person.get("/queue?due=late&state=all").text)) is late
