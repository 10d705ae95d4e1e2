"""The content from the command line: `python -m bot.staff.content export|import|status`.

export FOLDER [--at REVISION]      the submitted content as files; FOLDER must be new or empty
import FOLDER --why REASON [--whole]   files into the store; --whole: what is not in FOLDER is removed
status                             how many files and revisions, what was saved last
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.gateway.database import DatabaseError, open_database
from bot.gateway.settings import read_settings
from bot.staff.content.store import Content, ContentError
from bot.staff.person import SYSTEM


def main(arguments: Sequence[str] | None = None, environment: dict[str, str] | None = None) -> int:
    """-> exit status: 0 done, 1 refused with the reasons on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.staff.content", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export")
    export.add_argument("folder", type=Path)
    export.add_argument("--at", type=int)
    bring = commands.add_parser("import")
    bring.add_argument("folder", type=Path)
    bring.add_argument("--why", required=True)
    bring.add_argument("--whole", action="store_true")
    commands.add_parser("status")
    asked = parser.parse_args(arguments)
    try:
        settings = read_settings(os.environ if environment is None else environment)
        engine = open_database(settings.var, settings.database_url)
    except (DatabaseError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    try:
        _run(Content(engine, time.time), asked)
    except ContentError as error:
        for row in error.errors:
            print(f"{row.field}: {row.sentence}", file=sys.stderr)
        return 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        engine.dispose()
    return 0


def _run(content: Content, asked: argparse.Namespace) -> None:
    if asked.command == "export":
        content.write(asked.folder, asked.at)
        print(f"{len(content.tree(asked.at))} files in {asked.folder}")
    elif asked.command == "import":
        changed = content.import_folder(asked.folder, SYSTEM, asked.why, whole=asked.whole)
        print("\n".join([*changed, f"{len(changed)} files changed; revision {content.head()}"]))
    else:
        drafts = set(content.paths()) - set(content.tree())
        print(f"{len(content.tree())} files submitted, {len(drafts)} only as drafts; newest revision {content.head()}")


if __name__ == "__main__":
    sys.exit(main())
