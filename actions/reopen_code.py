"""(procedure, case) <-> the few letters that reopen a printed checklist: "2247T-8", with a case "2247T-8XNF". Stateless.

Five letters say the procedure, three more the case, the last one checks the others. The case stands there as a digest of its id,
not as its position: when cases are added, dropped or put in another order, an old paper opens the same case or none, never
another one. Only consonants and digits: an input method for Vietnamese leaves them as they are typed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from index.text import clean, fold

ALPHABET = "23456789BCFGHJKMNPQRTVX"
"""A prime number of letters, so that the check finds each wrong letter and each swap; none that looks like 0, 1, 2 or 5."""
BASE = len(ALPHABET)
PROCEDURE, MARK = 5, 3
"""Letters of either part. BASE ** 5 = 6,436,343 holds the six series of codes in use, 1.000000 to 6.999999."""
_CODE = re.compile(r"([1-6])\.(\d{6})", re.ASCII)
_SEPARATOR = re.compile(r"[\W_]+")


def reopen_code(code: str, case: str | None = None) -> str | None:
    """The letters for a procedure's code and the id of a case; None for a code of a series that the country does not use."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    first = letters_of((int(match[1]) - 1) * 1_000_000 + int(match[2]), PROCEDURE)
    rest = "" if case is None else mark_of(case)
    return f"{first}-{rest}{check_letter(first + rest)}"


def read_reopen_code(text: str) -> tuple[str, str] | None:
    """(procedure's code, mark of the case or "") of letters typed in any case, with blanks or dashes anywhere; None when they
    are not such a code."""
    letters = _SEPARATOR.sub("", fold(clean(text)).upper())
    if len(letters) not in (PROCEDURE + 1, PROCEDURE + MARK + 1) or not set(letters) <= set(ALPHABET):
        return None
    data = letters[:-1]
    series, number = divmod(_number(data[:PROCEDURE]), 1_000_000)
    if letters[-1] != check_letter(data) or series > 5:
        return None
    return f"{series + 1}.{number:06d}", data[PROCEDURE:]


def mark_of(case: str) -> str:
    """Three letters for the id of a case, the same in every release."""
    return letters_of(int.from_bytes(hashlib.sha256(case.encode()).digest()), MARK)


def marked_case(cases: Iterable[str], mark: str) -> str | None:
    """The one id that has the mark; None when none has it, or more than one, so that nobody gets the papers of another case."""
    found = [case for case in cases if mark_of(case) == mark]
    return found[0] if len(found) == 1 else None


def letters_of(number: int, length: int) -> str:
    """The last `length` digits to the base BASE."""
    found = ""
    for _ in range(length):
        number, digit = divmod(number, BASE)
        found = ALPHABET[digit] + found
    return found


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * BASE + ALPHABET.index(letter)
    return number


def check_letter(data: str) -> str:
    """The letter that makes the sum of all letters, each times its place from the end, a multiple of BASE (as ISBN-10 does
    with 11)."""
    weighted = sum(place * ALPHABET.index(letter) for place, letter in enumerate(reversed(data), 2))
    return ALPHABET[-weighted % BASE]
