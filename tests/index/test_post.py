"""data/province/post.yml: what the real file holds, and which files are refused with which words."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest

from index.catalogue import DataError
from index.post import ASPECTS, Post, parse_post, read_post

from ..small import write_yaml

ROW = {"id": "slip", "aspects": ["post_submit"], "text": "Ký phiếu.", "source": "Quyết định 1", "checked_on": "2026-11-22"}
BOTH = {**ROW, "id": "postage", "aspects": list(ASPECTS), "exceptions": ["1.900001"]}
ENDED = {**ROW, "id": "old", "effective_to": "2026-12-31", "note": "hỏi lại"}
GOOD = {"heading": "Quy định chung:", "rows": [ROW, BOTH, ENDED]}


def test_the_real_file_tells_each_way_its_rows_with_their_source(root: Path) -> None:
    post = read_post(root / "data" / "province" / "post.yml")
    for aspect in ASPECTS:
        rows = post.rows_for("1.001193", [aspect], date(2026, 11, 22))
        assert rows and all(row.source and row.checked_on for row in rows)


@pytest.mark.parametrize(("code", "aspects", "day", "ids"), [
    ("1.900002", ["post_submit"], date(2026, 12, 31), ["slip", "postage", "old"]), ("1.900002", ["post_submit"], date(2027, 1, 1), ["slip", "postage"]),
    ("1.900002", ["post_return"], date(2026, 12, 31), ["postage"]), ("1.900002", ASPECTS, date(2027, 1, 1), ["slip", "postage"]),
    ("1.900001", ["post_return"], date(2026, 12, 31), []), ("1.900002", [], date(2026, 12, 31), []),
])
def test_rows_are_told_of_the_aspect_up_to_their_end_and_without_exceptions(code: str, aspects, day: date, ids: list[str]) -> None:
    assert [row.id for row in parse_post(GOOD).rows_for(code, aspects, day)] == ids


@pytest.mark.parametrize("post", [Post(), parse_post(GOOD)], ids=["empty", "filled"])
def test_what_a_release_keeps_reads_back_the_same(post: Post) -> None:
    again = parse_post(json.loads(json.dumps(dataclasses.asdict(post), default=str)))
    assert (again, again.version) == (post, post.version)


def test_notes_for_staff_are_never_among_what_may_be_said() -> None:
    assert parse_post(GOOD).texts == {"post.heading": "Quy định chung:", "post.slip": "Ký phiếu.", "post.postage": "Ký phiếu.", "post.old": "Ký phiếu."}


def test_without_a_file_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert read_post(tmp_path / "post.yml") == Post()


@pytest.mark.parametrize(("content", "message"), [
    ([], r"keys \[\]; expected heading and rows"), ({"rows": []}, "expected heading and rows"), ({**GOOD, "heading": None}, "heading: is None over 3 rows"),
    ({**GOOD, "rows": []}, "over 0 rows; expected both or none"), ({**GOOD, "rows": [{**ROW, "colour": "đỏ"}]}, "colour: unknown key"),
    ({**GOOD, "rows": [{key: value for key, value in ROW.items() if key != "source"}]}, "source: missing"),
    ({**GOOD, "rows": [ROW, ROW]}, r"rows\[1\].id: is 'slip'"), ({**GOOD, "rows": [{**ROW, "id": "heading"}]}, r"rows\[0\].id: is 'heading'"),
    ({**GOOD, "rows": [{**ROW, "id": "phiếu"}]}, "expected a plain ASCII id"), ({**GOOD, "rows": [{**ROW, "aspects": ["fees"]}]}, "expected some of post_submit, post_return"),
    ({**GOOD, "rows": [{**ROW, "aspects": []}]}, "expected some of post_submit"), ({**GOOD, "rows": [{**ROW, "exceptions": ["1.9"]}]}, "has '1.9'; expected codes"),
    ({**GOOD, "rows": [{**ROW, "checked_on": "hôm qua"}]}, "checked_on: is 'hôm qua'; expected a day"),
])
def test_a_wrong_file_is_refused_by_name_and_field(tmp_path: Path, content: object, message: str) -> None:
    path = write_yaml(tmp_path / "post.yml", content)
    with pytest.raises(DataError, match=message) as caught:
        read_post(path)
    assert str(caught.value).startswith(f"{path}: ")
