"""Which content serves: var/content/current where staff have published, else data/ as it came with the program.

    python -m index.data_folder data var
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def published(var: Path) -> Path | None:
    """The folder that staff published last; None while they have published nothing."""
    current = var / "content" / "current"
    return current.resolve() if (current / "procedures").is_dir() else None


def data_folder(var: Path, default: Path = Path("data")) -> Path:
    """The content that a release and a model are made from."""
    return published(var) or default


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("default", type=Path)
    parser.add_argument("var", type=Path)
    args = parser.parse_args()
    folder = data_folder(args.var, args.default)
    if folder != args.default:
        print(f"Dùng nội dung cán bộ đã xuất bản ({folder}), không dùng {args.default}/.", file=sys.stderr)
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
