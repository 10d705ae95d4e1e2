"""How wide each column of the encoder's activations gets, over sentences of data/phrasings -> index/model/e5-vi.ranges.npz.

The graph of whole numbers (index/e5_whole.py) rounds by it. Run after each training: python -m training.ranges MODEL OUT
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import torch

from index.e5_file import E5File
from index.encoder import MAX_TOKENS
from index.phrasings import read_asked
from index.text import expand, normalise
from training.model import load
from training.noise import noisy
from training.vocabulary import unigram

SEED, SENTENCES = 3, 700
"""Each is read twice: as a noisy question and as a passage."""
PLACES = {"x": "attention.self.query", "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense"}
"""Name of the place -> the module that reads the activations (query, key and value read the same ones)."""


def ranges(path: Path, texts: list[str]) -> dict[str, np.ndarray]:
    """-> kind of place -> float16 (layers, 2, columns): lowest and highest value met."""
    file = E5File(path)
    rows = list(range(file.vocabulary))
    tokens, model = unigram(file, rows), load(path, rows).eval().requires_grad_(False)
    met = {(kind, n): torch.zeros(2, file.wide if kind == "fo" else file.hidden) for kind in PLACES for n in range(file.layers)}

    def watch(kind: str, n: int):  # noqa: ANN202 - torch's hook
        def look(module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            seen = inputs[0][0]
            low, high = met[kind, n]
            met[kind, n] = torch.stack([torch.minimum(low, seen.min(0).values), torch.maximum(high, seen.max(0).values)])

        return look

    for n, layer in enumerate(model.encoder.layer):
        for kind, module in PLACES.items():
            layer.get_submodule(module).register_forward_pre_hook(watch(kind, n))
    for text in texts:
        ids = tokens.ids(text, MAX_TOKENS)
        model(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids)))
    return {kind: torch.stack([met[kind, n] for n in range(file.layers)]).numpy().astype(np.float16) for kind in PLACES}


def main() -> int:
    rng = random.Random(SEED)
    chosen = rng.sample([asked.text for asked in read_asked(Path("data/phrasings"))], SENTENCES)
    texts = [text for one in chosen for text in (f"query: {expand(normalise(noisy(one, rng)))}", f"passage: {normalise(one)}")]
    np.savez_compressed(sys.argv[2], **ranges(Path(sys.argv[1]), texts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
