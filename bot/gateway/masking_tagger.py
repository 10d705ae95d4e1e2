"""Names of persons by learnt weights: a view in, names out. Adds to masking_names.py what no rule foresaw.

A linear chain over words with the tags outside, begin, inside; its weights are learnt from sentences made by code
(training/train_names.py writes masking_tagger.npz). What it reads of a word: the word, its neighbours, capitals, lists of
surnames and given names, names of places, and whether two words are often neighbours in what citizens ask.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bot.gateway.masking_given import GIVEN
from bot.gateway.masking_name_words import (
    MIDDLES,
    PERSONS,
    PLACE_PAIRS,
    PLACES,
    RARE,
    ROLES,
    SELDOM,
    SURNAMES,
    TITLES,
    UNMISTAKABLE,
    WORDS_TOO,
)
from bot.gateway.masking_names import NAME
from bot.gateway.masking_places import COMMUNES, STREETS
from bot.gateway.masking_view import ADDRESS_GONE, NAME_GONE, NUMBER_GONE, Masked, View

WEIGHTS = Path(__file__).with_name("masking_tagger.npz")
TAGS = ("O", "B", "I")
HOLD_BACK = {2: 0.0, 3: -1.2}
"""Syllables of a name, at least → what is taken from its score, in log odds. Two syllables are an everyday word as often as a name
("nghiêm trọng", "hoàng đạo"); longer ones are believed sooner. Chosen on sets one, two, the open half of four, and our own questions."""
PAIR_BITS = 20
"""log2 of the size of the table of known pairs, in bits."""
MOST_WORDS = 6
"""Of a name."""
_TITLED = ROLES | TITLES
_KNOWN = COMMUNES | STREETS
_SIGNS = {NUMBER_GONE: "<number>", NAME_GONE: "<name>", ADDRESS_GONE: "<address>"}
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:[aiouy][aeiouy]{0,2}|e[aou]?)(?:ch|ng|nh|[cmnpt])?"
)
"""How a Vietnamese syllable is built, without diacritics; chat words and names of other peoples mostly are not."""
Knows = Callable[[str], bool]
"""Whether two words, joined by a space, are often neighbours in questions."""


class Piece(NamedTuple):
    """A word, or a sign that stands for what is blanked. shown: the word as typed in small letters, with "~" before it in a text
    without diacritics; kind: its lists; case: how it is written; gap: what stands before it; start, end: its place, -1 for a sign."""

    shown: str
    folded: str
    kind: str
    case: str
    gap: str
    start: int
    end: int


@dataclass(frozen=True)
class Weights:
    """of: feature → one weight a tag; moves[a][b]: from tag a to tag b; pairs: bits of PAIR_BITS."""

    of: dict[str, tuple[float, float, float]]
    moves: tuple[tuple[float, float, float], ...]
    pairs: bytes

    def knows(self, pair: str) -> bool:
        """Wrongly true for few pairs (the table is hashed), never wrongly false."""
        return all(self.pairs[place >> 3] >> (place & 7) & 1 for place in pair_places(pair))


def pair_places(pair: str) -> tuple[int, int]:
    """The two bits that a pair sets."""
    code = pair.encode()
    return zlib.crc32(code) & (1 << PAIR_BITS) - 1, zlib.adler32(code[::-1], zlib.crc32(code, 7)) * 2654435761 >> 7 & (1 << PAIR_BITS) - 1


@cache
def weights() -> Weights:
    """Read once a process. Raises OSError when the file is missing."""
    import numpy as np  # the gateway starts without; the first message brings it

    with np.load(WEIGHTS) as file:
        names = file["features"].tobytes().decode().split("\n")
        values = (file["values"].astype(float) / 100).tolist()
        moves = tuple(tuple(row) for row in (file["moves"].astype(float) / 100).tolist())
        return Weights(dict(zip(names, map(tuple, values), strict=True)), moves, file["pairs"].tobytes())


NEVER = frozenset({"tôi", "tui", "ạ", "nhé", "hả", "hoặc", "những", "nếu", "nhưng", "vậy", "chưa", "khmer"})
"""Not in a name: who speaks of himself ("Giờ tôi chạy xe"), and words that nobody is called."""
NOT_PERSONS = frozenset({
    "an giang", "bac giang", "bac kan", "bac lieu", "bac ninh", "ben tre", "binh dinh", "binh duong", "binh phuoc", "binh thuan", "ca mau",
    "can tho", "cao bang", "da nang", "dak lak", "dak nong", "dien bien", "dong nai", "dong thap", "gia lai", "ha giang", "ha nam",
    "ha noi", "ha tinh", "hai duong", "hai phong", "hau giang", "hoa binh", "hung yen", "khanh hoa", "kien giang", "kon tum", "lai chau",
    "lam dong", "lang son", "lao cai", "long an", "nam dinh", "nghe an", "ninh binh", "ninh thuan", "phu tho", "phu yen", "quang binh",
    "quang nam", "quang ngai", "quang ninh", "quang tri", "soc trang", "son la", "tay ninh", "thai binh", "thai nguyen", "thanh hoa",
    "tien giang", "tra vinh", "tuyen quang", "vinh long", "vinh phuc", "yen bai",
    "han quoc", "trung quoc", "nhat ban", "thai lan", "dai loan", "cu ba", "trieu tien", "a rap", "new york", "cong thuong", "tu phap", "noi vu",
    "kien luong", "kien hai", "ha tien", "chau doc", "chau thanh", "chau phu", "giang thanh", "cao lanh", "lai vung", "mai chau", "mai son", "la gi", "thai thuy", "tien hai",
    "dong hai", "dong phu", "dong anh", "ha dong", "ha trung", "quan ba", "lam ha", "lam thao", "luong son", "vi thanh", "vi thuy", "vi xuyen", "tri ton", "ma lam",
    "van hoa", "ngu van", "vat ly", "dia ly", "hoa hoc", "sinh hoc", "tin hoc",
})  # fmt: skip
"""Provinces before and after 2025, former districts, countries, ministries and school subjects, that read like a surname and a name; "Mai Cà Mau có mưa không" is no person
either. Folded."""


def find_tagged(view: View) -> list[Masked]:
    """At least two words with nothing but a space between them; initials alone ("Nguyễn Văn A") are nobody's."""
    read = pieces(view)
    if len(read) < 2:
        return []
    learnt = weights()
    scores = weigh(features(read, learnt.knows), learnt)
    spans: list[tuple[int, int]] = []
    for least in sorted(HOLD_BACK, reverse=True):
        for first, end in _spans(read, best_tags(scores, learnt, HOLD_BACK[least])):
            name = read[first:end]
            if len(name) < least or any(first < right and left < end for left, right in spans):
                continue
            if _is_name(name, _named(read, first)) and (_introduced(read, first) or not _is_place(name)):
                spans.append((first, end))
    found = [view.item(NAME, read[first].start, read[end - 1].end) for first, end in spans]
    taken = [(item.start, item.end) for item in found]
    for first, end in _middled(read, learnt.knows):
        start, stop = read[first].start, read[end - 1].end
        if _is_name(read[first:end]) and not _is_place(read[first:end]) and not any(start < right and left < stop for left, right in taken):
            found.append(view.item(NAME, start, stop))
    return sorted(found, key=lambda item: item.start)


