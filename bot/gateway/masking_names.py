"""Full names of persons: a view in, names out.

A name is believed by what stands before it: "tên", a role, kin, or an everyday link; without any, only with its address, its
birth or a number behind it, or with Văn or Thị in it. After a word of place it is a street's or a commune's. "Nguyễn Văn A" is
nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.gateway.masking_name_words import (
    ENDS,
    LINKS,
    MIDDLES,
    NAME_AS_WELL,
    OTHERWISE,
    PERSONS,
    PLACE_PAIRS,
    PLACES,
    RARE,
    ROLES,
    SHORTENED,
    SMALL,
    STOPS,
    SURNAMES,
    TITLES,
    UNMISTAKABLE,
    WORDS_TOO,
)  # fmt: skip
from bot.gateway.masking_places import COMMUNES, STREETS
from bot.gateway.masking_view import NUMBER_GONE, Masked, View, Word, spellings

NAME = "name"
SELF, SAID, TOLD, ROLE, PERSON, LINK, NOTHING, PLACE = 7, 6, 5, 4, 3, 2, 1, 0
"""How sure the words before are that a person's name comes."""
MOST_SYLLABLES, MOST_SMALL = 6, 4
"""Syllables of a name in capitals and small letters, and of one whose letters do not tell where it ends."""
_BORNE = spellings("mang đặt đứng")
"""Before "tên": of streets and prizes as well."""
_CHANGED = frozenset({"đổi", "doi", "bỏ", "bo"})
"""Before "tên": of anything."""
_SURE_STOPS = STOPS - NAME_AS_WELL
_TEN, _LA = spellings("tên"), spellings("là")
_BACK = 6
"""Words before a name that are read."""
_CLOSE = re.compile(r"[ :=.,(\"'“-]{1,4}")
_CUT = re.compile(r" ?[,;.:)\x00]| ?$| (?:o|ở|que|nam nay|sinh|hoc|da|muon|can|lop|\d)\b")
"""What follows a name rather than goes on with a sentence."""
_NUMBERED = re.compile(r"\W{0,4}\x00|\W{1,4}(?:sdt|so dt|dien thoai|cccd|cmnd|stk|mst|bhxh)\b")
"""A number of the person follows."""
_BEHIND = re.compile(
    r"\W{0,4}[\x00\x02]|\W{1,4}(?:sinh|sn\b|cccd|cmnd|cmt|can cuoc|sdt|so dt|dien thoai|so nha|nha so|so \d|ap\b|khom\b|to \d|\d+[a-z]?/\d|lo [a-z]?\d|can ho"
    r"|nha \d|thuong tru|tam tru|ngu\b|cu ngu|dia chi|d/c|dc\b|hien o|dang o|o (?:so|ap|khom|nha|duong|hem|to|\d)|nha (?:o|tai|so)|mst\b|stk\b)"
)


def find_names(view: View) -> list[Masked]:
    """Of at least two syllables with a surname first."""
    found: list[Masked] = []
    words, place, street = view.words, 0, -1
    while place < len(words) - 1:
        end = place
        if _is_surname(words, place):
            end, sure = _name_end(words, place), _before(words, place)
            if street == place - 1 and _joined(words, place):
                sure = PLACE
            if end - place >= 2 and sure == PLACE:
                street = end if end < len(words) else -1
            elif end - place >= 2 and _believed(view, words[place:end], sure):
                found.append(view.item(NAME, words[place].start, words[end - 1].end))
            else:
                end = place
            if sure == PLACE:
                street = end - 1
        place = max(end, place + 1)
    return found


def _is_surname(words: Sequence[Word], place: int) -> bool:
    low = words[place].low
    return low in SURNAMES or (low in SHORTENED and words[place + 1].low in MIDDLES) or (low in RARE and not low.isascii() and words[place].big and not words[place].loud)


def _joined(words: Sequence[Word], place: int) -> bool:
    """Right behind the name of a street: "đường Lý Bôn, Nguyễn Trãi"."""
    return words[place].gap in (", ", " - ", "-")


def _name_end(words: Sequence[Word], place: int) -> int:
    """The place after the name that may begin here: by its capitals, or up to a word that no name holds."""
    loud = words[place].loud and words[place + 1].loud
    capitals = words[place].big and words[place + 1].big
    telling = capitals and not loud
    end, most = place + 1, min(len(words), place + (MOST_SYLLABLES if telling else MOST_SMALL))
    while end < most and words[end].gap == " " and _syllable(words[end]):
        word = words[end]
        if (capitals and not word.big) or (loud and not word.loud):
            break
        if word.low in (ENDS if telling else STOPS) and not _held(words, place, end):
            break
        end += 1
    return end


