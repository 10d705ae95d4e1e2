"""The tables of chat writing are in the form that their readers look them up in."""

from __future__ import annotations

import pytest

from index.text import fold, normalise, tokens
from index.words import ABBREVIATIONS, DIALECT, KEEP
from index.words_old import MAX_WORDS, OLD_NAMES
from index.words_readings import READINGS


@pytest.mark.parametrize("table", [ABBREVIATIONS, DIALECT, OLD_NAMES], ids=["abbreviations", "dialect", "old names"])
def test_keys_and_values_are_as_normalised(table: dict[str, str]) -> None:
    for key, value in table.items():
        assert (normalise(key), normalise(value)) == (key, value)
        assert key != value


def test_abbreviations_are_single_tokens() -> None:
    assert [key for key in ABBREVIATIONS if tokens(key) != [key]] == []


def test_dialect_keys_are_one_word_or_two() -> None:
    assert [key for key in DIALECT if len(tokens(key)) not in (1, 2)] == []


def test_old_names_have_at_most_as_many_words_as_are_looked_up() -> None:
    assert [key for key in OLD_NAMES if tokens(key) != key.split() or len(key.split()) > MAX_WORDS] == []
    assert [key for key in OLD_NAMES if key in DIALECT] == []


def test_an_abbreviation_has_one_meaning_or_readings() -> None:
    assert set(READINGS) & set(ABBREVIATIONS) == set()
    for key, readings in READINGS.items():
        assert tokens(normalise(key)) == [key]
        assert sum(reading.default for reading in readings) <= 1
        for reading in readings:
            assert reading.words == "=" or normalise(reading.words) == reading.words
            assert all(fold(word) == word for word in [*reading.before, *reading.after] if word not in ("đk", "#", "^"))
            assert not set(tokens(reading.words)) & (set(ABBREVIATIONS) | set(READINGS))


def test_kept_words_are_ascii_tokens() -> None:
    assert [word for word in KEEP if not word.isascii() or tokens(word) != [word]] == []


def test_expansion_is_stable() -> None:
    """What is written out is not an abbreviation again."""
    again = {key: value for key, value in ABBREVIATIONS.items() if any(word in ABBREVIATIONS for word in tokens(value))}
    assert again == {}