def _spans(read: Sequence[Piece], tags: Sequence[int]) -> list[tuple[int, int]]:
    """First piece and end of each name that the tags tell, of two pieces at least, in order."""
    found, place = [], 0
    while place < len(read):
        end = place + 1
        if tags[place] == 1:
            while end < len(read) and tags[end] == 2 and read[end].gap in "_'" and not _begins_fee(read, end):
                end += 1
            if end - place >= 2:
                found.append((place, end))
        place = end
    return found


def _middled(read: Sequence[Piece], knows: Knows) -> list[tuple[int, int]]:
    """Names like "thai van ngu" in a text without capitals and diacritics, where no question has the first two side by side."""
    found = []
    for n, (first, middle, last) in enumerate(zip(read, read[1:], read[2:], strict=False)):
        if first.case != "l" or first.kind[0] not in "Ss" or middle.folded not in ("van", "thi") or last.folded[0] == "<":
            continue
        if not first.shown.startswith("~") or middle.gap != "_" or last.gap != "_" or not last.folded.isalpha():
            continue
        ends = n + 3 == len(read) or read[n + 3].gap != "_" or not knows(f"{last.shown} {read[n + 3].shown}")
        if not knows(f"{first.shown} {middle.shown}") and (ends or not knows(f"{middle.shown} {last.shown}")):
            found.append((n, n + 3))
    return found


def _is_place(name: Sequence[Piece]) -> bool:
    return " ".join(piece.folded for piece in name) in _KNOWN


def _introduced(read: Sequence[Piece], place: int) -> bool:
    """Behind kin or "tên": a commune's or street's name is a person's only there."""
    word = read[place - 1].shown.lstrip("~") if place else ""
    return word in PERSONS or word in ("tên", "ten")


def _begins_fee(read: Sequence[Piece], place: int) -> bool:
    """"le" of "lệ phí" is nobody's given name."""
    return read[place].folded == "le" and place + 1 < len(read) and read[place + 1].folded == "phi"


def _named(read: Sequence[Piece], place: int) -> bool:
    """Right behind "tên"."""
    return place > 0 and read[place].gap in "_:" and read[place - 1].shown.lstrip("~") in ("tên", "ten")


