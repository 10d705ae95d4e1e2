"""`make train`: data/nlu, data/rules, domain.yml and config.yml in, var/models/<fingerprint>.tar.gz out, and the pointer moved.

The fingerprint covers everything the model is made from, so the same content is never trained twice.

    python -m bot.train var
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import sys
import time
from pathlib import Path

FILES = ("config.yml", "domain.yml", "uv.lock")
FOLDERS = ("data/nlu", "data/rules")
ALSO = ("data/phrasings",)
"""Read by the importer that config.yml names."""
CODE = ("bot/nlu", "index/text.py", "index/words.py", "index/words_old.py", "index/words_readings.py", "index/telex.py", "index/procedure.py", "index/phrasings.py", "index/asking.py")


def fingerprint(root: Path) -> str:
    """12 hex digits over the content of all inputs, in a fixed order."""
    paths = [root / name for name in FILES]
    paths += sorted(path for name in FOLDERS + ALSO for path in (root / name).rglob("*.yml"))
    digest = hashlib.sha256("\0".join(sorted(path.name.split("-")[0] for path in (root / "data/procedures").rglob("*.yml"))).encode())
    paths += sorted(path for name in CODE for path in ([root / name] if name.endswith(".py") else (root / name).glob("*.py")))
    for path in paths:
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def train(root: Path, var: Path) -> Path:
    """The model of the present content, trained if there is none yet; `var/models/current` points at it.

    Raises RuntimeError with Rasa's message when training fails; the old model then stays current.
    """
    folder = var / "models"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{fingerprint(root)}.tar.gz"
    if not (folder / name).exists():
        from bot.no_tensorflow import leave_out
        from bot.quiet import quiet

        leave_out()
        quiet()
        from rasa import train as rasa_train  # seconds to import, needed only here
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.WARNING)  # without it every rule is printed at debug level

        result = rasa_train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(root / part) for part in FOLDERS],
            output=str(folder),
            fixed_model_name=name.removesuffix(".tar.gz") + ".part",
            force_training=True,
        )
        if result.code != 0 or not result.model:
            raise RuntimeError(f"training ended with code {result.code}; see above")
        Path(result.model).replace(folder / name)
    link, temporary = folder / "current", folder / f".current-{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(name)
    temporary.replace(link)
    return link.resolve()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("var", type=Path)
    args = parser.parse_args()
    started = time.perf_counter()
    before = {path.name for path in (args.var / "models").glob("*.tar.gz")}
    try:
        model = train(Path(), args.var)
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
