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
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from scipy import sparse

from index.accents import Accents
from index.asking import content_words
from index.catalogue import DataError, load_procedures, parse_procedure, read_yaml
from index.chunk import Passage, chunk_all
from index.coverage import Coverage
from index.dense import DenseRetriever
from index.encoder import BundledEncoder, Encoder
from index.fusion import Retrievers
from index.lexical import LexicalRetriever
from index.linear import LinearRetriever
from index.manifest import FORMAT, ReleaseError, checksum, current, point, read_manifest, use
from index.modifiers import Modifiers
from index.phrasings import read_asked
from index.procedure import Procedure
from index.retriever import ELSEWHERE
from index.search import ProcedureSearch
from index.text import expand, fold, normalise, southern
from index.vectors import cached_vectors


def read_phrasings(folder: Path) -> dict[str, list[str]]:
    """data/phrasings/*.yml -> code -> sentences."""
    phrasings: dict[str, list[str]] = {}
    for question in read_asked(folder):
        phrasings.setdefault(question.code, []).append(question.text)
    return phrasings


def read_elsewhere(path: Path, loaded: set[str]) -> dict[str, list[str]]:
    """data/elsewhere.yml -> code -> questions of procedures that are not among the loaded ones; {} without the file."""
    if not path.exists():
        return {}
    return {str(code): list(row["questions"]) for code, row in read_yaml(path).items() if str(code) not in loaded}


def build(data: Path, var: Path, encoder: Encoder, *, log: Any = print) -> Path:
    """Write a release from `data` and make it current. The same content gives the same id and is not built twice.

    Raises DataError for content that cannot be used, OSError when `var` cannot be written.
    """
    procedures = load_procedures(data / "procedures")
    if not procedures:
        raise DataError(f"{data / 'procedures'}: holds no procedure; expected at least one .yml")
    phrasings = read_phrasings(data / "phrasings")
    elsewhere = read_elsewhere(data / "elsewhere.yml", {procedure.code for procedure in procedures})
    contacts = read_yaml(data / "province" / "ca-mau.yml")
    extra = sorted(path.read_text("utf-8") for path in (data / "nlu").glob("*.yml")) if (data / "nlu").exists() else []
    content = json.dumps(
        [[p.version for p in procedures], phrasings, elsewhere, contacts, extra, encoder.name, FORMAT, _code_version()],
        ensure_ascii=False,
        sort_keys=True,
    )
    release_id = hashlib.sha256(content.encode()).hexdigest()[:12]
    folder = var / "releases" / release_id
    if folder.exists():
        try:
            open_release(folder, encoder)
            log(f"release {release_id}: nothing has changed")
            return point(var, release_id)
        except ReleaseError as error:
            log(f"{error}; building it again")
            shutil.rmtree(folder)
    started = time.perf_counter()
    passages = chunk_all(procedures, phrasings) + [
        Passage(ELSEWHERE, "phrasing", text) for texts in elsewhere.values() for text in texts
    ]
    codes = [procedure.code for procedure in procedures] + [ELSEWHERE]
    # A phrasing that names nothing of its procedure ("mấy bữa có kết quả") would draw every such follow-up to it.
    passages = [passage for passage in passages if passage.kind != "phrasing" or content_words(passage.text)]
    owners = [codes.index(passage.code) for passage in passages]
    vectors, encoded = cached_vectors(passages, var / "cache", encoder, log)
    folded = [_folded(passage) for passage in passages]
    texts = [expand(normalise(passage.text)) for passage in passages]
    accents = Accents.train([*texts, *(normalise(line) for text in extra for line in text.splitlines())])
    temporary = var / "releases" / f".{release_id}-{os.getpid()}"
    temporary.mkdir(parents=True)
    _write_json(temporary / "procedures.json", [dataclasses.asdict(procedure) for procedure in procedures])
    _write_json(temporary / "contacts.json", contacts)
    _write_json(temporary / "passages.json", [dataclasses.astuple(passage) for passage in passages])
    _write_json(temporary / "accents.json", accents.to_dict())
    faiss.write_index(DenseRetriever.build(vectors, owners, codes).index, str(temporary / "dense.faiss"))
    _write_lexical(temporary, LexicalRetriever.build(folded, owners, codes).to_dict())
    coverage = Coverage.build(folded, owners, codes)
    _write_json(temporary / "coverage.json", coverage.words)
    sparse.save_npz(temporary / "coverage.npz", coverage.has)
    linear = LinearRetriever.build(folded, vectors, owners, codes)
    _write_json(temporary / "linear.json", list(linear.terms))
    np.savez(
        temporary / "linear.npz",
        idf=linear.idf,
        lexical=linear.lexical,
        centre=linear.centre,
        scale=np.float32(linear.scale),
        dense=linear.dense,
    )
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
                "passages": len(passages),
                "phrasings": sum(map(len, phrasings.values())),
                "encoded_now": encoded,
            },
            "files": {path.name: checksum(path) for path in sorted(temporary.iterdir())},
        },
    )
    temporary.rename(folder)
    log(
        f"release {release_id}: {len(procedures)} procedures, {len(passages)} passages ({encoded} newly encoded) in {seconds:.1f} s"
    )
    return point(var, release_id)


