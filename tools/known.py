"""data/province/known.yml from the national catalogue that `make import` has read into VAR.

    python -m tools.known VAR [--out data/province/known.yml]

What an import of the same catalogue would join or mark as another province's own (index/candidates.py) is written down for those who
have no catalogue: codes only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from index.candidates import candidates
from index.catalogue import load_procedures
from index.imported import read_imported
from index.known import Known
from index.phrasings import read_asked
from index.procedure import Procedure
from index.province import PROVINCE

HEAD = """# Thủ tục có câu hỏi trong data/phrasings mà tỉnh chưa có bản ghi đã duyệt. Tệp do tools/known.py viết từ danh mục quốc gia:
# chạy lại khi thêm, bớt thủ tục hoặc khi danh mục đổi, đừng sửa ở đây.
# same_as: cùng một việc, chỉ khác cấp làm; hỏi về mã trước thì trả lời theo mã sau. elsewhere: mã riêng của tỉnh khác.
"""


def known(reviewed: Collection[Procedure], imported: Iterable[Procedure], asked: Collection[str], province: str) -> Known:
    """What `asked` codes without a reviewed record are. Of several reviewed twins the first code in order stands for them."""
    ours = {procedure.code for procedure in reviewed}
    records = [*reviewed, *(procedure for procedure in imported if procedure.code not in ours)]
    official = {procedure.code: procedure.name for procedure in imported}
    same, elsewhere = {}, set()
    for candidate in candidates(records, (), official, {}, province):
        here = [code for code in candidate.members if code in ours]
        missing = [code for code in candidate.members if code in asked and code not in ours]
        if here:
            same.update(dict.fromkeys(missing, here[0]))
        elif candidate.foreign:
            elsewhere.update(missing)
    return Known(dict(sorted(same.items())), frozenset(elsewhere))


def written(found: Known, day: date) -> str:
    """The file."""
    same = "".join(f'\n  "{code}": "{ours}"' for code, ours in found.same_as.items()) or " {}"
    elsewhere = "".join(f'\n  - "{code}"' for code in sorted(found.elsewhere)) or " []"
    return f'{HEAD}checked_on: "{day.isoformat()}"\nsame_as:{same}\nelsewhere:{elsewhere}\n'


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("var", type=Path, help="where `make import` has put the catalogue")
    parser.add_argument("--out", type=Path, default=Path("data/province/known.yml"))
    args = parser.parse_args()
    imported = list(read_imported(args.var).procedures)
    if not imported:
        print(f"{args.var}: chưa nhập danh mục; chạy make import trước.", file=sys.stderr)
        return 2
    reviewed = load_procedures(Path("data/procedures"))
    found = known(reviewed, imported, {asked.code for asked in read_asked(Path("data/phrasings"))}, PROVINCE)
    args.out.write_text(written(found, date.today()), "utf-8")
    print(f"{args.out}: {len(found.same_as)} mã cùng việc, {len(found.elsewhere)} mã của tỉnh khác")
    return 0


if __name__ == "__main__":
    sys.exit(main())
