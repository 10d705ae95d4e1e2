"""An E5File <-> a torch BertModel, and texts -> vectors with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertModel

from index.e5_file import E5File, dequantise

LINEARS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
TOGETHER = 16
"""Texts padded to one length: fewer, and the products get too small for the processor."""
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def load(path: Path, rows: Sequence[int]) -> BertModel:
    """The model with only the embedding rows named; token n of the model is row rows[n] of the file."""
    file = E5File(path)
    model = BertModel(
        BertConfig(
            vocab_size=len(rows),
            hidden_size=file.hidden,
            num_hidden_layers=file.layers,
            num_attention_heads=file.heads,
            intermediate_size=file.wide,
            max_position_embeddings=file.positions,
            type_vocab_size=file.types,
            layer_norm_eps=file.epsilon,
        ),
        add_pooling_layer=False,
    )
    state = model.state_dict()

    def put(name: str, value: np.ndarray) -> None:
        state[name].copy_(torch.from_numpy(value))

    put("embeddings.word_embeddings.weight", dequantise(file.blocks("emb.word", file.vocabulary, file.hidden)[list(rows)]))
    put("embeddings.position_embeddings.weight", file.floats("emb.pos", file.positions, file.hidden))
    put("embeddings.token_type_embeddings.weight", file.floats("emb.type", file.types, file.hidden))
    for part, kind in (("w", "weight"), ("b", "bias")):
        put(f"embeddings.LayerNorm.{kind}", file.floats(f"emb.ln.{part}", file.hidden))
    for n in range(file.layers):
        for short, long in LINEARS.items():
            size = file.wide if short == "fi" else file.hidden
            columns = file.wide if short == "fo" else file.hidden
            put(f"encoder.layer.{n}.{long}.weight", dequantise(file.blocks(f"l{n}.{short}.w", size, columns)))
            put(f"encoder.layer.{n}.{long}.bias", file.floats(f"l{n}.{short}.b", size))
        for short, long in NORMS.items():
            for part, kind in (("w", "weight"), ("b", "bias")):
                put(f"encoder.layer.{n}.{long}.{kind}", file.floats(f"l{n}.{short}.{part}", file.hidden))
    return model


def vectors(model: BertModel, batch: Sequence[Sequence[int]]) -> torch.Tensor:
    """Token ids of texts -> float32 (n, hidden), mean over tokens, unit length, in the order given.

    Texts of like length go through together, TOGETHER at a time: in one piece half of what is computed would be padding.
    """
    by_length = sorted(range(len(batch)), key=lambda n: len(batch[n]))
    parts = [by_length[start : start + TOGETHER] for start in range(0, len(by_length), TOGETHER)]
    found = torch.cat([_together(model, [batch[n] for n in part]) for part in parts])
    return found[torch.tensor(by_length).argsort()]


def _together(model: BertModel, batch: Sequence[Sequence[int]]) -> torch.Tensor:
    """The same for texts padded to their longest."""
    longest = max(map(len, batch))
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest)
    for n, row in enumerate(batch):
        ids[n, : len(row)] = torch.tensor(row)
        mask[n, : len(row)] = 1.0
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return torch.nn.functional.normalize(mean, dim=-1)
