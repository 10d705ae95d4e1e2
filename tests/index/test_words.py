"""The tables of chat writing are in the form that their readers look them up in."""

from __future__ import annotations

import pytest

from index.text import normalise, tokens
from index.words import ABBREVIATIONS, DIALECT, KEEP


@pytest.mark.parametrize("table", [ABBREVIATIONS, DIALECT], ids=["abbreviations", "dialect"])
def test_keys_and_values_are_as_normalised(table: dict[str, str]) -> None:
    for key, value in table.items():
        assert (normalise(key), normalise(value)) == (key, value)
        assert key != value


def test_abbreviations_are_single_tokens() -> None:
    assert [key for key in ABBREVIATIONS if tokens(key) != [key]] == []


def test_dialect_keys_are_one_word_or_two() -> None:
    assert [key for key in DIALECT if len(tokens(key)) not in (1, 2)] == []


def test_kept_words_are_ascii_tokens() -> None:
    assert [word for word in KEEP if not word.isascii() or tokens(word) != [word]] == []


def test_expansion_is_stable() -> None:
    """What is written out is not an abbreviation again."""
    again = {key: value for key, value in ABBREVIATIONS.items() if any(word in ABBREVIATIONS for word in tokens(value))}
    assert again == {}
