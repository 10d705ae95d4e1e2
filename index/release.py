"""`make release`: data/ in, an immutable folder var/releases/<id>/ out, and the pointer `current` moved to it.

A release holds the records, the passages, the vectors, the word tables and a manifest with versions, counts and checksums.
Serving reads only a release. Publishing and rolling back move the pointer, one atomic rename.

    python -m index.release build data var
    python -m index.release use var <id>
    python -m index.release list var
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from scipy import sparse

from index.abroad import Abroad
from index.accents import Accents
from index.asking import content_words
from index.candidates import Candidate, candidates
from index.catalogue import DataError, load_procedures, read_yaml
from index.centroid import CentroidRetriever
from index.chunk import Passage, chunk_all
from index.contacts import read_contacts
from index.coverage import Coverage
from index.dense import DenseRetriever
from index.encoder import BundledEncoder, Encoder
from index.families import Family, read_families
from index.faq import FILE as FAQ
from index.faq import VECTORS as FAQ_VECTORS
from index.faq import read_faqs, to_rows
from index.fusion import Retrievers
from index.imported import Imported, read_imported
from index.known import read_known
from index.lexical import LexicalRetriever
from index.life_events import FILE as LIFE_EVENTS
from index.life_events import read_life_events
from index.manifest import FORMAT, ReleaseError, checksum, current, point, read_manifest, use
from index.modifiers import Modifiers
from index.old_names import parse_old_names
from index.phrasings import read_asked
from index.post import read_post
from index.procedure import Procedure
from index.province import CONTACTS_FILE, PROVINCE
from index.search import ProcedureSearch
from index.shelf import Shelf, write_shelf
from index.small_texts import FILE as TEXTS
from index.small_texts import SOURCE, read_texts
from index.spelt import cached_reading
from index.subjects import Subjects
from index.text import normalise
from index.vectors import cached_vectors

CONTENT = ("procedures", "phrasings", "province", "nlu", "life_events", "faq")
"""Folders of data/ that a release is made from."""
READERS = ("text", "words", "words_old", "words_readings", "telex", "spelt")
"""Modules that say how a passage is read."""
SINGLE = ("families.yml", SOURCE)
"""Files beside them."""


def read_phrasings(folder: Path) -> dict[str, list[str]]:
    """data/phrasings/*.yml -> code -> sentences."""
    phrasings: dict[str, list[str]] = {}
    for question in read_asked(folder):
        phrasings.setdefault(question.code, []).append(question.text)
    return phrasings


def build(
    data: Path, var: Path, encoder: Encoder, *, imported: Imported | None = None, make_current: bool = True, log: Any = print
) -> Path:
    """Write a release from `data` and the imported records -> its folder. A reviewed record wins over an imported one of its code.
    The same content gives the same id and is not built twice. make_current: the pointer moves to it; else what serves stays.

    Raises DataError for content that cannot be used, OSError when `var` cannot be written.
    """
    imported = imported or Imported()
    release_id = fingerprint(data, imported, encoder)
    folder = var / "releases" / release_id
    if folder.exists():
        try:
            open_release(folder, encoder)
            log(f"release {release_id}: nothing has changed")
            return point(var, release_id) if make_current else folder.resolve()
        except ReleaseError as error:
            log(f"{error}; building it again")
            shutil.rmtree(folder)
    started = time.perf_counter()
    reviewed = load_procedures(data / "procedures")
    if not reviewed:
        raise DataError(f"{data / 'procedures'}: holds no procedure; expected at least one .yml")
    codes = {procedure.code for procedure in reviewed}
    procedures = sorted([*reviewed, *(p for p in imported.procedures if p.code not in codes)], key=lambda p: p.code)
    phrasings = read_phrasings(data / "phrasings")
    contacts = read_contacts(data / CONTACTS_FILE)
    if contacts.get("code") != PROVINCE:
        raise DataError(f"{data / CONTACTS_FILE}: code: is {contacts.get('code')!r}; expected {PROVINCE!r}, as MOT_CUA_PROVINCE says")
    contacts["post"] = dataclasses.asdict(read_post(data / "province" / "post.yml"))
    contacts["old_names"] = read_yaml(data / "province" / "old_names.yml")
    parse_old_names(contacts["old_names"])  # what cannot be read is refused here, not while serving
    families = read_families(data / "families.yml")
    sentences = [text for texts in phrasings.values() for text in texts]
    life_events = read_life_events(data / "life_events", {procedure.code: procedure for procedure in reviewed}, sentences)
    faqs = read_faqs(data / "faq", codes, sentences)
    texts = read_texts(data / SOURCE)
    talk = [path.read_text("utf-8") for path in sorted((data / "nlu").glob("*.yml"))] if (data / "nlu").exists() else []
    official = {procedure.code: procedure.name for procedure in imported.procedures}
    chosen = candidates(procedures, phrasings, official, imported.use, contacts["code"], families, read_known(data / "province" / "known.yml"))
    asked = {**phrasings, **{family.code: family.asked for family in families}}
    passages = _passages(procedures, asked, official, chosen)
    place = {code: n for n, candidate in enumerate(chosen) for code in candidate.members}
    owners = [place[passage.code] for passage in passages]
    faq_passages = [Passage(faq.slug, "phrasing", text) for faq in faqs for text in faq.questions]
    texts_read = [passage.text for passage in (*passages, *faq_passages)]
    spelt, folded = cached_reading(texts_read, var / "cache", _version_of(READERS), log)
    # One call for both: the cache keeps what the last call asked for and nothing else.
    both, encoded = cached_vectors([*passages, *faq_passages], spelt, var / "cache", encoder, log)
    vectors, faq_vectors = both[: len(passages)], both[len(passages) :]
    del spelt[len(passages) :], folded[len(passages) :]
    accents = Accents.train([*spelt, *(normalise(line) for text in talk for line in text.splitlines())])
    names = [candidate.code for candidate in chosen]
    temporary = var / "releases" / f".{release_id}-{os.getpid()}"
    temporary.mkdir(parents=True)
    write_shelf(temporary, procedures)
    _write_json(temporary / "contacts.json", contacts)
    _write_json(temporary / "passages.json", [dataclasses.astuple(passage) for passage in passages])
    _write_json(temporary / "accents.json", accents.to_dict())
    _write_json(temporary / "candidates.json", [dataclasses.astuple(candidate) for candidate in chosen])
    _write_json(temporary / "families.json", [dataclasses.asdict(family) for family in families])
    _write_json(temporary / LIFE_EVENTS, [dataclasses.asdict(event) for event in life_events.events])
    _write_json(temporary / FAQ, to_rows(faqs))
    np.save(temporary / FAQ_VECTORS, faq_vectors.reshape(-1, encoder.dim))
    _write_json(temporary / TEXTS, texts)
    np.save(temporary / "owners.npy", np.array(owners, np.int32))
    faiss.write_index(DenseRetriever.build(vectors, owners, names).index, str(temporary / "dense.faiss"))
    _write_terms(temporary, "words", LexicalRetriever.build(folded, owners, names).parts())
    _write_terms(temporary, "centroid", CentroidRetriever.build(folded, owners, names).parts())
    coverage = Coverage.build(folded, owners, names)
    _write_terms(temporary, "coverage", (coverage.words, np.zeros(0), coverage.has))
    seconds = time.perf_counter() - started
    _write_json(
        temporary / "manifest.json",
        {
            "id": release_id,
            "format": FORMAT,
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "encoder": encoder.name,
            "dim": encoder.dim,
            "province": contacts["code"],
            "build_seconds": round(seconds, 1),
            "counts": {
                "procedures": len(procedures),
                "reviewed": len(reviewed),
                "candidates": len(chosen),
                "passages": len(passages),
                "phrasings": sum(map(len, phrasings.values())),
                "faq": len(faqs),
                "encoded_now": encoded,
            },
            "files": {path.name: checksum(path) for path in sorted(temporary.iterdir())},
        },
    )
    temporary.rename(folder)
    log(
        f"release {release_id}: {len(procedures)} procedures ({len(reviewed)} reviewed), {len(passages)} passages "
        f"({encoded} newly encoded) in {seconds:.1f} s"
    )
    return point(var, release_id) if make_current else folder.resolve()


def fingerprint(data: Path, imported: Imported, encoder: Encoder) -> str:
    """12 hex digits over all that a release is made from: files of `data` by their bytes, imported records, encoder, code."""
    digest = hashlib.sha256()
    for path in sorted(path for part in CONTENT for path in (data / part).rglob("*.yml")) + [data / name for name in SINGLE]:
        if path.exists():
            digest.update(f"{path.relative_to(data)}\0".encode() + path.read_bytes() + b"\0")
    drafts = imported.stamp or [procedure.version for procedure in imported.procedures]
    rest = [drafts, imported.use, encoder.name, FORMAT, _code_version(), PROVINCE]
    digest.update(json.dumps(rest, sort_keys=True, default=dict).encode())
    return digest.hexdigest()[:12]


def _passages(
    procedures: Sequence[Procedure],
    phrasings: Mapping[str, Sequence[str]],
    official: Mapping[str, str],
    chosen: Sequence[Candidate],
) -> list[Passage]:
    """Of all candidates, in their order; of twins no text twice."""
    ours = chunk_all(procedures, phrasings, official)
    loaded = {procedure.code for procedure in procedures}
    ours += [Passage(code, "phrasing", text) for code, texts in phrasings.items() if code not in loaded for text in texts]
    # A phrasing that names nothing of its procedure ("mấy bữa có kết quả") would draw every such follow-up to it.
    ours = [passage for passage in ours if passage.kind != "phrasing" or content_words(passage.text)]
    by_code: dict[str, list[Passage]] = {}
    for passage in ours:
        by_code.setdefault(passage.code, []).append(passage)
    found = []
    for candidate in chosen:
        seen: set[tuple[str, str]] = set()
        for passage in (passage for code in candidate.members for passage in by_code.get(code, ())):
            if (passage.kind, passage.text) not in seen:
                seen.add((passage.kind, passage.text))
                found.append(passage)
    return found


def open_release(folder: Path, encoder: Encoder) -> tuple[ProcedureSearch, dict[str, Any], dict[str, Any]]:
    """-> (search, province: its contacts and post, manifest). Raises ReleaseError when a file is damaged or the encoder is another one."""
    manifest = read_manifest(folder)
    if (manifest["encoder"], manifest["dim"]) != (encoder.name, encoder.dim):
        raise ReleaseError(
            f"{folder} was built with encoder {manifest['encoder']} (dim {manifest['dim']}), settings name {encoder.name} (dim {encoder.dim}); run make release"
        )
    procedures = Shelf(folder)
    chosen = [Candidate(code, tuple(members), *rest) for code, members, *rest in _read_json(folder / "candidates.json")]
    codes = [candidate.code for candidate in chosen]
    owners = np.load(folder / "owners.npy")
    retrievers = Retrievers(
        DenseRetriever(faiss.read_index(str(folder / "dense.faiss")), owners, codes),
        LexicalRetriever(*_read_terms(folder, "words"), owners, codes),
        CentroidRetriever(*_read_terms(folder, "centroid"), codes),
        Coverage(list(_read_terms(folder, "coverage")[0]), _read_terms(folder, "coverage")[2], codes),
        Modifiers([procedures.heads[code].name if code in procedures else "" for code in codes]),
        Subjects([candidate.people for candidate in chosen]),
        Abroad([candidate.missions for candidate in chosen]),
        np.array([(candidate.use, -float(candidate.foreign)) for candidate in chosen], np.float32),
    )
    accents = Accents.from_dict(_read_json(folder / "accents.json"))
    families = [
        Family(row["id"], row["ask"], {code: tuple(told) for code, told in row["members"].items()}, tuple(row["heads"]), tuple(row["asked"]), row["usual"])
        for row in _read_json(folder / "families.json")
    ]
    return ProcedureSearch(procedures, chosen, encoder, accents, retrievers, families), _read_json(folder / "contacts.json"), manifest


def read_procedures(folder: Path) -> Shelf:
    """The records of a release by code; no index is opened."""
    return Shelf(folder)


def _write_terms(folder: Path, name: str, parts: tuple[Sequence[str], np.ndarray, sparse.csc_matrix]) -> None:
    terms, idf, weights = parts
    _write_json(folder / f"{name}.json", list(terms))
    np.save(folder / f"{name}-idf.npy", idf)
    sparse.save_npz(folder / f"{name}.npz", weights, compressed=False)


def _read_terms(folder: Path, name: str) -> tuple[dict[str, int], np.ndarray, sparse.csc_matrix]:
    terms = {term: n for n, term in enumerate(_read_json(folder / f"{name}.json"))}
    return terms, np.load(folder / f"{name}-idf.npy"), sparse.load_npz(folder / f"{name}.npz").tocsc()


def _code_version() -> str:
    """Changes when the modules that make a release change, so that `make run` builds again after an update."""
    names = (
        *sorted(path.stem for path in Path(__file__).parent.glob("portal*.py")),
        *READERS,
        "asking",
        "chunk",
        "phrasings",
        "post",
        "accents",
        "dense",
        "lexical",
        "postings",
        "centroid",
        "candidates",
        "shelf",
        "families",
        "life_events",
        "life_words",
        "faq",
        "small_texts",
        "coverage",
        "subjects",
        "abroad",
        "vectors",
        "release",
    )
    return _version_of(names)


def _version_of(modules: Sequence[str]) -> str:
    return hashlib.sha256(b"".join((Path(__file__).parent / f"{name}.py").read_bytes() for name in modules)).hexdigest()[:12]


def _write_json(path: Path, value: Any) -> None:
    path.write_text(
        json.dumps(value, ensure_ascii=False, default=lambda day: day.isoformat() if isinstance(day, date) else str(day)), "utf-8"
    )


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("build", "use", "list"))
    parser.add_argument("paths", nargs="+", type=Path)
    args = parser.parse_args()
    try:
        if args.command == "build":
            build(args.paths[0], args.paths[1], BundledEncoder(), imported=read_imported(args.paths[1]))
        elif args.command == "use":
            print("current:", use(args.paths[0], args.paths[1].name).name)
        else:
            for folder in sorted((args.paths[0] / "releases").glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime):
                try:
                    manifest = read_manifest(folder)
                except ReleaseError as error:
                    print("!", error)
                    continue
                mark = "*" if folder.resolve() == current(args.paths[0]) else " "
                print(
                    mark,
                    manifest["id"],
                    manifest["created_at"],
                    manifest["counts"]["procedures"],
                    "procedures",
                    manifest["encoder"],
                )
    except (DataError, ReleaseError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
