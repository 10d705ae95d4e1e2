"""Passages as they are read: spelt, and folded; what an earlier build has read is taken from a cache by its text.

The 46,000 of the whole catalogue take half a minute to read, and a candidate after one changed record reads a few anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from index.text import expand, fold, normalise, southern


def read(text: str) -> tuple[str, str]:
    """-> spelt: normalised, abbreviations written out; folded: without diacritics, with the words of records for southern ones."""
    spelt = expand(normalise(text))
    return spelt, fold(f"{spelt} {southern(spelt)}".strip())


def cached_reading(texts: Sequence[str], cache: Path, version: str, log: Callable[[str], object]) -> tuple[list[str], list[str]]:
    """(spelt, folded) of all, in order. version: of what reads; another one's file is left out and removed."""
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"spelt-{version}.json"
    known: dict[str, list[str]] = {}
    if path.exists():
        try:
            known = {str(text): [str(spelt), str(folded)] for text, spelt, folded in json.loads(path.read_text("utf-8", "surrogatepass"))}
        except (OSError, ValueError, TypeError) as error:
            log(f"{path}: cannot be read ({error}); reading everything again")
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if new:
        known |= {text: list(read(text)) for text in new}
        temporary = path.with_suffix(f".{os.getpid()}")
        rows = [(text, *known[text]) for text in dict.fromkeys(texts)]
        temporary.write_text(json.dumps(rows, ensure_ascii=False), "utf-8", errors="surrogatepass")
        temporary.replace(path)
        for old in cache.glob("spelt-*.json"):
            if old != path:
                old.unlink(missing_ok=True)
    return [known[text][0] for text in texts], [known[text][1] for text in texts]
