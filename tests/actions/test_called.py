"""A plain question that calls a record by its name, or as people call it, is answered; what has a word more, or means several, is not."""

from __future__ import annotations

import pytest

from actions.called import called
from index.search import ProcedureSearch

BEES = "1.900001"


@pytest.fixture
def find(search: ProcedureSearch):
    return lambda message: called(message, search.search(message), search)


def first(search: ProcedureSearch) -> tuple[str, str]:
    """A code and its name."""
    code = sorted(search.procedures)[0]
    return code, search.procedures[code].name


@pytest.mark.parametrize("asks", ["{} cần giấy tờ gì?", "Lệ phí {} là bao nhiêu", "{} mất bao lâu vậy", "cho tôi hỏi {} nộp ở đâu ạ"])
def test_the_name_and_nothing_else_is_that_procedure(search, find, asks) -> None:
    code, name = first(search)
    assert find(asks.format(name)) == code
    assert find(asks.format(name.lower())) == code


def test_every_alias_of_its_own_calls_its_record(search, find) -> None:
    for code, procedure in search.procedures.items():
        for alias in procedure.aliases:
            assert find(f"{alias} cần gì") in (code, None)


@pytest.mark.parametrize("more", [" bị rách", " gia hạn", " để bán xe máy", " cho người nước ngoài"])
def test_a_word_that_tells_more_is_left_to_search(search, find, more) -> None:
    _, name = first(search)
    assert find(f"{name}{more} thì cần gì") is None


def test_a_story_is_left_to_search(search, find) -> None:
    _, name = first(search)
    assert find(f"hôm qua {'tôi đi chợ gặp người quen ' * 4} nói về {name}") is None


@pytest.mark.parametrize("message", ["", "?", "1", "cần gì", "http://!!!!", "ﷺ" * 30])
def test_what_names_nothing_calls_nothing(find, message) -> None:
    assert find(message) is None
