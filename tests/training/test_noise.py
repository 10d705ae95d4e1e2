"""What hurried fingers do to a sentence: the same for the same seed, and of the kind that was drawn."""

from __future__ import annotations

import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import expand, fold, normalise
from training import noise
from training.noise import KINDS, noisy

CLEAN = "Làm giấy khai sinh cho con thì cần giấy tờ gì, nộp ở đâu?"
KIND_NAMES = [name for name, _ in KINDS]


def drawn(kind: str, text: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The noise of one kind alone."""
    monkeypatch.setattr(noise, "KINDS", ((kind, 1.0),))
    return noisy(text, random.Random(seed))


def test_shares_of_the_kinds_are_a_whole() -> None:
    assert sum(share for _, share in KINDS) == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_noise() -> None:
    one, other = ([noisy(CLEAN, rng) for _ in range(50)] for rng in (random.Random(7), random.Random(7)))
    assert one == other and len(set(one)) > 5
    assert one != [noisy(CLEAN, rng) for rng in [random.Random(8)] for _ in range(50)]


@given(st.text(max_size=60), st.integers(0, 1000))
def test_any_text_is_taken(text: str, seed: int) -> None:
    assert isinstance(noisy(text, random.Random(seed)), str)


@pytest.mark.parametrize("seed", range(5))
def test_clean_stays_clean(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn("none", CLEAN, seed, monkeypatch) == CLEAN


def test_bare_has_no_diacritics(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn("bare", CLEAN, 1, monkeypatch) == fold(CLEAN)


@pytest.mark.parametrize("seed", range(5))
def test_partly_folds_some_words_and_changes_nothing_else(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    words = drawn("partly", CLEAN, seed, monkeypatch).split()
    assert all(after in (before, fold(before)) for before, after in zip(CLEAN.split(), words, strict=True))


@pytest.mark.parametrize("seed", range(8))
def test_chat_can_be_written_out_again(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "không biết làm giấy khai sinh như thế nào"
    shortened = drawn("chat", text, seed, monkeypatch)
    assert fold(expand(normalise(shortened))) == fold(expand(normalise(text)))


@pytest.mark.parametrize("seed", range(8))
def test_a_typing_error_touches_at_most_two_places(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    after = drawn("typo", CLEAN, seed, monkeypatch)
    assert abs(len(after) - len(CLEAN)) <= 2
    changed = sum(one != other for one, other in zip(CLEAN.split(), after.split(), strict=True))
    assert changed <= 2


@pytest.mark.parametrize("text", ["", "a", "1 2 3", "a b c"])
def test_a_text_without_two_letters_together_has_no_typing_error(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn("typo", text, 3, monkeypatch) == text


@pytest.mark.parametrize(("word", "keys"), [
    ("giấy", "giaays"), ("đường", "dduwowngf"), ("Đỏ", "Ddor"), ("nghĩa", "nghiax"), ("lệ", "leej"), ("ăn", "awn"), ("sổ", "soor"), ("hồ", "hoof"), ("ong", "ong"),
    ("", ""), (unicodedata.normalize("NFD", "giấy"), "giaays"), ("tương", "tuwowng"),
])
def test_telex_keys_are_what_the_fingers_typed(word: str, keys: str) -> None:
    assert noise._keys(word) == keys


def test_telex_leaves_the_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    words = drawn("telex", CLEAN, 2, monkeypatch).split()
    assert all(after in (before, noise._keys(before)) for before, after in zip(CLEAN.split(), words, strict=True))


def test_noise_needs_no_torch(root: Path) -> None:
    code = "import sys; import training.noise; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60).returncode == 0


def test_every_kind_that_is_named_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [bool(drawn(kind, CLEAN, 4, monkeypatch)) for kind in KIND_NAMES] == [True] * len(KIND_NAMES)
