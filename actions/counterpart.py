"""The procedure at home for one "có yếu tố nước ngoài", and the other way round, when a follow-up says which: "còn nếu người Việt thôi
thì sao", "chồng em quốc tịch Mỹ". Search finds what the words name, and these name nobody's procedure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.text import expand, fold, normalise, tokens

if TYPE_CHECKING:
    from actions.reply import Searching

ABROAD = "co yeu to nuoc ngoai"
_AT_HOME = re.compile(r"\b(?:nguoi viet|viet nam (?:het|thoi|ca)|ca hai (?:deu )?(?:la )?(?:nguoi )?viet|trong nuoc|khong (?:co )?(?:yeu to |dinh )?nuoc ngoai)\b(?! (?:o|dinh cu|song|ben|quoc tich))")
_ABROAD = re.compile(
    r"\b(?:nguoi|yeu to|o|ben|quoc tich|tay|nuoc|nuoi) (?:nuoc ngoai|my|han(?: quoc)?|dai loan|trung quoc|nhat(?: ban)?|phap|duc|uc|canada|thai(?: lan)?|lao|campuchia|singapore|malaysia|ngoai)\b|\bviet kieu\b|\bngoai quoc\b"
)


def counterpart(message: str, code: str, search: Searching) -> str | None:
    """The code beside `code` that a message means which speaks of home or abroad; None when it says neither, or there is none."""
    said = fold(expand(normalise(message)))
    name = " ".join(tokens(fold(normalise(search.procedures[code].name))))
    if ABROAD in name:
        wanted = name.replace(ABROAD, "") if _AT_HOME.search(said) else None
    else:
        wanted = f"{name} {ABROAD}" if _ABROAD.search(said) and not _AT_HOME.search(said) else None
    if wanted is None:
        return None
    wanted = " ".join(wanted.split())
    found = search.search(wanted)
    return next((hit.code for hit in found.hits if " ".join(tokens(fold(normalise(search.procedures[hit.code].name)))) in (wanted, f"thu tuc {wanted}")), None)


def contradicts(message: str, name: str) -> bool:
    """True for "con nuôi nước ngoài" where the procedure of the talk says of itself that it is one "trong nước"."""
    return bool(_ABROAD.search(fold(expand(normalise(message))))) and "trong nuoc" in fold(normalise(name))


_BOUND = re.compile(r"\b(duoi|tu du|tu|tren|du) (\d{1,3}) tuoi\b")
_AGE = re.compile(r"\b(\d{1,3}) tuoi\b")


def for_age(message: str, code: str, search: Searching) -> str | None:
    """The code beside `code` for the age that a message tells, where the name of `code` is for another age; None when it tells none, the
    name sets no bound, the bound holds, or there is no such other one."""
    told = _AGE.search(fold(expand(normalise(message))))
    name = fold(normalise(search.procedures[code].name))
    if told is None or not _BOUND.search(name) or _holds(name, int(told[1])):
        return None
    head = name[: _BOUND.search(name).start()].strip()  # type: ignore[union-attr]
    found = search.search(f"{search.procedures[code].name[: len(head)]} {told[1]} tuổi")
    names = ((hit.code, fold(normalise(search.procedures[hit.code].name))) for hit in found.hits)
    return next((other for other, text in names if text.startswith(head) and _BOUND.search(text) and _holds(text, int(told[1]))), None)


def _holds(name: str, age: int) -> bool:
    return all(age < int(years) if word == "duoi" else age >= int(years) for word, years in _BOUND.findall(name))
