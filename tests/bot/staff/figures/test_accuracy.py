"""Intervals and agreement against numbers worked out by hand."""

from __future__ import annotations

import pytest

from bot.staff.figures.accuracy import Accuracy, kappa, read_accuracy, read_agreement, read_faults, together, verdict_of, wilson
from bot.staff.figures.tables import JUDGEMENTS, SAMPLE


@pytest.mark.parametrize(
    "right, n, low, high",
    [(45, 50, 0.7864, 0.9565), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson(right, n, low, high) -> None:
    """81 of 263: Newcombe (1998), table I."""
    assert wilson(right, n) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_kappa() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.7 seen, 0.5 by chance."""
    both = [("right", "right")] * 20 + [("right", "wrong")] * 5 + [("wrong", "right")] * 10 + [("wrong", "wrong")] * 15
    assert kappa(both) == pytest.approx(0.4)
    assert kappa([("right", "wrong"), ("wrong", "right")]) == pytest.approx(-1)
    assert kappa([("right", "right")] * 9) is None and kappa([]) is None


@pytest.mark.parametrize(
    "verdicts, told",
    [([], None), (["unsure"], "unsure"), (["unsure", "right"], "right"), (["right", "wrong"], "wrong"), (["wrong", "unsure"], "wrong")],
)
def test_people_who_differ_never_make_the_headline_better(verdicts, told) -> None:
    assert verdict_of(verdicts) == told


def test_weeks_are_counted_apart_and_together(desk) -> None:
    weeks = ["2026-W47", "2026-W46", "2026-W45"]
    said = [
        ("2026-W47", "t1", "a", "right", None), ("2026-W47", "t1", "b", "right", None), ("2026-W47", "t2", "a", "right", None),
        ("2026-W47", "t2", "b", "wrong", "content"), ("2026-W47", "t3", "a", "unsure", None), ("2026-W46", "t9", "b", "right", None),
        ("2026-W40", "t0", "b", "wrong", "content"),
    ]
    with desk.engine.begin() as connection:
        rows = [("2026-W47", f"t{i}", i) for i in range(1, 6)] + [("2026-W46", "t9", 1)]
        connection.execute(SAMPLE.insert(), [dict(zip(("week", "turn", "position"), row)) for row in rows])
        keys = ("week", "turn", "judge", "verdict", "fault")
        connection.execute(JUDGEMENTS.insert(), [{**dict(zip(keys, row)), "judge_name": row[2].upper(), "at": 1.0} for row in said])
        found = read_accuracy(connection, weeks)
        [pair] = read_agreement(connection, weeks)
        assert read_faults(connection, weeks) == {"content": 1}
    assert found["2026-W47"] == Accuracy(drawn=5, right=1, wrong=1, unsure=1, split=1) and found["2026-W47"].unjudged == 2
    assert found["2026-W45"] == Accuracy() and found["2026-W45"].share is None and found["2026-W45"].interval is None
    assert together(found.values()).share == 2 / 3
    assert (pair.names, pair.n, pair.same, pair.kappa) == (("A", "B"), 2, 1, 0.0)
