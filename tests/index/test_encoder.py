"""The contract of Encoder, run on the one without a model, the tuned one and the bundled one; what tuning is for."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import encoder as module
from index.e5_file import E5File
from index.encoder import MAX_TOKENS, TUNED, BundledEncoder, Encoder, bundled, prepare, readable
from index.text import fold

from ..small import HashedEncoder

TEXTS = ["đăng ký khai sinh", "", "   ", "\ufdfa" * 30, "a\x00b", "\ud800", "😀", "\u202eđảo", "khai sinh " * 400]


def tuned_one() -> BundledEncoder:
    return BundledEncoder()


def bundled_one() -> BundledEncoder:
    return BundledEncoder(model=bundled())


@pytest.fixture(scope="module", params=[HashedEncoder, tuned_one, bundled_one], ids=["hashed", "tuned", "bundled"])
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
        assert np.allclose(rows[0], rows[2], atol=1e-6) and not np.allclose(rows[0], rows[1], atol=1e-2)
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
    assert folder.name.startswith(first.name) and set(made) == {"graph.onnx", "whole.onnx", "parts.json", "pieces.txt", "places.npy", "vocabulary.npz"}
    prepare(TUNED, folder)  # as a second process that was slower
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made and list(tmp_path.iterdir()) == [folder]
    monkeypatch.setattr(module, "prepare", lambda *_: pytest.fail("made twice"))
    assert np.array_equal(BundledEncoder(tmp_path).queries(["khai sinh"]), first.queries(["khai sinh"]))


CLEAN = (
    "làm giấy khai sinh cho con", "đăng ký tạm trú cho người thuê trọ", "cấp lại bằng lái xe bị mất", "thủ tục sang tên xe máy cũ", "xin giấy xác nhận độc thân",
    "làm sổ đỏ lần đầu tốn bao nhiêu tiền", "đăng ký kết hôn cần giấy tờ gì", "mở quán ăn phải xin giấy phép gì", "báo tử cho người thân ở đâu", "đổi căn cước công dân hết hạn",
    "hưởng trợ cấp người cao tuổi", "xin phép xây nhà cấp bốn",
)
NOISY = (
    "lam giay khai sinh cho con", "dk tam tru cho ng thue tro", "cap lai blx bi mat", "thu tuc sang ten xe may cu", "xin giay xac nhan doc than", "lm so do lan dau ton bnhiu tien",
    "đkkh cần gto j", "mo wán ăn fải xin giấy phép j", "bao tu cho ng than o dau", "doi cccd het han", "huong tro cap nguoi cao tuoi", "xin fép xây nhà cấp 4",
)


def nearer(encoder: BundledEncoder, noisy: tuple[str, ...]) -> float:
    """How much nearer a noisy spelling lies to its clean one than to the other clean ones, in cosine, mean over the sentences.

    Not the bare cosine: all vectors of the bundled model lie within a narrow cone (two unlike sentences at 0.85), so a
    high one there tells nothing, and search ranks by differences."""
    alike = encoder.queries(noisy) @ encoder.queries(CLEAN).T
    own = np.trace(alike) / len(CLEAN)
    return float(own - (alike.sum() - np.trace(alike)) / (len(CLEAN) * (len(CLEAN) - 1)))


@pytest.mark.parametrize("noisy", [tuple(map(fold, CLEAN)), NOISY], ids=["bare", "chat"])
def test_the_tuned_model_knows_noisy_spellings_better_than_the_bundled_one(noisy: tuple[str, ...]) -> None:
    assert nearer(tuned_one(), noisy) > nearer(bundled_one(), noisy) + 0.05


def test_the_tuned_model_finds_the_clean_sentence_of_each_bare_one() -> None:
    encoder = tuned_one()
    alike = encoder.queries([fold(text) for text in CLEAN]) @ encoder.queries(CLEAN).T
    assert alike.argmax(axis=1).tolist() == list(range(len(CLEAN)))


@pytest.mark.parametrize("floats", [False, True], ids=["bits", "floats"])
def test_a_question_in_whole_numbers_lies_where_the_passages_graph_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, floats: bool) -> None:
    def written(file: E5File, folder: Path) -> bool:
        module.write_graph(file, folder / "graph.onnx", floats=floats)
        return floats

    monkeypatch.setattr(module, "_write_faster_graph", written)  # which one is faster may come out differently each time
    whole = BundledEncoder(tmp_path / "whole")
    monkeypatch.setattr(module, "RANGES", TUNED.with_name("none.npz").name)  # a model whose activations nobody measured
    plain = BundledEncoder(tmp_path / "plain")
    texts = [*CLEAN, *NOISY]
    alike = (plain.queries(texts) * whole.queries(texts)).sum(axis=1)
    assert alike.min() > 0.99, "rounding moves a question less than another spelling does"
    assert not np.array_equal(plain.queries(texts), whole.queries(texts)), "both read with one graph: nothing was compared"
    assert np.array_equal(plain.passages(texts), whole.passages(texts)), "passages are read as before, so no release is built anew"


def test_who_only_asks_never_opens_the_graph_of_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = module._session
    monkeypatch.setattr(module, "_session", lambda path: opened.append(path.name) or real(path))
    encoder = BundledEncoder()
    encoder.queries(["khai sinh"])
    assert opened == ["whole.onnx"]
    encoder.passages(["khai sinh"])
    assert opened == ["whole.onnx", "graph.onnx"]


def test_the_tuned_model_is_small_and_another_one() -> None:
    assert TUNED.stat().st_size <= 30_000_000
    assert tuned_one().name != bundled_one().name and tuned_one().dim == bundled_one().dim == 384
    rows = tuned_one().passages(CLEAN)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(CLEAN)), abs=1e-3)


def test_nobody_outside_learns_that_something_was_embedded(tmp_path: Path) -> None:
    """The runtime's own telemetry is off: no thread that would send it, no id of the machine in the home folder. (A variable named CI
    would turn it off as well, so it is taken away.)"""
    program = "import os; from index.encoder import BundledEncoder; BundledEncoder().queries(['khai sinh']); print(len(os.listdir('/proc/self/task')))"
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "MOT_CUA_VAR", "LD_LIBRARY_PATH")}
    env = {**kept, "HOME": str(tmp_path), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    ended = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["1"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
