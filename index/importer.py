"""`make import FILE=…`: the national catalogue as staff hold it in, the content store and a report out.

    python -m index.importer FILE --var var [--database URL] [--province SLUG] [--use FILE.csv] [--partial]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from index.content import Report, Store, StoreError, import_rows, open_store, present
from index.finding import Finding
from index.portal_files import Catalogue, open_catalogue
from index.portal_record import day_of, draft
from index.portal_twins import twins, warned
from index.procedure import Procedure
from index.province import PROVINCE
from index.use import read_use

EVERY = 1000
"""Rows between two lines of progress where there is no terminal."""
BAR = 30
"""Characters of the bar where there is one."""


def database_url(var: Path) -> str:
    """DATABASE_URL, or the SQLite file var/content.db."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{var / 'content.db'}"


def drafts(store: Store, province: str, taken_on: date | None = None) -> list[Procedure]:
    """Every present public record, not reviewed, in code order, those with a newer one beside them warned of. taken_on: day of the copy; None = `taken_day(store)`."""
    return warned([procedure for procedure, _ in drafted(store, province, taken_on)])


def drafted(store: Store, province: str, taken_on: date | None = None) -> list[tuple[Procedure, tuple[Finding, ...]]]:
    """As `drafts`, each with what the import found doubtful about it."""
    day = taken_on or taken_day(store)
    found = (draft(row, day, province) for row in present(store))
    return sorted((pair for pair in found if pair), key=lambda pair: pair[0].code)


def taken_day(store: Store) -> date:
    """The last day on which the portal changed a record: the copy is not older. Today when no record says."""
    days = (day_of(row["detail"].get("updatedAt")) for row in present(store))
    return max((day for day in days if day), default=datetime.now(UTC).date())


def findings_of(pairs: Iterable[tuple[Procedure, tuple[Finding, ...]]]) -> list[Finding]:
    """The findings of each record and those over the whole set, in code order."""
    pairs = list(pairs)
    found = [finding for _, findings in pairs for finding in findings] + twins([procedure for procedure, _ in pairs])
    return sorted(found, key=lambda finding: (finding.code, finding.kind, finding.part))


def main(argv: list[str] | None = None) -> int:
    """0 = imported; 1 = nothing could be read or stored. Broken lines are reported and do not stop the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help=".jsonl.xz, .jsonl, .json, or a folder of those")
    parser.add_argument("--var", type=Path, default=Path("var"))
    parser.add_argument("--database", help="address of the store; default: DATABASE_URL, else <var>/content.db")
    parser.add_argument("--province", default=PROVINCE, help="slug; records of other provinces are marked")
    parser.add_argument("--use", type=Path, help="a .csv with columns code,weight: how often each procedure is used")
    parser.add_argument("--partial", action="store_true", help="the file is not the whole catalogue: withdraw nothing")
    args = parser.parse_args(argv)
    started = time.perf_counter()
    try:
        catalogue = open_catalogue(args.file)
        if args.use and not read_use(args.use):
            raise OSError(f"{args.use}: names no procedure's use; expected columns code,weight")
        store = open_store(args.database or database_url(args.var))
    except (OSError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    try:
        whole = lambda: not args.partial and catalogue.whole()
        report = import_rows(store, catalogue.rows(), args.file.name, _Progress(sys.stderr, lambda: catalogue.share), whole)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if args.use:
        shutil.copyfile(args.use, args.var / "use.csv")  # read_use() reads it when a release is built
    findings = findings_of(drafted(store, args.province))
    path = _write(args.var, report, catalogue, findings)
    _print(report, catalogue, findings, args.partial)
    print(f"report: {path}; {time.perf_counter() - started:.1f} s")
    return 0 if report.added or report.changed or report.unchanged else 1


class _Progress:
    """Rows done: a bar on a terminal, by the bytes read; else a line every EVERY rows. share: of the file, 0 to 1."""

    def __init__(self, out: TextIO, share: Callable[[], float]) -> None:
        self.out, self.share, self.shown = out, share, 0

    def __call__(self, done: int) -> None:
        if self.out.isatty():
            share = self.share()
            bar = "#" * round(BAR * share)
            print(f"\r[{bar:.<{BAR}}] {100 * share:3.0f} % {done} rows ", end="", file=self.out, flush=True)
        elif done // EVERY > self.shown // EVERY:
            print(f"{done} rows", file=self.out, flush=True)
        self.shown = done


def _print(report: Report, catalogue: Catalogue, findings: list[Finding], partial: bool) -> None:
    for place in catalogue.broken:
        print(f"broken: {place.file}:{place.line}: {place.reason}")
    for name in ("added", "changed", "withdrawn"):
        print(f"{name:10} {len(getattr(report, name)):6}")
    for name, count in (("unchanged", report.unchanged), ("internal", report.internal), ("broken", len(catalogue.broken))):
        print(f"{name:10} {count:6}")
    if not report.complete and not partial:
        print("not every line could be read, so nothing was withdrawn")
    records = Counter(kind for kind, _ in {(finding.kind, finding.code) for finding in findings})
    for kind, count in Counter(finding.kind for finding in findings).most_common():
        print(f"finding    {count:6} {kind} in {records[kind]} records")


def _write(var: Path, report: Report, catalogue: Catalogue, findings: list[Finding]) -> Path:
    """var/imports/<time>.json: lists of codes, broken places, findings."""
    folder = var / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{report.import_id}.json"
    content = {
        **asdict(report),
        "files": [file.name for file in catalogue.files],
        "broken": [asdict(place) for place in catalogue.broken],
        "findings_by_kind": dict(Counter(finding.kind for finding in findings).most_common()),
        "findings": [asdict(finding) for finding in findings],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
