"""Figures of a week counted by hand, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from bot.gateway.tables import TURNS
from bot.staff.figures.numbers import read_figures
from bot.staff.figures.period import Period
from bot.staff.figures.satisfaction import read_satisfaction
from bot.staff.figures.unanswered import SHOWN, Fixes, read_fixes, top_gaps

from .world import SILENT, at, fill, turn

WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))


@pytest.fixture
def figures(desk):
    fill(desk.engine)
    with desk.engine.connect() as connection:
        return read_figures(connection, WEEK)


def test_questions_are_counted_from_midnight_to_midnight_in_vietnam(figures) -> None:
    assert figures.questions == 7 + 9  # turns 1 to 7, and the day that only `counts` knows
    assert figures.statuses == {
        "unanswerable_out_of_scope": 6, "answered": 6, "unanswerable_not_found": 2, "answered_expired_warning": 1, "unclear_procedure": 1
    }
    assert dict(figures.families) == {
        "answered": 7, "unclear": 1, "unanswerable": 8, "redirected": 0, "refused": 0, "smalltalk": 0, "error": 0
    }
    assert figures.share("answered") == 7 / 16
    assert figures.channels == {"web": 14, "zalo": 2}


def test_days_hours_and_weekdays(figures) -> None:
    assert [(day, sum(row.values())) for day, row in figures.days] == [
        ("2026-11-16", 3), ("2026-11-17", 2), ("2026-11-18", 0), ("2026-11-19", 9), ("2026-11-20", 0), ("2026-11-21", 0), ("2026-11-22", 2)
    ]
    assert {hour: n for hour, n in enumerate(figures.hours) if n} == {0: 1, 9: 2, 14: 2, 23: 2}
    assert figures.weekdays == (3, 2, 0, 9, 0, 0, 2)


def test_what_is_no_longer_kept_is_told(figures) -> None:
    assert figures.conversations == 4 and figures.unlinked == 1 + 9
    assert figures.counted_days == ("2026-11-19",)


def test_procedures_are_questions_and_aspects_are_counts(figures) -> None:
    assert figures.procedures == (("2.000815", 4), ("1.001193", 3))
    assert figures.aspects == (("fees", 11), ("documents", 1))


def test_an_empty_period_divides_by_nothing(desk) -> None:
    with desk.engine.connect() as connection:
        figures, liked = read_figures(connection, WEEK), read_satisfaction(connection, WEEK)
        assert top_gaps(connection, WEEK) == [] and read_fixes(connection, WEEK).n == 0
    assert figures.questions == 0 and figures.share("answered") is None and len(figures.days) == 7
    assert liked.up_share is None and liked.mean is None


def test_thumbs_and_stars_of_the_period(desk) -> None:
    fill(desk.engine)
    with desk.engine.connect() as connection:
        liked = read_satisfaction(connection, WEEK)
    assert (liked.up, liked.down, liked.stars) == (2, 1, (0, 0, 0, 1, 1))
    assert liked.up_share == 2 / 3 and liked.mean == 4.5


def test_without_a_queue_the_same_question_in_other_letters_is_one_gap(desk) -> None:
    fill(desk.engine)
    with desk.engine.connect() as connection:
        assert [(gap.text, gap.n, gap.cluster) for gap in top_gaps(connection, WEEK)] == [("nuôi hổ có cần giấy phép không", 2, None)]


def test_a_long_question_ends_after_a_whole_word(desk) -> None:
    words = "tôi muốn hỏi về việc xin phép nuôi hổ trong vườn nhà, " * 6
    with desk.engine.begin() as connection:
        connection.execute(TURNS.insert().values(**turn(1, "2026-11-17 14:00", **SILENT, question=words)))
        (gap,) = top_gaps(connection, WEEK)
    assert len(gap.text) <= SHOWN and gap.text.endswith("…") and words.startswith(gap.text[:-1] + " ")


def test_with_a_queue_its_clusters_are_the_gaps_and_tell_the_time_to_fix(desk) -> None:
    fill(desk.engine)
    rows = [
        ("k1", "Nuôi hổ", at("2026-11-17 15:00"), at("2026-11-17 17:00")),
        ("k2", "Nuôi gấu", at("2026-11-01 00:00"), at("2026-11-20 00:00")),
        ("k3", "Chưa xong", at("2026-11-01 00:00"), None),
        ("k4", "Xong ở kỳ sau", at("2026-11-01 00:00"), at("2026-11-23 00:00")),
    ]
    with desk.engine.begin() as connection:
        for table in ("staff_cluster_turns", "staff_clusters"):
            connection.execute(sa.text(f"drop table if exists {table}"))
        connection.execute(sa.text("create table staff_clusters (id varchar(22), title text, opened_at float, published_at float)"))
        connection.execute(sa.text("create table staff_cluster_turns (cluster varchar(22), turn varchar(22))"))
        for row in rows:
            connection.execute(sa.text("insert into staff_clusters values (:a, :b, :c, :d)"), dict(zip("abcd", row)))
        connection.execute(sa.text("insert into staff_cluster_turns values ('k1', 'turn000000000000000004')"))
        assert [(gap.text, gap.n, gap.cluster) for gap in top_gaps(connection, WEEK)] == [("Nuôi hổ", 1, "k1")]
        assert read_fixes(connection, WEEK) == Fixes(2, (2 * 3600 + 19 * 86400) / 2, 19 * 86400)
