"""Papers of several procedures: the same one once, likeness decides nothing, forms are never shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.shared_papers import SAME, papers, plain_name, shared
from index.procedure import Procedure

from ..small import procedure

IDENTITY = "Giấy tờ tùy thân có ảnh (căn cước, hộ chiếu…)"


def steps(*lists: list[dict[str, Any]], case: str | None = None) -> Mapping[int, tuple[Procedure, str | None]]:
    """Procedures with these papers, numbered from 1."""
    cases = [{"id": "mua-hoa", "name": "Mùa hoa"}]
    return {n: (procedure(documents=rows, cases=cases, template=[]), case) for n, rows in enumerate(lists, 1)}


def told(found: tuple) -> list[tuple[str, tuple[int, ...]]]:
    return [(paper.name, paper.steps) for paper in found]


def test_the_same_name_is_one_paper_whatever_stands_in_brackets() -> None:
    both = steps([{"name": "Sổ trại ong (bản mới)"}, {"name": "Sơ đồ"}], [{"name": "sổ trại  ong"}])
    assert told(papers(both)) == [("Sổ trại ong (bản mới)", (1, 2)), ("Sơ đồ", (1,))]
    assert told(shared(both)) == [("Sổ trại ong (bản mới)", (1, 2))]


@pytest.mark.parametrize(("one", "other"), [
    ("Sổ trại ong", "Sổ trại ong mật"), ("Giấy chứng tử", "Giấy chứng sinh"), ("Thẻ căn cước còn giá trị", IDENTITY), ("Bản sao sổ đỏ", "Sổ đỏ"),
])
def test_papers_that_are_only_alike_stay_two(one: str, other: str) -> None:
    assert shared(steps([{"name": one}], [{"name": other}])) == ()


@pytest.mark.parametrize("name", ["Tờ khai thay đổi thông tin cư trú (CT01)", "Đơn đề nghị", "Phiếu đề nghị giải quyết"])
def test_a_form_is_filled_in_anew_for_each(name: str) -> None:
    both = steps([{"name": name}], [{"name": name}])
    assert shared(both) == () and told(papers(both)) == [(name, (1,)), (name, (2,))]


def test_names_listed_as_the_same_are_one_under_the_listed_name() -> None:
    both = steps([{"name": "Giấy chứng tử hoặc giấy báo tử"}], [{"name": "Giấy chứng tử, giấy báo tử, trích lục khai tử hoặc quyết định của Tòa án tuyên bố đã chết"}])
    assert told(shared(both)) == [("Giấy chứng tử hoặc giấy báo tử", (1, 2))]


def test_what_is_made_at_the_counter_or_belongs_to_another_case_is_left_out() -> None:
    rows = [{"name": "Ảnh", "kind": "issued_on_site"}, {"name": "Lịch di chuyển", "case": "mua-hoa"}, {"name": "Sơ đồ"}]
    assert told(papers(steps(rows))) == [("Sơ đồ", (1,))]
    assert told(papers(steps(rows, case="mua-hoa"))) == [("Lịch di chuyển", (1,)), ("Sơ đồ", (1,))]


def test_a_paper_wanted_only_sometimes_is_not_counted_as_shared() -> None:
    assert shared(steps([{"name": "Sơ đồ"}], [{"name": "Sơ đồ", "kind": "if_needed"}])) == ()


@pytest.mark.parametrize(("kinds", "only_shown"), [(("show", "show"), True), (("show", "submit"), False)])
def test_a_paper_that_nobody_keeps_is_brought_once(kinds: tuple[str, str], only_shown: bool) -> None:
    (paper,) = shared(steps(*([{"name": IDENTITY, "kind": kind}] for kind in kinds)))
    assert paper.only_shown is only_shown


def test_every_listed_name_stands_in_a_record(real_procedures: list[Procedure]) -> None:
    names = {plain_name(row.name) for record in real_procedures for row in record.documents}
    assert {plain for listed in SAME.values() for plain in listed} - names == set()


@given(st.lists(st.lists(st.sampled_from(["Sơ đồ", "Sổ đỏ", "Đơn đề nghị", IDENTITY]), min_size=1, unique=True), max_size=5))
def test_each_wish_is_met_once(lists: list[list[str]]) -> None:
    wanted = steps(*([{"name": name} for name in names] for names in lists))
    assert sorted((use.step, use.row) for paper in papers(wanted) for use in paper.uses) == sorted(
        (n, row) for n, names in enumerate(lists, 1) for row in range(len(names))
    )
