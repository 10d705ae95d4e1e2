"""Questions with their procedure and what they ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.catalogue import DataError
from index.phrasings import Asked, read_asked

from ..small import BOATS, CARD, REGISTER, write_yaml


def test_questions_are_read_in_file_order(data: Path) -> None:
    asked = list(read_asked(data / "phrasings"))
    assert asked[0] == Asked(REGISTER, ("documents",), "muốn nuôi ong thì cần giấy gì")
    assert asked[2].aspects == ("documents", "fees")
    assert asked[5] == Asked(CARD, ("fees",), "thẻ mượn sách bao nhiêu tiền")
    assert asked[-1] == Asked(BOATS, ("overview",), "giấy phép đua thuyền")


@pytest.mark.parametrize(("content", "message"), [
    ({REGISTER: ["a b"]}, "1.900001: is a list; expected aspects -> sentences"),
    ({REGISTER: {"colour": ["a"]}}, "key 'colour'; expected aspects joined by +"),
    ({REGISTER: {"fees+documents": ["a"]}}, "key 'fees+documents'; expected aspects joined by + in the order"),
    ({REGISTER: {"fees+fees": ["a"]}}, "key 'fees+fees'"),
    ({REGISTER: {"fees": "một câu"}}, "1.900001: fees: expected a list of sentences"),
    ({REGISTER: {"fees": [" "]}}, "expected a list of sentences"),
    ({REGISTER: {"fees": [8000]}}, "expected a list of sentences"),
])
def test_a_foreign_shape_is_refused_with_file_code_and_key(tmp_path: Path, content: Any, message: str) -> None:
    path = write_yaml(tmp_path / "a.yml", content)
    with pytest.raises(DataError) as caught:
        list(read_asked(tmp_path))
    assert str(caught.value).startswith(f"{path}: ") and message in str(caught.value)


def test_an_empty_file_and_an_empty_folder_have_no_questions(tmp_path: Path) -> None:
    assert list(read_asked(tmp_path)) == []
    (tmp_path / "a.yml").write_text("# nothing yet\n", "utf-8")
    assert list(read_asked(tmp_path)) == []
