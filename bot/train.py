"""`make train`: nlu, rules and phrasings of the content, domain.yml and config.yml in, var/models/<fingerprint>.tar.gz out, and the
pointer moved.

The fingerprint covers everything the model is made from, so the same content is never trained twice. Beside a model lies
<fingerprint>.json with its core: a fingerprint without phrasings and records. Content that staff published keeps the model that
serves while the core is the same (docs/decisions/0024).

    python -m bot.train var [--data FOLDER] [--anew] [--aside]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from index.data_folder import data_folder, published

FILES = ("config.yml", "domain.yml", "uv.lock")
FOLDERS = ("nlu", "rules")
"""Of the data folder."""
ALSO = ("phrasings",)
"""Read by the importer that config.yml names."""
CODE = ("bot/nlu", "index/text.py", "index/words.py", "index/words_old.py", "index/words_readings.py", "index/telex.py", "index/procedure.py", "index/phrasings.py", "index/asking.py")


def fingerprint(root: Path, data: Path | None = None) -> str:
    """12 hex digits over the content of all inputs, in a fixed order. data: None = root/data."""
    data = data or root / "data"
    digest = hashlib.sha256("\0".join(sorted(path.name.split("-")[0] for path in (data / "procedures").rglob("*.yml"))).encode())
    return _over(digest, root, data, FOLDERS + ALSO)


def core(root: Path, data: Path | None = None) -> str:
    """As fingerprint, but without phrasings and records: what a model must agree in to serve `data`."""
    return _over(hashlib.sha256(), root, data or root / "data", FOLDERS)


def _over(digest: Any, root: Path, data: Path, folders: Iterable[str]) -> str:
    paths = [(name, root / name) for name in FILES]
    inside = sorted(path for name in folders for path in (data / name).rglob("*.yml"))
    paths += [(f"data/{path.relative_to(data)}", path) for path in inside]
    code = sorted(path for name in CODE for path in ([root / name] if name.endswith(".py") else (root / name).glob("*.py")))
    for name, path in [*paths, *((str(path.relative_to(root)), path) for path in code)]:
        digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def fitting(root: Path, var: Path, data: Path, *, anew: bool = False) -> str | None:
    """The file name of a model that may serve `data` without training: the one made from just this, else the one that serves when its
    core is the same, else the newest with that core. anew: only the first will do. None: one must be trained."""
    folder = var / "models"
    exact = f"{fingerprint(root, data)}.tar.gz"
    if (folder / exact).exists():
        return exact
    if anew:
        return None
    wanted = core(root, data)
    _learn_core(root, var)
    serving = folder / "current"
    known = sorted(folder.glob("*.tar.gz"), key=lambda path: -path.stat().st_mtime)
    here = [serving.resolve(), *known] if serving.exists() else known
    return next((path.name for path in here if _core_of(path) == wanted), None)


def train(root: Path, var: Path, data: Path | None = None, *, anew: bool = True, make_current: bool = True) -> Path:
    """A model for `data`, trained if there is none yet -> its file; `var/models/current` points at it if make_current.

    data: None = root/data. anew: False = a model of the same core will do. Raises RuntimeError with Rasa's message when training
    fails; the old model then stays current.
    """
    data = data or root / "data"
    folder = var / "models"
    folder.mkdir(parents=True, exist_ok=True)
    name = fitting(root, var, data, anew=anew) or f"{fingerprint(root, data)}.tar.gz"
    if not (folder / name).exists():
        _train(root, data, folder, name)
    if name == f"{fingerprint(root, data)}.tar.gz" and _core_of(folder / name) is None:
        _note_core(folder / name, core(root, data))
    if make_current:
        link, temporary = folder / "current", folder / f".current-{os.getpid()}"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(name)
        temporary.replace(link)
    return (folder / name).resolve()


def _train(root: Path, data: Path, folder: Path, name: str) -> None:
    from bot.no_tensorflow import leave_out
    from bot.quiet import quiet

    leave_out()
    quiet()
    from rasa import train as rasa_train  # seconds to import, needed only here
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # without it every rule is printed at debug level

    with tempfile.TemporaryDirectory(prefix="train-") as here:
        # The importer looks for data/ beside config.yml; other content gets a root of its own.
        place = root if data == root / "data" else _root_for(root, data, Path(here))
        result = rasa_train(
            domain=str(place / "domain.yml"),
            config=str(place / "config.yml"),
            training_files=[str(place / "data" / part) for part in FOLDERS],
            output=str(folder),
            fixed_model_name=name.removesuffix(".tar.gz") + ".part",
            force_training=True,
        )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"training ended with code {result.code}; see above")
    Path(result.model).replace(folder / name)


def _root_for(root: Path, data: Path, place: Path) -> Path:
    for name in ("config.yml", "domain.yml"):
        shutil.copyfile(root / name, place / name)
    (place / "data").symlink_to(data.resolve())
    return place


def _learn_core(root: Path, var: Path) -> None:
    """Of the model that serves, when it was trained before cores were noted and its content is still there."""
    serving, data = (var / "models" / "current").resolve(), data_folder(var, root / "data")
    if serving.is_file() and _core_of(serving) is None and serving.name == f"{fingerprint(root, data)}.tar.gz":
        _note_core(serving, core(root, data))


def _core_of(model: Path) -> str | None:
    try:
        return str(json.loads(_beside(model).read_text("utf-8"))["core"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note_core(model: Path, value: str) -> None:
    temporary = _beside(model).with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps({"core": value}), "utf-8")
    temporary.replace(_beside(model))


def _beside(model: Path) -> Path:
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("var", type=Path)
    parser.add_argument("--data", type=Path, help="the content; without it what staff have published, else data/")
    parser.add_argument("--anew", action="store_true", help="also where a model of the same core would do")
    parser.add_argument("--aside", action="store_true", help="what serves stays")
    args = parser.parse_args()
    started = time.perf_counter()
    before = {path.name for path in (args.var / "models").glob("*.tar.gz")}
    root = Path()
    data = args.data or published(args.var)
    try:
        model = train(root, args.var, data, anew=args.anew or data is None, make_current=not args.aside)
    except Exception as error:
        print(f"model: {error}", file=sys.stderr)
        return 1
    if model.name in before:
        print(f"model {model.name.removesuffix('.tar.gz')}: nothing has changed")
    else:
        print(f"model {model.name.removesuffix('.tar.gz')}: trained in {time.perf_counter() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
