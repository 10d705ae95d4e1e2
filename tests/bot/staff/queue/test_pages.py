from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from bot.gateway.tables import TURNS
from bot.staff.queue.tables import CLUSTERS
from tests.small import REGISTER

BOATS, DRUMS = ("tổ chức đua thuyền rồng", "xin tổ chức đua thuyền rồng"), "<b>mua</b> trống đồng cổ"


def first(desk) -> sa.engine.Row:  # noqa: ANN001
    with desk.engine.connect() as connection:
        return connection.execute(sa.select(CLUSTERS).order_by(CLUSTERS.c.n.desc(), CLUSTERS.c.id)).first()


def test_the_queue_lists_clusters_heaviest_first_and_escapes_them(searching, browser, asked) -> None:  # noqa: ANN001
    asked(DRUMS)
    for question in BOATS:
        asked(question)
    page = browser("curator").get("/queue").text
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]*)', page) == [BOATS[0], "&lt;b&gt;mua&lt;/b&gt; trống đồng cổ"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("signal=thumbs_down", ["trống đồng"]),
        ("signal=unanswered", ["đua thuyền rồng"]),
        ("channel=zalo", ["trống đồng"]),
        ("procedure=1.900001", ["đua thuyền rồng"]),
        ("days=1", ["đua thuyền rồng", "trống đồng"]),
        ("state=done", []),
        ("owner=none", ["đua thuyền rồng", "trống đồng"]),
        ("owner=xyz", []),
        ("days=x&page=9&state=odd", []),
    ],
)
def test_the_queue_is_filtered(browser, asked, query, titles) -> None:  # noqa: ANN001
    asked("trống đồng", "answered", "sai", channel="zalo")
    asked("đua thuyền rồng", candidates='["1.900001"]')
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]*)', browser("curator").get(f"/queue?{query}").text) == titles


def test_owner_due_and_state_change_in_place_and_without_script(searching, browser, asked) -> None:  # noqa: ANN001
    asked(DRUMS)
    person = browser("curator")
    person.get("/queue")
    path = f"/queue/{first(searching).id}"
    part = person.post(path, {"due": "2026-12-01", "note": "gọi điện", "take": "1"}, headers={"HX-Request": "true"}).text
    assert "<html" not in part and "Cán bộ curator 1" in part
    assert person.post(path, {"due": "", "note": "", "state": "ignored"}).status_code == 303
    row = first(searching)
    assert (row.due, row.owner_name, row.state) == (None, "Cán bộ curator 1", "ignored")
    assert person.post(path, {"due": "2026-02-30"}).status_code == 400
    assert person.post(path, {"state": "open"}).status_code == 303
    assert first(searching).state == "open"
    assert [row[1] for row in searching.audit.rows] == ["queue.change", "queue.change", "queue.ignore", "queue.reopen"]


def test_a_cluster_becomes_a_phrasing_with_its_check_question(searching, browser, asked) -> None:  # noqa: ANN001
    for question in BOATS:
        asked(question)
    person = browser("curator")
    person.get("/queue")
    path = f"/queue/{first(searching).id}/resolve"
    form = person.get(f"{path}?how=phrasing").text
    assert all(question in form for question in BOATS)
    fields = {"how": "phrasing", "sentences": "đua ghe ngo\nđua ghe trên sông", "code": REGISTER, "aspects": ["steps", "fees"]}
    refused = person.post(path, {**fields, "sentences": "mẹ [họ tên] đua ghe"})
    assert refused.status_code == 400 and "còn chỗ đã che" in refused.text and "mẹ [họ tên] đua ghe" in refused.text
    assert person.post(path, fields).status_code == 303
    assert "  fees+steps:\n" in searching.content.tree()["phrasings/tat-ca.yml"] or "steps" in searching.content.tree()["phrasings/tat-ca.yml"]
    row = first(searching)
    assert (row.state, row.how, row.revision) == ("done", "phrasing", searching.content.head())
    assert len(searching.content.paths("regression/")) == 1
    assert searching.audit.rows[-1][1] == "queue.resolve"


@pytest.mark.parametrize("how", ["phrasing", "alias", "faq", "record", "out_of_scope", "nothing"])
def test_every_way_has_a_form(searching, browser, asked, how) -> None:  # noqa: ANN001
    asked(DRUMS)
    person = browser("reviewer")
    person.get("/queue")
    page = person.get(f"/queue/{first(searching).id}/resolve?how={how}")
    assert page.status_code == 200 and f'value="{how}"' in page.text


def test_a_record_fix_opens_the_record_with_the_note(searching, browser, asked) -> None:  # noqa: ANN001
    asked(DRUMS)
    person = browser("curator")
    person.get("/queue")
    sent = person.post(f"/queue/{first(searching).id}/resolve", {"how": "record", "sentences": "ong", "code": REGISTER, "reason": "phí cũ"})
    assert sent.headers["location"] == f"/can-bo/procedures/{REGISTER}?note=ph%C3%AD%20c%C5%A9"


def test_several_clusters_are_ignored_at_once(searching, browser, asked) -> None:  # noqa: ANN001
    asked(DRUMS), asked(BOATS[0])
    person = browser("curator")
    page = person.get("/queue").text
    person.post("/queue/ignore", {"id": re.findall(r'name="id" value="([^"]+)"', page), "reason": "đùa"})
    assert "Không có nhóm nào" in person.get("/queue").text


def test_a_cluster_shows_its_questions_until_they_are_erased(searching, browser, asked) -> None:  # noqa: ANN001
    asked(DRUMS, why='{"rule": "not_found", "hits": [{"code": "1.1", "name": "Nuôi ong", "score": 0.3}]}')
    person = browser("curator")
    person.get("/queue")
    path = f"/queue/{first(searching).id}"
    assert "không tìm thấy thủ tục nào đủ gần: Nuôi ong (30 %)" in person.get(path).text
    with searching.engine.begin() as connection:
        connection.execute(TURNS.update().values(question=None, answer=None, why=None))
    assert "trống đồng" not in person.get(path).text


@pytest.mark.parametrize("question", ["nuoi ong can giay gi", "mua trống đồng cổ", "thủ tục 1.900001", "bao nhiêu tiền"])
def test_any_question_is_explained(browser, question) -> None:  # noqa: ANN001
    page = browser("publisher").get("/explain", params={"q": question})
    assert page.status_code == 200 and re.search(r'<p class="note">(?:Bot|Trong câu) ', page.text)


def test_what_is_typed_is_masked_before_it_is_explained(browser) -> None:  # noqa: ANN001
    assert "0912345678" not in browser("curator").get("/explain", params={"q": "gọi 0912345678 nuôi ong"}).text.replace('value="gọi 0912345678 nuôi ong"', "")


def test_a_turn_is_explained_with_what_was_heard_then(browser, asked) -> None:  # noqa: ANN001
    turn = asked("nuôi ong", why='{"intent": "ask_fees", "confidence": 0.9, "aspects": {"fees": 0.8}, "rule": "found"}')
    page = browser("curator").get(f"/explain?turn={turn}").text
    assert "Phí, lệ phí (80 %)" in page and "Hỏi phí, lệ phí (90 %)" in page and "tìm thấy rõ một thủ tục" in page
    assert browser("curator").get("/explain?turn=unknown").status_code == 404


@pytest.mark.parametrize("path", ["/queue", "/explain?q=ong"])
def test_who_has_no_right_sees_nothing(browser, path) -> None:  # noqa: ANN001
    assert browser("auditor").get(path).status_code == 403
