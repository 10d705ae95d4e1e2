"""Diacritics put back where the writer left them out."""

from __future__ import annotations

import json
import time

import pytest

from index.accents import Accents
from index.phrasings import read_asked
from index.text import fold, normalise, tokens

TEXTS = ["đăng ký khai sinh cho con", "đăng ký tạm trú", "khai tử cho ông", "làm giấy khai sinh ở đâu", "lệ phí bao nhiêu", "bán nhà", "ban đêm"]
ACCENTS = Accents.train(TEXTS)


@pytest.mark.parametrize(("bare", "restored"), [
    ("dang ky khai sinh", "đăng ký khai sinh"), ("le phi bao nhieu?", "lệ phí bao nhiêu?"), ("ban nha", "bán nhà"), ("ban dem", "ban đêm"),
    ("xyz abc", "xyz abc"), ("dang ky 12 karaoke", "đăng ký 12 karaoke"), ("", ""), ("???", "???"), ("  dang  ky ", "  đăng  ký "),
])
def test_words_get_their_diacritics_back(bare: str, restored: str) -> None:
    assert ACCENTS.restore(bare) == restored


@pytest.mark.parametrize(("half", "restored"), [
    ("làm giay khai sinh ở dau", "làm giấy khai sinh ở đâu"), ("tạm tru o dau", "tạm trú ở đâu"), ("lệ phi bao nhieu?", "lệ phí bao nhiêu?"),
    ("đăng ky khai tử cho ong", "đăng ký khai tử cho ông"), ("làm giáy khai sinh", "làm giấy khai sinh"), ("đăng ký karaoke", "đăng ký karaoke"), ("đ xyz", "đ xyz"),
])
def test_words_without_diacritics_among_others_get_them_back(half: str, restored: str) -> None:
    assert ACCENTS.restore(half) == restored


@pytest.mark.parametrize("text", [*TEXTS, "ông sáu", "ban đêm làm ở nhà", "khai sinh cho con ở xa"])
def test_a_text_with_diacritics_is_left_alone(text: str) -> None:
    assert ACCENTS.restore(text) == text


def test_held_out_questions_get_nearly_all_words_back_and_clean_ones_stay(root) -> None:
    """Every tenth question held out; some 400 of those with diacritics are judged. The bounds leave room for new content."""
    texts = [normalise(asked.text) for asked in read_asked(root / "data" / "phrasings")]
    accents = Accents.train(text for n, text in enumerate(texts) if n % 10)
    clean = [text for text in texts[::10] if sum(word != fold(word) for word in tokens(text)) * 2 >= len(tokens(text)) > 3]
    clean = clean[:: max(1, len(clean) // 400)]

    def right(typed: list[str]) -> float:
        pairs = [(a, b) for text, bare in zip(clean, typed, strict=True) for a, b in zip(tokens(text), tokens(accents.restore(bare)), strict=True)]
        return sum(a == b for a, b in pairs) / len(pairs)

    assert right(clean) >= 0.999
    assert right([fold(text) for text in clean]) >= 0.94
    assert right([" ".join(fold(word) if n % 2 else word for n, word in enumerate(text.split())) for text in clean]) >= 0.96


@pytest.mark.parametrize("text", ["dang ky " * 500, "x" * 100_000, "\ud800\udfff", "ấ\u0323" * 1_000, "ﷺ" * 30], ids=lambda text: ascii(text[:8]))
def test_killing_inputs_return_at_once(text: str) -> None:
    started = time.perf_counter()
    ACCENTS.restore(text)
    assert time.perf_counter() - started < 2


def test_texts_without_diacritics_teach_nothing() -> None:
    assert Accents.train(["dang ky khai sinh"]).restore("khai sinh") == "khai sinh"


def test_stored_counts_restore_alike() -> None:
    again = Accents.from_dict(json.loads(json.dumps(ACCENTS.to_dict())))
    assert again.restore("dang ky tam tru") == ACCENTS.restore("dang ky tam tru") == "đăng ký tạm trú"
