"""`make check-data`: the content files in, a list of problems out; exit status 1 when there is one.

python -m index.check data [--only FOLDERS] [--catalogue FILE] [--as-of DAY]
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from index.catalogue import CODE, DataError, load_procedure, read_yaml
from index.compare import differences
from index.contacts import TO_FILL, read_contacts
from index.faq import read_faqs
from index.life_events import read_life_events
from index.old_names import parse_old_names
from index.phrasings import read_asked
from index.portal import read_catalogue
from index.post import read_post
from index.procedure import Procedure
from index.province import CONTACTS_FILE

STALE = re.compile(
    r"cấp huyện|UBND huyện|ủy ban nhân dân (?:cấp )?huyện|phòng tư pháp|sổ hộ khẩu|(?<![-/Bb])LĐTBXH|Lao động[ -–]+Thương binh",
    re.I,
)
SOON = timedelta(days=60)
LAST_DAYS = ("effective_to", "confirmed_until")
"""Keys of files in province/ and of families.yml that hold the last day on which something may be used."""


def check(data: Path, as_of: date, only: Sequence[str] = (), catalogue: Path | None = None) -> tuple[list[str], list[str]]:
    """-> (problems, notes), one line each. Notes are explained differences, empty contacts and what expires within 60 days
    of `as_of`: records, fee rows, and what province/, faq/ and families.yml date."""
    problems: list[str] = []
    notes: list[str] = []
    loaded: dict[Path, Procedure] = {}
    folders = [data / "procedures" / name for name in only] or [data / "procedures"]
    for path in sorted(path for folder in folders for path in folder.rglob("*.yml")):
        try:
            loaded[path] = load_procedure(path)
        except DataError as error:
            problems.append(str(error))
    contacts: dict[str, Any] = {}
    try:
        contacts = read_contacts(data / CONTACTS_FILE)["contacts"]
        parse_old_names(read_yaml(data / "province" / "old_names.yml"))
    except DataError as error:
        problems.append(str(error))
    empty = {key: [part for part in TO_FILL if not row.get(part)] for key, row in contacts.items()}
    notes += [f"{CONTACTS_FILE}: {key} is without {', '.join(parts)}" for key, parts in empty.items() if parts]
    codes: dict[str, Path] = {}
    for path, procedure in loaded.items():
        if procedure.code in codes:
            problems.append(f"{path}: code {procedure.code} is already in {codes[procedure.code]}")
        codes[procedure.code] = path
        if contacts and procedure.contact not in contacts:
            problems.append(f"{path}: contact: is {procedure.contact!r}; expected one of {', '.join(contacts)}")
        text = path.read_text("utf-8").split("aliases:")[0] + path.read_text("utf-8").split("overview:", 1)[-1]
        problems += [
            f"{path}: stale word {word!r}; the district level and the paper household book are gone"
            for word in sorted(set(STALE.findall(text)))
        ]
        for problem, soon in expiry(ends_of(procedure), as_of):
            (notes if soon else problems).append(f"{path}: {problem}")
    for problem, soon in _dated_files(data, as_of):
        (notes if soon else problems).append(problem)
    known = None if catalogue is None else {*codes, *_codes(catalogue)}
    problems += _phrasings(data, known)
    if not only:
        problems += [line for line in _life_events(data, loaded.values()) if line not in problems]
        problems += [line for line in _faqs(data, codes) if line not in problems]
    if catalogue is not None:
        portal = read_catalogue(catalogue, codes)
        for path, procedure in loaded.items():
            if procedure.code not in portal:
                notes.append(f"{path}: not in the catalogue")
                continue
            explained = {(row.field, row.value): row.reason for row in procedure.differences}
            for field, value in differences(procedure, portal[procedure.code]):
                reason = explained.pop((field, value), None)
                if reason:
                    notes.append(f"{path}: {field}: {value} ({reason})")
                else:
                    problems.append(
                        f"{path}: differs from the catalogue; fix it or add to differences: - {{field: {field}, value: '{value}', reason: ...}}"
                    )
            problems += [f"{path}: differences: {field} {value!r} is not a difference (any more)" for field, value in explained]
    return problems, notes


def expiry(ends: Iterable[tuple[str, date | None]], as_of: date) -> Iterator[tuple[str, bool]]:
    """(what, its last day or None) -> (line, only soon?)."""
    for where, end in ends:
        if end and end < as_of:
            yield f"{where} expired on {end}", False
        elif end and end <= as_of + SOON:
            yield f"{where} expires on {end}", True


def ends_of(procedure: Procedure) -> list[tuple[str, date | None]]:
    """The last day of the record and of each of its fee rows: ("record" or "fees[0]", day or None = open)."""
    return [("record", procedure.effective_to), *((f"fees[{n}]", fee.effective_to) for n, fee in enumerate(procedure.fees))]


def _dated_files(data: Path, as_of: date) -> Iterator[tuple[str, bool]]:
    """-> (line, only soon?) for the files of province/ and faq/ and families.yml; a file that cannot be read is one line too."""
    for path in [*sorted((data / "province").glob("*.yml")), *sorted((data / "faq").glob("*.yml")), data / "families.yml"]:
        if not path.exists():
            continue
        try:
            if path.name == "post.yml":
                read_post(path)
            yield from ((f"{path}: {line}", soon) for line, soon in expiry(ends_in(read_yaml(path)), as_of))
        except ValueError as error:  # DataError is one, and names the file itself
            yield str(error) if isinstance(error, DataError) else f"{path}: {error}", False


def ends_in(value: Any, where: str = "") -> Iterator[tuple[str, date]]:
    """Every last day (a key of LAST_DAYS) in the content of a file, with its path: "rows[2].effective_to". Raises ValueError for
    one that is no day."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        path = f"{where}[{key}]" if isinstance(value, list) else f"{where}.{key}".lstrip(".")
        if key in LAST_DAYS and item is not None:
            try:
                yield path, date.fromisoformat(item)
            except (TypeError, ValueError):
                raise ValueError(f'{path}: is {item!r}; expected a day such as "2026-11-22"') from None
        else:
            yield from ends_in(item, path)