def _folded(passage: Passage) -> str:
    text = expand(normalise(passage.text))
    return fold(f"{text} {southern(text)}".strip())


def open_release(folder: Path, encoder: Encoder) -> tuple[ProcedureSearch, dict[str, Any], dict[str, Any]]:
    """-> (search, contacts, manifest). Raises ReleaseError when a file is damaged or the encoder is another one."""
    manifest = read_manifest(folder)
    if (manifest["encoder"], manifest["dim"]) != (encoder.name, encoder.dim):
        raise ReleaseError(
            f"{folder} was built with encoder {manifest['encoder']} (dim {manifest['dim']}), settings name {encoder.name} (dim {encoder.dim}); run make release"
        )
    procedures = read_procedures(folder)
    codes = [*sorted(procedures), ELSEWHERE]
    owners = np.array([codes.index(row[0]) for row in _read_json(folder / "passages.json")], np.int32)
    arrays = np.load(folder / "linear.npz")
    terms = {term: n for n, term in enumerate(_read_json(folder / "linear.json"))}
    retrievers = Retrievers(
        DenseRetriever(faiss.read_index(str(folder / "dense.faiss")), owners, codes),
        _read_lexical(folder, owners, codes),
        LinearRetriever(terms, arrays["idf"], arrays["lexical"], arrays["centre"], float(arrays["scale"]), arrays["dense"], codes),
        Coverage(_read_json(folder / "coverage.json"), sparse.load_npz(folder / "coverage.npz"), codes),
        Modifiers([*(procedures[code].name for code in codes[:-1]), ""]),
    )
    search = ProcedureSearch(procedures, encoder, Accents.from_dict(_read_json(folder / "accents.json")), retrievers)
    return search, _read_json(folder / "contacts.json"), manifest


def read_procedures(folder: Path) -> dict[str, Procedure]:
    """The records of a release by code; no index is opened."""
    return {row["code"]: _procedure(row) for row in _read_json(folder / "procedures.json")}


def _procedure(row: Mapping[str, Any]) -> Procedure:
    row = dict(row)
    for n, duration in enumerate(row["duration"]):
        unit = duration.pop("unit")
        amount = duration.pop("amount")
        row["duration"][n] = {**({unit: amount if unit != "same_day" else True} if unit else {}), **duration}
    unknown = dict(row["unknown"])
    row["unknown"] = unknown
    return parse_procedure({key: value for key, value in row.items() if not (key in unknown and not value)})


def _write_lexical(folder: Path, parts: Mapping[str, Any]) -> None:
    _write_json(folder / "lexical.json", parts["terms"])
    np.save(folder / "lexical-idf.npy", parts["idf"])
    sparse.save_npz(folder / "lexical.npz", parts["weights"])


def _read_lexical(folder: Path, owners: np.ndarray, codes: list[str]) -> LexicalRetriever:
    terms = {term: n for n, term in enumerate(_read_json(folder / "lexical.json"))}
    return LexicalRetriever(terms, np.load(folder / "lexical-idf.npy"), sparse.load_npz(folder / "lexical.npz"), owners, codes)


def _code_version() -> str:
    """Changes when the modules that make a release change, so that `make run` builds again after an update."""
    names = (
        "text",
        "words",
        "asking",
        "chunk",
        "phrasings",
        "accents",
        "dense",
        "lexical",
        "linear",
        "coverage",
        "vectors",
        "release",
    )
    return hashlib.sha256(b"".join((Path(__file__).parent / f"{name}.py").read_bytes() for name in names)).hexdigest()[:12]


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
            build(args.paths[0], args.paths[1], BundledEncoder())
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
