"""Every entry of the tables does what it says, and clean text is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.catalogue import read_yaml
from index.text import expand, fold, normalise, southern, tokens
from index.words import ABBREVIATIONS, DIALECT
from index.words_old import OLD_NAMES

ROOT = Path(__file__).parents[2]
WRITTEN_OUT_OF_RECORDS = {"tnhh", "lltp", "photo"}
"""Abbreviations that records have too; they are written out in both, so that they meet."""


def asked(what: str) -> str:
    return f"xin hỏi {what} ở đây"


def said(text: str) -> str:
    return f" {text} "


@pytest.mark.parametrize(("key", "meaning"), ABBREVIATIONS.items())
def test_an_abbreviation_is_written_out(key: str, meaning: str) -> None:
    assert said(meaning) in said(expand(normalise(asked(key))))
    assert said(meaning) in said(expand(normalise(asked(key.upper()))))


@pytest.mark.parametrize(("key", "meaning"), (DIALECT | OLD_NAMES).items())
def test_a_word_of_the_south_and_an_old_name_bring_today_s_beside_them(key: str, meaning: str) -> None:
    text = expand(normalise(asked(key)))
    assert set(tokens(meaning)) <= set(tokens(f"{text} {southern(text)}"))


@pytest.mark.parametrize("meaning", sorted({*ABBREVIATIONS.values(), *DIALECT.values()}))
def test_what_is_clean_already_stays(meaning: str) -> None:
    assert expand(normalise(asked(meaning))) == normalise(asked(meaning))


def test_names_and_papers_of_records_stay() -> None:
    texts = []
    for file in sorted((ROOT / "data/procedures").rglob("*.yml")):
        raw = read_yaml(file)
        texts += [raw["name"], *(paper["name"] for paper in raw.get("documents") or [])]
    assert len(texts) > 1_000
    changed = [text for text in map(normalise, texts) if expand(text) != text]
    assert [text for text in changed if not WRITTEN_OUT_OF_RECORDS & set(tokens(text))] == []


@pytest.mark.parametrize("key", [key for key in ABBREVIATIONS if fold(key) != key])
def test_an_abbreviation_with_diacritics_is_no_word(key: str) -> None:
    """Its bare twin may be another word; it itself must not be one that records use."""
    names = {word for file in (ROOT / "data/procedures").rglob("*.yml") for word in tokens(normalise(read_yaml(file)["name"]))}
    assert key not in names
