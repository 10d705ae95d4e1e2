from __future__ import annotations

import json

import numpy as np
import pytest
import sqlalchemy as sa

from bot.gateway.tables import FEEDBACK, TURNS
from bot.staff.queue import clusters
from bot.staff.queue.signals import kinds_of
from bot.staff.queue.tables import CLUSTERS, MEMBERS
from tests.bot.staff.conftest import NOW, person
from tests.small import HashedEncoder

ENCODER = HashedEncoder()
BOATS, DRUMS = ("tổ chức đua thuyền rồng", "xin tổ chức đua thuyền rồng", "tổ chức đua thuyền rồng đâu"), "mua trống đồng cổ"


def vectors(question: str) -> np.ndarray:
    return ENCODER.queries([question])[0]


def sync(desk, most: int = 100) -> int:  # noqa: ANN001
    return clusters.sync(desk.engine, vectors, "hashed", desk.clock(), most)


def rows(desk) -> list:  # noqa: ANN001
    with desk.engine.connect() as connection:
        return connection.execute(sa.select(CLUSTERS).order_by(CLUSTERS.c.n.desc(), CLUSTERS.c.id)).all()


@pytest.mark.parametrize(
    ("status", "margin", "down", "kinds"),
    [
        ("unanswerable_not_found", None, False, ("unanswered",)),
        ("unanswerable_switched_off", None, False, ()),
        ("unanswerable_own_case", None, True, ("thumbs_down",)),
        ("unclear_procedure", 0.1, True, ("thumbs_down", "unclear")),
        ("redirected_officer", None, False, ("handed_over",)),
        ("redirected_emergency", None, False, ()),
        ("answered", 0.69, False, ("low_margin",)),
        ("answered", 0.70, False, ()),
        ("answered", None, False, ()),
    ],
)
def test_a_turn_has_the_signals_of_its_status_margin_and_thumb(status, margin, down, kinds) -> None:  # noqa: ANN001
    assert kinds_of(status, margin, down) == kinds


def test_questions_of_one_matter_are_one_cluster_and_are_taken_up_once(desk, asked) -> None:  # noqa: ANN001
    for question in (*BOATS, DRUMS):
        asked(question)
    asked("chào bạn", "smalltalk_greeting")
    assert (sync(desk), sync(desk)) == (4, 0)
    assert [(row.n, row.title) for row in rows(desk)] == [(3, BOATS[0]), (1, DRUMS)]


def test_a_limit_leaves_the_rest_for_the_next_time(desk, asked) -> None:  # noqa: ANN001
    for question in (*BOATS, DRUMS):
        asked(question)
    assert [sync(desk, 3), sync(desk, 3), sync(desk, 3)] == [3, 1, 0]


def test_a_thumb_that_comes_later_is_counted(desk, asked) -> None:  # noqa: ANN001
    turn, fine = asked(DRUMS), asked("đua thuyền", "answered", margin=0.99)
    sync(desk)
    with desk.engine.begin() as connection:
        for one in (turn, fine):
            connection.execute(FEEDBACK.insert().values(turn=one, at=NOW, value="down", reason="sai rồi"))
    assert sync(desk) == 1
    assert sorted(row.signals for row in rows(desk)) == sorted([json.dumps({"thumbs_down": 1, "unanswered": 1}), json.dumps({"thumbs_down": 1})])


def test_an_erased_question_leaves_with_the_title_it_gave(desk, asked) -> None:  # noqa: ANN001
    kept, erased = asked(DRUMS), asked(BOATS[0])
    sync(desk)
    with desk.engine.begin() as connection:
        connection.execute(TURNS.update().where(TURNS.c.id == erased).values(question=None))
        assert clusters.forget(connection) == 1
        assert connection.execute(sa.select(MEMBERS.c.turn)).scalars().all() == [kept]
    assert sorted((row.n, row.title) for row in rows(desk)) == [(0, ""), (1, DRUMS)]


def test_a_split_stays_and_a_merge_moves_all(desk, asked) -> None:  # noqa: ANN001
    turns = [asked(question) for question in BOATS]
    sync(desk)
    first = rows(desk)[0].id
    new = clusters.split(desk.engine, first, [turns[2]], NOW)
    sync(desk)
    assert {row.id: row.n for row in rows(desk)} == {first: 2, new: 1}
    clusters.merge(desk.engine, first, new, person("curator"), NOW)
    assert {row.id: (row.n, row.state) for row in rows(desk)} == {first: (3, "open"), new: (0, "done")}


@pytest.mark.parametrize("chosen", [(), (0, 1, 2)])
def test_a_split_of_nothing_or_of_all_is_refused(desk, asked, chosen) -> None:  # noqa: ANN001
    turns = [asked(question) for question in BOATS]
    sync(desk)
    with pytest.raises(clusters.QueueError, match="để lại ít nhất một câu"):
        clusters.split(desk.engine, rows(desk)[0].id, [turns[n] for n in chosen], NOW)


@pytest.mark.parametrize(("live", "state"), [(True, "open"), (False, "done")])
def test_a_question_after_its_fix_went_live_opens_the_cluster_again(desk, asked, live, state) -> None:  # noqa: ANN001
    asked(BOATS[0])
    sync(desk)
    clusters.close(desk.engine, rows(desk)[0].id, person("curator"), NOW, "done", "phrasing", "", 7)
    with desk.engine.begin() as connection:
        assert clusters.mark_published(connection, 6, NOW) == 0
        if live:
            assert clusters.mark_published(connection, 7, NOW) == 1
    asked(BOATS[1], at=NOW + 60)
    sync(desk)
    assert [(row.n, row.state) for row in rows(desk)] == [(2, state)]


def test_another_encoder_renews_the_vectors_and_keeps_the_clusters(desk, asked) -> None:  # noqa: ANN001
    for question in BOATS:
        asked(question)
    sync(desk)
    before = rows(desk)[0].id
    wide = HashedEncoder("wide", 128)
    asked("đua thuyền rồng tổ chức")
    clusters.sync(desk.engine, lambda question: wide.queries([question])[0], "wide", NOW, 100)
    assert [(row.id, row.n) for row in rows(desk)] == [(before, 4)]
