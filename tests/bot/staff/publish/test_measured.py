"""The eval set's figures: read from its script, kept for what serves, and judged against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.staff.publish.candidates import State
from bot.staff.publish.measured import LiveFigures, MeasureError, judged, measure, script_for
from bot.staff.publish.served import Served, serving

from ..conftest import person

SCRIPT = """import json, sys
args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
right = 0.5 if "{marker}" in open(args["--questions"] + "/figures.txt").read() else 0.9
json.dump({{"singles": {{"rows": [["ALL", 100, right, 0.95, 0.02, 0.03, float("nan"), 1.0]]}}}}, open(args["--json"], "w"))
"""


def figures(**changes: float) -> dict:
    return {"n": 100, "right": 0.8, "right_choice": 0.9, "wrong": 0.02, "silent": 0.1, "aspects": 1.0, "facts": None, **changes}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "singles.jsonl").write_text("{}\n", "utf-8")
    (folder / "figures.txt").write_text("good", "utf-8")
    (folder / "measure.py").write_text(SCRIPT.format(marker="bad"), "utf-8")
    return folder


@pytest.mark.parametrize("candidate, ok", [
    (figures(), True), (figures(right=0.795), True), (figures(right=0.789), False), (figures(right=0.99, wrong=0.021), False), (figures(wrong=0.0), True),
])  # fmt: skip
def test_right_may_fall_a_little_and_wrong_may_not_rise(candidate: dict, ok: bool) -> None:
    found = judged(figures(), candidate)
    assert found["ok"] is ok and bool(found["told"]) is not ok


def test_while_nothing_serves_there_is_nothing_to_fall_behind() -> None:
    assert judged(None, figures(right=0.0, wrong=1.0))["ok"]


def test_the_script_is_found_beside_the_questions_or_in_eval(questions: Path, tmp_path: Path) -> None:
    assert script_for(None) is None and script_for(tmp_path) is None
    assert script_for(questions) == questions / "measure.py"
    (tmp_path / "eval").mkdir()
    (questions / "measure.py").rename(tmp_path / "eval" / "measure.py")
    assert script_for(questions) == tmp_path / "eval" / "measure.py"


def test_figures_are_read_from_the_script(questions: Path) -> None:
    found = measure(questions / "measure.py", questions, "http://127.0.0.1:9", lambda done, total: None)
    assert (found["n"], found["right"], found["wrong"], found["aspects"], found["facts"]) == (100, 0.9, 0.02, None, 1.0)


def test_a_script_that_fails_is_told(questions: Path) -> None:
    (questions / "measure.py").write_text("raise SystemExit(3)", "utf-8")
    with pytest.raises(MeasureError, match="mã 3"):
        measure(questions / "measure.py", questions, "http://127.0.0.1:9", lambda done, total: None)


def test_figures_of_what_serves_are_kept_until_the_questions_change(questions: Path, tmp_path: Path) -> None:
    served = Served("a", "b", None)
    LiveFigures(tmp_path, served, questions).keep(figures())
    assert LiveFigures(tmp_path, served, questions).read() == figures()
    assert LiveFigures(tmp_path, Served("c", "b", None), questions).read() is None
    (questions / "singles.jsonl").write_text("{}\n{}\n", "utf-8")
    assert LiveFigures(tmp_path, served, questions).read() is None


def test_figures_that_fall_block_a_candidate(sqlite_world, questions: Path) -> None:
    world = sqlite_world
    LiveFigures(world.var, serving(world.var), questions).keep(figures(right=0.9))
    for marker, wanted in (("good", State.READY), ("bad", State.BLOCKED)):
        (questions / "figures.txt").write_text(marker, "utf-8")
        made = world.candidates.add(world.desk.content.head(), marker, "", person("reviewer"))
        assert world.job(questions=questions).run(made.id) == 0
        found = world.candidates.get(made.id)
        assert found.state is wanted and found.gate["measured"]["candidate"]["right"] == (0.9 if marker == "good" else 0.5)
