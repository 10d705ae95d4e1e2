"""A tuned model -> a file that index.e5_file reads: pruned vocabulary, embedding rows as they were in 4 bits, matrices in 8."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from transformers import BertModel

from index.e5_file import BLOCK, FLOATS, Q4, Q8, E5File
from training.model import LINEARS, NORMS

POSITIONS = 256
"""index.encoder.MAX_TOKENS: later positions are never read."""
ALIGNED = 64


def write(model: BertModel, file: E5File, rows: Sequence[int], out: Path) -> None:
    """The whole file, then one rename: a reader never sees half of it."""
    state = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    tensors: list[tuple[str, int, int, bytes]] = []

    def floats(name: str, value: np.ndarray) -> None:
        tensors.append((name, FLOATS, value.size, np.ascontiguousarray(value, np.float32).tobytes()))

    kept = file.blocks("emb.word", file.vocabulary, file.hidden)[list(rows)]
    tensors.append(("emb.word", Q4, len(rows) * file.hidden, kept.tobytes()))
    floats("emb.pos", state["embeddings.position_embeddings.weight"][:POSITIONS])
    floats("emb.type", state["embeddings.token_type_embeddings.weight"])
    floats("emb.ln.w", state["embeddings.LayerNorm.weight"])
    floats("emb.ln.b", state["embeddings.LayerNorm.bias"])
    for n in range(file.layers):
        for short, long in LINEARS.items():
            weight = state[f"encoder.layer.{n}.{long}.weight"]
            tensors.append((f"l{n}.{short}.w", Q8, weight.size, quantise(weight)))
            floats(f"l{n}.{short}.b", state[f"encoder.layer.{n}.{long}.bias"])
        for short, long in NORMS.items():
            floats(f"l{n}.{short}.w", state[f"encoder.layer.{n}.{long}.weight"])
            floats(f"l{n}.{short}.b", state[f"encoder.layer.{n}.{long}.bias"])
    sizes = (file.hidden, file.layers, file.heads, file.wide, len(rows), POSITIONS, file.types)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, file.epsilon, BLOCK) + _vocabulary(file, rows) + struct.pack("<iI", 0, 0)
    names = [name.encode() for name, *_ in tensors]
    start = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name in names)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (_, kind, count, raw) in zip(names, tensors, strict=True):
        body += b"\0" * (-(start + len(body)) % ALIGNED)
        directory += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, count, start + len(body), len(raw))
        body += raw
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_suffix(".part")
    temporary.write_bytes(head + directory + body)
    temporary.replace(out)


def quantise(weight: np.ndarray) -> bytes:
    """float32 (rows, columns) -> Q8_0 blocks."""
    blocks = weight.reshape(weight.shape[0], -1, BLOCK)
    scales = (np.abs(blocks).max(axis=-1) / 127).astype(np.float16)
    divisor = np.where(scales == 0, np.float32(1), scales.astype(np.float32))
    whole = np.clip(np.round(blocks / divisor[..., None]), -127, 127).astype(np.int8)
    return np.concatenate([np.ascontiguousarray(scales[..., None]).view(np.uint8), whole.view(np.uint8)], axis=-1).tobytes()


def _vocabulary(file: E5File, rows: Sequence[int]) -> bytes:
    kept = [file.pieces[row] for row in rows]
    encoded = [piece.encode() for piece, _ in kept]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.uint32)
    place = {row: n for n, row in enumerate(rows)}
    marks = [place[row] for row in (file.bos, file.eos, file.pad, file.unknown)]
    scores = np.array([score for _, score in kept], np.float32)
    blob = b"".join(encoded)
    return struct.pack("<5iQ", len(kept), *marks, len(blob)) + offsets.tobytes() + scores.tobytes() + blob
