"""Every sentence that the office may say in its own words, and whether a wording may be said: its key and its gaps must be known.

python -m actions.texts_list data    (part of `make check-data`)
"""

from __future__ import annotations

import argparse
import logging
import re
import string
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from actions.texts import DEFAULTS
from index.catalogue import DataError, read_yaml
from index.small_texts import SOURCE, read_texts

logger = logging.getLogger(__name__)
DOMAIN = Path(__file__).parent.parent / "domain.yml"
MAX_TEXT = 1_500
"""Characters: what a messenger shows in one bubble."""


@lru_cache(maxsize=1)
def known_texts() -> Mapping[str, str]:
    """key -> the program's own text: the sentences of actions.sentences, then the utter_* of domain.yml."""
    responses = read_yaml(DOMAIN)["responses"]
    return MappingProxyType({**DEFAULTS, **{key: rows[0]["text"] for key, rows in responses.items()}})


def fault(key: str, text: str) -> str | None:
    """Why a wording cannot be said, a Vietnamese sentence for the staff; None when it can."""
    default = known_texts().get(key)
    if default is None:
        return f"Không có câu nào tên “{key}”. Cần một trong: {', '.join(known_texts())}."
    if not text.strip() or len(text) > MAX_TEXT:
        return f"Câu “{key}” có {len(text.strip())} chữ cái; cần từ 1 đến {MAX_TEXT}."
    wanted = sorted(_gaps(default))
    try:
        found = sorted(_gaps(text))
    except ValueError:
        return f"Câu “{key}” có dấu ngoặc nhọn không đóng. Chỗ để trống cần giữ: {_listed(wanted)}."
    if found != wanted:
        return f"Câu “{key}” có chỗ để trống {_listed(found)}; cần giữ đúng {_listed(wanted)}."
    strange = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", default))
    if key in DEFAULTS and strange:
        return f"Câu “{key}” có số {', '.join(sorted(strange))}. Con số phải nằm trong dữ liệu thủ tục hoặc câu hỏi thường gặp, không nằm trong câu này."
    return None


def usable(wording: Mapping[str, str]) -> dict[str, str]:
    """Those that can be said; the others are told in the log and the program's own text stays."""
    faults = {key: fault(key, text) for key, text in wording.items()}
    for key in (key for key, found in faults.items() if found):
        logger.error("texts.yml: %s cannot be said", key)
    return {key: text for key, text in wording.items() if faults[key] is None}


def check_texts(data: Path) -> list[str]:
    """One line a fault of data/texts.yml."""
    try:
        wording = read_texts(data / SOURCE)
    except DataError as error:
        return [str(error)]
    return [f"{data / SOURCE}: {found}" for key, text in wording.items() if (found := fault(key, text))]


def _gaps(text: str) -> list[str]:
    """Names of {gaps}, with what follows them in the braces; each counts. Raises ValueError for a brace that does not close."""
    return [f"{name}{':' + spec if spec else ''}{'!' + turn if turn else ''}" for _, name, spec, turn in string.Formatter().parse(text) if name is not None]


def _listed(gaps: list[str]) -> str:
    return ", ".join(f"{{{gap}}}" for gap in gaps) or "không có chỗ nào"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    problems = check_texts(parser.parse_args().data)
    for line in problems:
        print("PROBLEM:", line)
    print(f"texts.yml: {len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
