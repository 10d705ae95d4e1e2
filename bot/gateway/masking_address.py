"""Addresses of houses: a view in; number, street, hamlet out, without the commune that the answer needs.

Only a person's: when the text holds a name or a personal number, every house, street and hamlet that no agency stands before;
else only a numbered house after words such as "nhà tôi ở". A hamlet alone, and an office's address, are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.gateway.masking_address_words import (
    AGENCY,
    AGENCY_PAIRS,
    COMMUNE,
    HAMLET,
    HOME_PAIRS,
    HOUSE,
    NAME_ENDS,
    NOT_BEFORE,
    NUMBERED,
    PAIRS,
    ROOM,
    STOREYS,
    STREET,
    THIRD,
    UNITS,
)
from bot.gateway.masking_name_words import SURNAMES
from bot.gateway.masking_places import STREETS
from bot.gateway.masking_view import NAME_GONE, NUMBER_GONE, Masked, View, Word, spellings

ADDRESS = "address"
MOST_WORDS = 5
"""Of a street's or hamlet's name."""
_BACK = 8
"""Words before an address that are read."""
_NUMBER = re.compile(r"[a-z]?\d{1,4}[a-z]{0,2}")
_GLUED = re.compile(r"(?:ap|khom|kp|to|tdp|sn|so|hem|k)\d{1,3}[a-z]?")
_WARD = re.compile(r"[px]\d{1,2}")
_GAP = re.compile(r"[ .,:()–-]{1,4}")
_CLAUSE = re.compile(r"[;?!]|\. ")
_LETTERED = re.compile(r"[a-z]\d{1,3}[a-z]?")
_SUFFIXED = re.compile(r"\d{1,4}[a-d]")
_DWELL = spellings("ở chỉ trú ngụ nhà")
_FLAT = frozenset({"căn", "can", "hộ", "trọ", "tro", "phòng", "phong", "lô", "dãy", "hẻm", "hem"})
_OWN = spellings("ở tại nhà chỉ trú ngụ về đc")


def find_addresses(view: View) -> list[Masked]:
    """One item an address, its parts and what stands between them included."""
    personal = NAME_GONE in view.folded or NUMBER_GONE in view.folded
    words, found, place = view.words, [], 0
    while place < len(words):
        end, parts = _address_end(words, place, personal)
        if parts and _is_home(words, place, parts, personal):
            found.append(view.item(ADDRESS, words[place].start, words[end - 1].end))
        place = max(end, place + 1)
    return found


def _address_end(words: Sequence[Word], place: int, personal: bool) -> tuple[int, tuple[str, ...]]:
    """Where the address that begins here ends, and its parts: house, flat (C14 or a bare number; a home's only beside a name), street, hamlet."""
    end, parts = place, []
    while end < len(words) and (end == place or _GAP.fullmatch(words[end].gap)):
        part, after = _part(words, end)
        if part is None:
            break
        parts.append(part)
        end = after
    return end, tuple(parts)


def _part(words: Sequence[Word], place: int) -> tuple[str | None, int]:
    """The part that begins here and the place after it."""
    word = words[place]
    following = words[place + 1] if place + 1 < len(words) and words[place + 1].gap in (" ", ". ", ".", ": ", ":") else None
    kind = PAIRS.get(f"{word.low} {following.low}") if following else None
    if kind:
        after = place + 2
        if after < len(words) and words[after].gap == " " and words[after].low in THIRD and kind == "hamlet":
            after += 1
        return _named(words, after, kind)
    if _GLUED.fullmatch(word.folded) and (word.folded[0] != "k" or len(word.folded) < 4):
        return ("house" if word.folded[0] == "s" else "hamlet"), place + 1
    if word.low in HOUSE and following and _NUMBER.fullmatch(following.folded) and _is_housed(words, place):
        return _house(words, place + 1)
    if word.low in ROOM and following and _NUMBER.fullmatch(following.folded) and (word.folded != "phong" or len(following.folded) > 2):
        after = place + 2
        while after < len(words) and words[after].gap in ("/", "-", ".") and _NUMBER.fullmatch(words[after].folded):
            after += 1
        return "flat", after
    if word.low in STREET and following and not (len(word.low) == 1 and place and words[place - 1].folded[-1:].isdecimal()):  # 150.000 đ
        return _named(words, place + 1, "street")
    if word.low in HAMLET and following and _NUMBER.fullmatch(following.folded):
        return _named(words, place + 1, "hamlet")
    if _LETTERED.fullmatch(word.folded) and _is_lettered(words, place):
        return "flat", _house(words, place)[1]
    if word.folded[0].isdecimal() and _NUMBER.fullmatch(word.folded) and _may_be_bare(words, place):
        return _bare_house(words, place)
    return None, place


def _is_housed(words: Sequence[Word], place: int) -> bool:
    """Not "nhà 4m x 16m", "nhà 3 tầng", "bão số 5"."""
    after = words[place + 2].low if place + 2 < len(words) else ""
    counts = words[place + 1].folded.isdecimal() and after in STOREYS
    if words[place].low == "sn" and _is_date(words[place + 1 : place + 2]):  # "sn 1998": born then
        return False
    return not (words[place + 1].folded.endswith("m") or counts or (place and words[place].low in ("số", "so") and words[place - 1].low in NUMBERED))


def _may_be_bare(words: Sequence[Word], place: int) -> bool:
    return place == 0 or (words[place].gap[-1:] in (" ", ":", ",", "(") and words[place - 1].low not in NOT_BEFORE)


def _is_lettered(words: Sequence[Word], place: int) -> bool:
    """C14, b9-25: a house behind words of dwelling, or cut off before and with a street or hamlet behind; else a licence, a form."""
    said = words[place - 1].low if place else ""
    after = place + 1
    while after < len(words) and words[after].gap in ("/", "-") and _NUMBER.fullmatch(words[after].folded):
        after += 1
    if said in NOT_BEFORE:
        return False
    if said in _OWN | _FLAT or _at_home(words, place):
        return True
    cut = not place or words[place].gap.endswith((", ", " - ", ": ", "; "))
    return bool(cut) and after < len(words) and words[after].low in STREET | HAMLET


def _bare_house(words: Sequence[Word], place: int) -> tuple[str | None, int]:
    """A number without "số" is a house's only with a street's name behind: "298 Trần Hưng Đạo", "12/3 đường …"."""
    if [word.gap for word in words[place + 1 : place + 3]] == ["/", "/"] and _is_date(words[place : place + 3]):
        return None, place
    kind, after = _house(words, place)
    parts = 1 + sum(word.gap in ("/", "-", " / ") for word in words[place + 1 : after] if _NUMBER.fullmatch(word.folded))
    follows = words[after].low if after < len(words) else ""
    if parts > 1 and words[place + 1].gap == "/" and (parts > 2 or follows in STREET | HAMLET | COMMUNE) and not _is_date(words[place:after]):
        return kind, after  # 144/22 ấp Kinh Ngang, 219/26/4 phường Hiệp Thành
    said = words[place - 1].low if place else ""
    if (parts > 1 and words[place + 1].gap == "/" or _SUFFIXED.fullmatch(words[place].folded)) and _at_home(words, place) and not _is_date(words[place:after]):
        return kind, after  # nhà tôi 58/7A
    if [word.low for word in words[after : after + 3]] == ["là", "số", "nhà"]:
        return kind, after
    if follows in HAMLET | STREET and _is_hamlets(words, after) and (said in _OWN or NAME_GONE in words[place].gap):
        return kind, _name_end(words, after + 1, words[after + 1].big)  # ở 508 ấp Cái Su
    if said in _DWELL and not _is_date(words[place:after]):  # ở 10C; ở 219/26 gần chợ; ở 391, phường 5
        number = words[place].folded
        ends = place + 1 == len(words) or words[place + 1].gap[:1] in (",", ".", ";")
        apart = ends and not (len(number) == 4 and number[:2] in ("19", "20"))
        if parts > 1 and words[place + 1].gap == "/" or _SUFFIXED.fullmatch(number):
            return kind, after
        if apart:
            return "flat", after
    behind = NAME_GONE in words[place].gap  # "[họ tên], 45/2B", "[họ tên] 45 Hòa Bình": whatever the street is called
    if behind and parts > 1 and words[place + 1].gap == "/" and _is_no_day(words[place:after]):
        return kind, after
    if f"{follows} {words[after + 1].low if after + 1 < len(words) else ''}" in PAIRS and words[after].gap in (" ", ", "):
        return kind, after  # 45 quốc lộ 1
    name = [word for word in words[place + 1 : after] if word.folded.isalpha() and len(word.folded) > 1]
    if not place and name and name[0].big and " ".join(word.folded for word in name) in STREETS:
        return kind, after  # 17 Hùng Vương
    if not name or name[0].low in UNITS:
        return None, place
    if behind:
        return kind, after
    small = not name[0].big and name[0].low not in STREET | HAMLET
    if small and said not in _OWN or name[0].big and name[0].low not in SURNAMES | STREET | HAMLET and said not in _OWN:
        return None, place
    return kind, after


def _at_home(words: Sequence[Word], place: int) -> bool:
    """ "nhà tôi", "nhà em là" just before."""
    before = [word.low for word in words[max(0, place - 3) : place] if word.low not in ("là", "la", "số", "so")]
    return " ".join(before[-2:]) in HOME_PAIRS


def _is_hamlets(words: Sequence[Word], place: int) -> bool:
    """A hamlet's or street's word with its name in capitals behind it: "3 ấp" alone counts hamlets."""
    return place + 1 < len(words) and words[place + 1].gap == " " and words[place + 1].big


def _is_no_day(words: Sequence[Word]) -> bool:
    """45/2 and 12/3B, which are neither a day nor a grade (3/4)."""
    return not _is_date(words) and any(not word.folded.isdecimal() or int(word.folded) > 31 for word in words if _NUMBER.fullmatch(word.folded))


def _is_date(words: Sequence[Word]) -> bool:
    """12/3/2026, 3/2026."""
    return words[-1].folded.isdecimal() and len(words[-1].folded) == 4 and words[-1].folded[:2] in ("19", "20")


def _house(words: Sequence[Word], place: int) -> tuple[str | None, int]:
    """The number at place ("12B/34"), with the street's name when it follows."""
    after = place + 1
    while after < len(words) and words[after].gap in ("/", "-", " / ") and _NUMBER.fullmatch(words[after].folded):
        after += 1
    if after < len(words) and words[after].gap in (" ", ", ") and words[after].low in STREET | HAMLET:
        return "house", max(after, _part(words, after)[1])
    return "house", _name_end(words, after, after < len(words) and words[after].gap == " " and words[after].low not in UNITS)


def _named(words: Sequence[Word], place: int, kind: str) -> tuple[str | None, int]:
    """A part whose number or name begins at place; nothing when neither does."""
    if place >= len(words) or not _GAP.fullmatch(words[place].gap):
        return None, place
    if _NUMBER.fullmatch(words[place].folded):
        after = place + 1
        while after < len(words) and words[after].gap in ("/", "-") and _NUMBER.fullmatch(words[after].folded):
            after += 1
        if kind == "house":
            return _house(words, place)
        if kind == "street":
            return kind, after
        if after < len(words) and words[after].gap == " " and len(words[after].low) == 1 and words[after].big:
            after += 1
        return kind, after
    if kind != "street":
        return None, place
    after = _name_end(words, place, words[place].gap in (" ", ". ", "."))
    return (kind, after) if after > place else (None, place)


def _name_end(words: Sequence[Word], place: int, begins: bool) -> int:
    """The place after a street's or hamlet's name: its capitals, or small letters up to a comma or the commune's word."""
    if not begins or place >= len(words):
        return place
    end, most = place, min(len(words), place + MOST_WORDS)
    capitals = words[place].big
    while end < most and (end == place or words[end].gap == " ") and not _stops(words, end, capitals):
        if capitals and not (words[end].big or words[end].folded.isdecimal()):
            break
        end += 1
    if capitals or end == place:
        return end
    ends = end == len(words) or words[end].gap != " " or words[end].low in COMMUNE | HAMLET or _WARD.fullmatch(words[end].folded)
    return end if ends or end - place <= 3 and words[end].low in NAME_ENDS else place


def _stops(words: Sequence[Word], place: int, capitals: bool) -> bool:
    word, pair = words[place], " ".join(following.folded for following in words[place : place + 2])
    if pair in ("thanh pho", "thi tran", "thi xa"):
        return True
    if word.low in COMMUNE | HAMLET or _WARD.fullmatch(word.folded) or not word.folded.isalnum():
        return True
    return not capitals and (word.low in NAME_ENDS or word.folded.isdecimal())


def _is_home(words: Sequence[Word], place: int, parts: Sequence[str], personal: bool) -> bool:
    """Whether it is a person's address rather than an office's."""
    said = _clause_before(words, place)
    pairs = {f"{a} {b}" for a, b in zip(said, said[1:], strict=False)}
    if any(word in AGENCY for word in said) or pairs & AGENCY_PAIRS:
        return False
    if personal:
        return True
    own = pairs | ({f"{said[-1]} {words[place].low}"} if said else set())
    return "house" in parts and bool(own & HOME_PAIRS)


def _clause_before(words: Sequence[Word], place: int) -> list[str]:
    """Up to _BACK words before, from the end of the sentence or the last personal item on."""
    said: list[str] = []
    for n in range(place, max(0, place - _BACK), -1):
        if _CLAUSE.search(words[n].gap) or any(sign in words[n].gap for sign in (NAME_GONE, NUMBER_GONE)):
            break
        if words[n].gap.startswith(",") and said and not _OWN.isdisjoint(said):
            break  # "… ở trường tiểu học, nhà thuê tại 126/30 …"
        said.append(words[n - 1].low)
    return said[::-1]
