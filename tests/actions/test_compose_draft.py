"""What is said of a record that nobody has reviewed: the same, with its doubts, its page and a plain word about it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from actions.compose import compose
from actions.compose_papers import MAX_PAPERS
from actions.verify import verify
from index.procedure import ASPECTS, Case, Document, Procedure

from ..small import CONTACTS, procedure
from .test_compose import DAY, GOLDEN, HEAD

DRAFT_SOURCE = "Nguồn: Cổng Dịch vụ công quốc gia, mã 1.900001, Quyết định 77/QĐ-BNN, bản ngày 18/07/2026; cán bộ chưa rà soát, anh/chị hỏi lại nơi nộp cho chắc."
PAGE = "Xem đầy đủ: /thu-tuc/1.900001"
WHOLE, OLD, BOOK = "thủ tục này do UBND tỉnh An Giang công bố", "Mức thu 2 năm trước.", "nguồn còn nhắc sổ giấy"


def draft(**changes: Any) -> Procedure:
    """The bees as the import would give them."""
    return dataclasses.replace(procedure(), reviewed=False, **changes)


def told(record: Procedure, *aspects: str) -> list[str]:
    """The lines of an answer that verifies."""
    one = compose(record, aspects, DAY, CONTACTS[record.contact])
    assert verify(one, record, CONTACTS[record.contact]) is one
    return one.text.splitlines()


@pytest.mark.parametrize("aspect", ASPECTS)
def test_an_unreviewed_record_says_so_and_names_its_page(aspect: str) -> None:
    lines = told(draft(), aspect)
    assert lines[0] == HEAD and lines[-2:] == [PAGE, DRAFT_SOURCE]
    assert "\n".join(lines[1:-2]) == GOLDEN[aspect]


def test_a_reviewed_record_names_no_page() -> None:
    assert not any("/thu-tuc/" in line or "chưa rà soát" in line for line in told(procedure(), "overview"))


@pytest.mark.parametrize("address", ["https://mot-cua.example", "https://mot-cua.example/", "http://10.0.0.5:8080"])
def test_the_page_stands_below_the_public_address(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOT_CUA_PUBLIC_URL", address)
    assert f"Xem đầy đủ: {address.rstrip('/')}/thu-tuc/1.900001" in told(draft(), "fees")


@pytest.mark.parametrize("address", ["", "https://mot-cua.example/", "http://10.0.0.5:8080"])
@pytest.mark.parametrize("record", [procedure(), draft()], ids=["reviewed", "draft"])
def test_papers_are_told_with_the_list_to_tick_and_print(record: Procedure, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOT_CUA_PUBLIC_URL", address)
    line = f"Danh sách để đánh dấu, in ra: {address.rstrip('/')}/thu-tuc/1.900001/checklist"
    assert told(record, "documents", "fees").count(line) == 1 and line not in told(record, "overview", "fees")


def test_papers_that_are_not_known_have_no_list() -> None:
    unsettled = dataclasses.replace(draft(), documents=(), unknown=(("documents", "nguồn không nói"),))
    assert not any("/checklist" in line for line in told(unsettled, "documents"))


@pytest.mark.parametrize(("warnings", "aspects", "said"), [
    ((), ("fees",), []),
    ((("fees", OLD),), ("fees",), ["Lưu ý: mức thu 2 năm trước."]),
    ((("fees", OLD),), ("documents",), []),
    ((("fees", OLD),), ("overview",), ["Lưu ý: mức thu 2 năm trước."]),
    ((("steps", BOOK),), ("overview",), []),
    ((("documents", BOOK), ("steps", BOOK), ("place", BOOK)), ("documents", "steps"), [f"Lưu ý: {BOOK}."]),
    ((("overview", WHOLE), ("fees", OLD)), ("fees",), [f"Lưu ý: {WHOLE}.", "Lưu ý: mức thu 2 năm trước."]),
    ((("overview", WHOLE),), ("legal_basis", "result"), [f"Lưu ý: {WHOLE}."]),
    ((("overview", WHOLE),), ("overview",), [f"Lưu ý: {WHOLE}."]),
], ids=["none", "asked", "not asked", "told by the overview", "not told by the overview", "of three parts", "whole and part", "whole", "whole in overview"])
def test_what_is_doubtful_is_said_once_where_it_matters(warnings: tuple, aspects: tuple[str, ...], said: list[str]) -> None:
    assert [line for line in told(draft(warnings=warnings), *aspects) if line.startswith("Lưu ý")] == said


@pytest.mark.parametrize(("count", "left"), [(MAX_PAPERS, False), (MAX_PAPERS + 1, True), (224, True)])
def test_of_many_official_papers_the_first_are_told(count: int, left: bool) -> None:
    record = draft(documents=tuple(Document(f"Giấy {'i' * n}", case="a" if n % 2 else None) for n in range(count)), cases=(Case("a", "Đi xa"),))
    lines = told(record, "documents")
    assert sum(line[0].isdigit() for line in lines) == min(count, MAX_PAPERS)
    assert ("Còn giấy tờ khác tùy trường hợp; anh/chị xem đủ ở trang thủ tục." in lines) is left
    reviewed = dataclasses.replace(record, reviewed=True)
    assert sum(line[0].isdigit() for line in told(reviewed, "documents")) == count


def test_a_case_whose_papers_are_all_left_out_has_no_title() -> None:
    papers = (*(Document(f"Giấy {'i' * n}") for n in range(MAX_PAPERS)), Document("Lịch", case="a"))
    assert not any("đi xa" in line for line in told(draft(documents=papers, cases=(Case("a", "Đi xa"),)), "documents"))