def _is_name(name: Sequence[Piece], named: bool = False) -> bool:
    """named: it is called one, so that two everyday words may be it."""
    first, last = name[0], name[-1]
    if any(piece.shown in NEVER for piece in name):
        return False
    doubtful = len(name) == 2 or first.kind[0] not in "Ss" or first.shown.lstrip("~") in WORDS_TOO
    if doubtful and " ".join(piece.folded for piece in name[-2:]) in NOT_PERSONS:  # "Phạm Hà Giang" is somebody
        return False
    if first.case == "l" and first.shown != "từ" and (first.folded, name[1].folded) == ("tu", "van"):  # advice more often than a surname
        return False
    if last.case == "l" and last.folded == "thi":  # a middle name without the name behind it: "đổi tên họ thì …"
        return False
    seldom = first.shown.lstrip("~") in SELDOM or len(name) > 2 and name[1].shown in ("văn", "thị")
    if first.kind[0] not in "Ssrx" and first.case not in "AF" and not seldom:  # "họ tên: viết hoa"
        return False
    if first.kind[0] == "x" and first.case == "l" and len(first.folded) < 3:  # "ad nhieu"
        return False
    if first.case == "l" and not seldom and all(piece.kind == "x" for piece in name):  # keys of Telex: "owr troj hown"
        return False
    if len(name) == 2 and first.case in "AF" and first.shown.lstrip("~") in PERSONS:  # "Ông Bảy"
        return False
    common = last.kind[0] != "x" and (first.start == 0 or first.kind[0] == "r" or first.shown.lstrip("~") in WORDS_TOO)
    if len(name) == 2 and first.case == "l" and common and not named:  # "tra sao", "hoang hoa"
        return False
    return len(name) <= MOST_WORDS and not (len(last.folded) == 1 and last.folded == last.shown.lstrip("~") and last.folded not in "yu")


def pieces(view: View) -> list[Piece]:
    """The words and signs of a text, in order."""
    bare = view.plain.isascii()
    words = view.words
    shape = "l" if not any(word.big for word in words) else "L" if all(word.loud or not word.folded.isalpha() for word in words) else ""
    read: list[Piece] = []
    for word in words:
        gap = word.gap
        for sign in _signs(gap):
            read.append(Piece(_SIGNS[sign], _SIGNS[sign], "#", "#", "_", -1, -1))
        folded, low = word.folded, word.low
        if not folded.isalpha():
            low = folded = "<digits>" if folded.isdecimal() else "<mixed>"
        first = not read or "." in gap or "?" in gap
        case = shape or ("U" if word.loud and len(low) > 1 else ("F" if first else "A") if word.big else "a")
        read.append(Piece(f"~{low}" if bare else low, folded, _kind(low, folded), case, _gap(gap), word.start, word.end))
    if words:
        for sign in _signs(view.folded[words[-1].end :]):
            read.append(Piece(_SIGNS[sign], _SIGNS[sign], "#", "#", "_", -1, -1))
    return read


def _signs(gap: str) -> list[str]:
    """The signs in a gap, each run once."""
    if gap.isprintable():
        return []
    return [char for n, char in enumerate(gap) if char in _SIGNS and (n == 0 or gap[n - 1] != char)]


def _gap(gap: str) -> str:
    kept = gap.strip(" \x00\x01\x02")
    return (kept[0] if kept[0] in ",.:;(-/?!\"|'" else "*") if kept else "_"


def _kind(low: str, folded: str) -> str:
    surname = "S" if low in UNMISTAKABLE else "s" if low in SURNAMES else "r" if low in RARE else ""
    if low in MIDDLES:
        return surname + "M"
    given = "G" if low in GIVEN else ""
    other = "P" if low in PERSONS else "L" if low in PLACES else ""
    return surname + given + other or ("-" if _SYLLABLE.fullmatch(folded) or folded[0] == "<" else "x")