def _codes(catalogue: Path) -> Iterator[str]:
    """Every code that the file (.jsonl or .jsonl.xz) holds."""
    opener = lzma.open if catalogue.suffix == ".xz" else open
    with opener(catalogue, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["code"] for line in lines)


def _phrasings(data: Path, known: set[str] | None) -> Iterator[str]:
    """Files of phrasings: codes that exist, known aspects, no sentence under two codes or twice. known: codes of our records and
    of the catalogue (a procedure need not be loaded to have questions); None without a catalogue, when only the form is judged."""
    owner: dict[str, str] = {}
    codes: set[str] = set()
    try:
        for question in read_asked(data / "phrasings"):
            if question.code not in codes and not CODE.fullmatch(question.code):
                yield f"phrasings: {question.code!r}; expected a code such as 1.001193 (codes stand in quotes)"
            elif question.code not in codes and known is not None and question.code not in known:
                yield f"phrasings: {question.code!r} is neither a record of ours nor in the catalogue"
            codes.add(question.code)
            key = " ".join(question.text.casefold().split())
            if key in owner:
                yield f"phrasings: {question.code}: {question.text!r} already stands under {owner[key]}"
            owner[key] = question.code
    except DataError as error:
        yield str(error)


def _life_events(data: Path, procedures: Iterable[Procedure]) -> Iterator[str]:
    """The first fault of the life events."""
    try:
        sentences = [question.text for question in read_asked(data / "phrasings")]
        read_life_events(data / "life_events", {procedure.code: procedure for procedure in procedures}, sentences)
    except DataError as error:
        yield str(error)


def _faqs(data: Path, codes: Iterable[str]) -> Iterator[str]:
    """The first fault of the FAQ."""
    try:
        read_faqs(data / "faq", set(codes), [question.text for question in read_asked(data / "phrasings")])
    except DataError as error:
        yield str(error)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", default="", help="folders below procedures/, comma between")
    parser.add_argument("--catalogue", type=Path, help="the portal's .jsonl or .jsonl.xz; without it nothing is compared")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    args = parser.parse_args()
    catalogue = args.catalogue if args.catalogue and args.catalogue.exists() else None
    problems, notes = check(args.data, args.as_of, [name.strip() for name in args.only.split(",") if name.strip()], catalogue)
    for line in notes:
        print("note:", line)
    for line in problems:
        print("PROBLEM:", line)
    compared = f"compared with {catalogue.name}" if catalogue else "not compared: no catalogue file"
    print(f"{len(problems)} problems, {len(notes)} notes; {compared}")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