def _syllable(word: Word) -> bool:
    return word.folded.isalpha() and len(word.folded) <= 7


def _held(words: Sequence[Word], place: int, end: int) -> bool:
    """A stop word that belongs to the name: right after Văn or Thị, or ambiguous and with a stop behind it."""
    if words[end].low in ENDS:
        return False
    if end - 1 > place and words[end - 1].low in MIDDLES:
        return True
    if words[end].low not in NAME_AS_WELL:
        return False
    if end - place < 2:
        return end + 1 < len(words) and words[end + 1].gap == " " and words[end + 1].low not in _SURE_STOPS
    return end + 1 == len(words) or words[end + 1].gap != " " or not words[end + 1].low.isalpha() or words[end + 1].low in STOPS


def _before(words: Sequence[Word], place: int) -> int:
    """How sure the words before are; a place's word wins over all."""
    said = [words[place - n].low for n in range(1, min(_BACK, place) + 1)]
    gap = words[place].gap
    if not said or not _CLOSE.fullmatch(gap):
        return NOTHING
    pair = f"{said[1]} {said[0]}" if len(said) > 1 and words[place - 1].gap == " " else ""
    near = gap in (" ", ": ", ":", " : ", ". ", ".", " (", " \"")
    if (pair in ROLES or pair in TITLES) and gap not in (". ", "."):
        if any(word in PLACES for word in said[2:3]) or " ".join(said[3:1:-1]) in PLACE_PAIRS:  # "đường liệt sĩ …", "trường bác sĩ …"
            return PLACE
        return SELF if said[0] in _TEN else ROLE if pair in ROLES else LINK
    if near and (said[0] in PLACES or pair in PLACE_PAIRS):
        return PLACE
    if said[0].isdecimal() and gap == " ":
        return PLACE
    if said[0] in _TEN and said[1:2] and said[1] in _BORNE:
        return LINK
    if said[0] in _TEN and gap not in (". ", "."):
        if said[1:2] and said[1] in _CHANGED:
            return LINK
        if said[1:] and said[1] in PERSONS:
            return SELF
        apart = place > 1 and "," in words[place - 1].gap  # "xã Tân Hưng, tên …": the name is not the commune's
        return PLACE if not apart and any(word in PLACES for word in said[1:4]) else TOLD
    if gap in (", ", ". ", "."):
        return NOTHING
    if said[0] in _LA:
        if said[1:2] and (said[1] in PERSONS or " ".join(said[2:0:-1]) in ROLES):
            return SAID
        return TOLD if any(word in PERSONS or word in _TEN for word in said[1:5]) else LINK
    if said[0] in PERSONS:
        return SAID if len(said) > 1 and said[1] in _TEN | _LA else PERSON
    return LINK if said[0] in LINKS else NOTHING


def _believed(view: View, name: Sequence[Word], sure: int) -> bool:
    if len(name[-1].folded) == 1 and name[-1].low.isascii() and sure < SAID:  # Nguyễn Văn A
        return False
    capitals = all(word.big for word in name)
    folded = " ".join(word.folded for word in name)
    known = folded in COMMUNES or folded in STREETS
    middle = len(name) > 2 and name[1].low in MIDDLES
    plain = name[0].low in UNMISTAKABLE
    if known and not (sure >= SAID or (capitals and sure in (TOLD, PERSON))):
        return False
    backed = bool(_BEHIND.match(view.folded, name[-1].end))
    if capitals:
        return sure >= TOLD or len(name) > 2 and (sure >= PERSON or backed or middle or sure == LINK)
    if folded.startswith("do thi") and sure < SAID and name[0].low.isascii():  # đô thị
        return False
    if middle:
        sharp = not name[0].low.isascii() or name[0].low in SMALL or name[1].low != "thi"  # "co phan thi", "do thi"
        cut = sure == ROLE and bool(_CUT.match(view.folded, name[-1].end))
        return sure >= TOLD or cut or (backed and (sharp or sure > NOTHING)) or (plain and sharp and sure >= LINK)
    small = len(name) > 2 and name[1].low not in OTHERWISE
    if not small or sure == SELF or (sure in (SAID, ROLE) and len(name) == 3 and _CUT.match(view.folded, name[-1].end)):
        return small
    begins = sure >= PERSON or (name[0].start == 0 and view.folded[name[-1].end : name[-1].end + 1] == ",")
    if name[0].low not in WORDS_TOO and len(name) in (3, 4):
        if (sure >= LINK or name[0].start == 0) and _NUMBERED.match(view.folded, name[-1].end):  # "của dương duy toàn, sđt …"
            return True
        if sure >= TOLD and NUMBER_GONE in view.folded:
            return True
    return (name[0].low in SMALL and sure >= TOLD) or (plain and backed and begins)
