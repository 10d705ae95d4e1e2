"""How often a procedure is used: figures that the national portal keeps, one row a procedure."""

from __future__ import annotations

import csv
import math
from pathlib import Path


def read_use(path: Path) -> dict[str, float]:
    """code,weight,… -> code -> log10(1 + weight) / 8, at most 1; {} without the file. A weight is a number of files a year."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row["code"], float(row["weight"] or 0)) for row in csv.DictReader(lines)]
    return {code: round(min(math.log10(1 + weight) / 8, 1.0), 4) for code, weight in rows if weight > 0}