def features(read: Sequence[Piece], knows: Knows) -> list[list[str]]:
    """What is told of each piece, as names of weights."""
    count = len(read)
    known = _known_places(read)
    near = ["0"] + [
        "1" if b.gap != "_" or b.start < 0 or a.start < 0 else str(2 + knows(f"{a.shown} {b.shown}")) for a, b in pairwise(read)
    ] + ["0"]  # fmt: skip
    kinds = ["|", "|", *(piece.kind for piece in read), "|", "|"]
    cases = ["|", "|", *(piece.case for piece in read), "|", "|"]
    shown = ["<edge>", "<edge>", "<edge>", *(piece.shown for piece in read), "<edge>", "<edge>"]
    folded = ["<edge>", "<edge>", *(piece.folded for piece in read), "<edge>", "<edge>"]
    cue, told = "-", []
    for n, piece in enumerate(read):
        k0, k1, k2, j1, j2 = kinds[n + 2], kinds[n + 3], kinds[n + 4], kinds[n + 1], kinds[n]
        c0, c1, d1 = cases[n + 2], cases[n + 3], cases[n + 1]
        w0, w1, v1, v2, v3 = shown[n + 3], shown[n + 4], shown[n + 2], shown[n + 1], shown[n]
        gap, after = piece.gap, read[n + 1].gap if n + 1 < count else "|"
        q = near[n] + near[n + 1]
        cue = _cue(cue, read, n)
        told.append([
            "w0" + w0, "f0" + piece.folded, "w1" + w1, "v1" + v1, "v2" + v2, "f1" + folded[n + 3], "e1" + folded[n + 1], "e2" + folded[n],
            f"k{j1},{k0},{k1}", f"l{j2},{j1},{k0}", f"m{k0},{k1},{k2}", f"c{d1}{c0}{c1}", f"ck{c0}{k0}{gap}{after}",
            f"vv{v2},{v1}", f"v3{v3},{v2},{v1}", f"g{gap}{v1}", f"q{q}", f"qk{q}{k0}{c0}", f"q2{q}{near[n + 2] if n + 2 < len(near) else 0}{k0}",
            f"z{known[n]}{cue}", f"zc{cue}{c0}{k0}", f"wg{w0}{after}", f"wk{w0},{k1},{c0}", f"vk{v1},{k0},{c0}", f"ww{w0},{w1}", f"vw{v1},{w0}",
            f"p{n if n < 2 else 2}{min(3, count - n)}{k0}{c0}", f"kq{k0}{k1}{k2}{q}",
        ])  # fmt: skip
    return told


def _cue(before: str, read: Sequence[Piece], place: int) -> str:
    """What the words so far say of a name here: P after kin, R after a role, L after a place's word, and how many words ago."""
    if place == 0:
        return "-"
    last = read[place - 1]
    word = last.shown.lstrip("~")
    pair = f"{read[place - 2].shown.lstrip('~')} {word}" if place > 1 and last.gap == "_" else ""
    if pair in PLACE_PAIRS or word in PLACES:
        return "L0"
    if pair in _TITLED:
        return "R0"
    if word in PERSONS:
        return "P0"
    if before == "-" or read[place].gap in ".?!;" or len(before) < 2:
        return "-"
    ago = int(before[1]) + 1
    return f"{before[0]}{ago}" if ago < 6 else "-"


def _known_places(read: Sequence[Piece]) -> list[str]:
    """1 for words of a name that is a commune's or street's as well."""
    marks = ["0"] * len(read)
    for place in range(len(read) - 1):
        if read[place].kind[0] not in "Ss":
            continue
        for long in (4, 3, 2):
            if place + long <= len(read) and " ".join(piece.folded for piece in read[place : place + long]) in _KNOWN:
                marks[place : place + long] = ["1"] * long
                break
    return marks


def weigh(told: Sequence[Sequence[str]], learnt: Weights) -> list[tuple[float, float, float]]:
    """What speaks for each tag, a piece after the other; 0 where nothing does."""
    get, none = learnt.of.get, (0.0, 0.0, 0.0)
    scores = []
    for names in told:
        so, sb, si = 0.0, 0.0, 0.0
        for name in names:
            w = get(name, none)
            if w is not none:
                so += w[0]
                sb += w[1]
                si += w[2]
        scores.append((so, sb, si))
    return scores


def best_tags(scores: Sequence[tuple[float, float, float]], learnt: Weights, hold_back: float) -> list[int]:
    """The likeliest tags as places in TAGS (Viterbi); the earlier tag wins a tie. hold_back: taken from each beginning."""
    (oo, ob, _), (bo, bb, bi), (io, ib, ii) = learnt.moves
    back: list[tuple[int, int, int]] = []
    o, b, i = 0.0, -1e9, -1e9
    for so, sb, si in scores:
        sb -= hold_back
        if not back:
            o, b, i = so, sb, -1e9
            back.append((0, 0, 0))
            continue
        to_o = max((o, 0), (b + bo - oo, 1), (i + io - oo, 2), key=_first)
        to_b = max((o + ob, 0), (b + bb, 1), (i + ib, 2), key=_first)
        to_i = max((b + bi, 1), (i + ii, 2), key=_first)
        back.append((to_o[1], to_b[1], to_i[1]))
        o, b, i = to_o[0] + oo + so, to_b[0] + sb, to_i[0] + si
    tag = max((o, 0), (b, 1), (i, 2), key=_first)[1]
    tags = [tag]
    for choices in reversed(back[1:]):
        tag = choices[tag]
        tags.append(tag)
    return tags[::-1]


def _first(pair: tuple[float, int]) -> float:
    return pair[0]
