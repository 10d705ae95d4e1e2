"""Typing keys left over in a word -> the word: Telex ("giaays"), VNI ("gia6y1"), also half typed; and how a syllable is spelt.

Both readers are strict: the keys must stand where a typist puts them and give a syllable that Vietnamese has, so that
foreign words and marks of forms (list, Peru, CO2, A321) stay as they are. Linear in the token's length, never raise on a str.
"""

from __future__ import annotations

import re
import unicodedata

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x".split() + [""]
_RHYMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên
    ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc
    oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât
    uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc
    ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu""".split()
)
_UNMARKED = str.maketrans("ăâđêôơư", "aadeoou")
_SPELT = {onset + rhyme for onset in _ONSETS for rhyme in _RHYMES}
# "khoong" is không with a Telex key left, not a syllable in -oong: those few (boong, xoong) stand in KEEP of index/words.py.
_BARE = {word.translate(_UNMARKED) for word in _SPELT if not word.endswith(("ooc", "oong"))} | {
    "p" + rhyme.translate(_UNMARKED) for rhyme in _RHYMES
}


def is_syllable(folded: str) -> bool:
    """True when `folded` is spelt as one Vietnamese syllable without diacritics."""
    return folded in _BARE


def is_spelt(word: str) -> bool:
    """True when a lower-case NFC word, bare or accented, is a syllable that Vietnamese may have."""
    if word.isascii():
        return word in _BARE
    return "".join(c for c in unicodedata.normalize("NFD", word) if c not in _KEYS) in _SPELT_APART


_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_KEYS = {mark: key for key, mark in _TONES.items()}
_SPELT_APART = {unicodedata.normalize("NFD", word) for word in _SPELT}
_CODA = r"(?:ch|ng?h?|[cmpt])?"
# A tone key stands after the last vowel, before or after the final consonant; inside a pair only in oa, oe, uy (hofa).
_TONE_AT = re.compile(rf"(?<=[aeiouyăâêôơưw])([fsrxj])(?={_CODA}$|(?<=o.)[ae]$|(?<=u.)y$)|(?<=[cghmnpt])([fsrxj])$")
_TELEX = (("dd", "đ"), ("uow", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_LATE_W = re.compile(rf"^([^w]*?)(uo|[aou])([iuaoy]?{_CODA})w$")
"""w typed at the end of the syllable: "duongw"."""
_HORN = {"uo": "ươ", "a": "ă", "o": "ơ", "u": "ư"}


def from_telex(token: str) -> str | None:
    """ "giaays" -> "giấy", "nopj" -> "nọp": the word meant by Telex keys left in the text; None when it is none."""
    tones = list(_TONE_AT.finditer(token))
    tone = (tones[0][1] or tones[0][2]) if len(tones) == 1 else ""
    word = token[: tones[0].start()] + token[tones[0].end() :] if tone else token
    for keys, letter in _TELEX:
        word = word.replace(keys, letter)
    late = _LATE_W.match(word)
    if late:
        word = late[1] + _HORN[late[2]] + late[3]
    # Three letters with a vowel first and only a tone key are as often a foreign mark (ais, ism) as a word.
    if word.isascii() and (not tone or (len(token) <= 3 and token[0] in "aeiouy")):
        return None
    return _with_tone(word, tone)


_VNI = (("d9", "đ"), ("uo7", "ươ"), ("u7o7", "ươ"), ("a6", "â"), ("e6", "ê"), ("o6", "ô"), ("a8", "ă"), ("o7", "ơ"), ("u7", "ư"))
_VNI_LATE = re.compile(rf"^([^\d]*?)(uo|[aeou])([iuaoy]?{_CODA})([678])$")
_LATE = {"6": {"a": "â", "e": "ê", "o": "ô", "uo": "uô"}, "7": {"u": "ư", "o": "ơ", "uo": "ươ"}, "8": {"a": "ă"}}
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_FORM_MARK = re.compile(r"na\d|co2|so2|no2")
"""Marks of forms (NA1 to NA8 of the immigration office) and gases."""


def from_vni(token: str) -> str | None:
    """ "gia6y1" -> "giấy"; None when the token has no VNI keys or is too short to tell them from a mark such as A1."""
    if len(token) < 3 or not re.search(r"[a-z][1-9]", token) or _FORM_MARK.fullmatch(token):
        return None
    # The tone's digit stands after a vowel, its mark's digit, or the final consonant; a second one makes it a number.
    tones = list(re.finditer(r"(?<=[a-z678])[1-5](?=\D|[6-9]|$)", token))
    if len(tones) > 1:
        return None
    tone = tones[0].group() if tones else ""
    word = token[: tones[0].start()] + token[tones[0].end() :] if tone else token
    for keys, letter in _VNI:
        word = word.replace(keys, letter)
    late = _VNI_LATE.match(word)
    if late and late[2] in _LATE[late[4]]:
        word = late[1] + _LATE[late[4]][late[2]] + late[3]
    if any(c.isdigit() for c in word):
        return None
    return _with_tone(word, _VNI_TONES.get(tone, ""))


def _with_tone(word: str, key: str) -> str | None:
    """The syllable with its tone where records put it (hòa, not hoà); None when Vietnamese has no such syllable."""
    if word not in _SPELT or (key in "frx" and key and re.search(r"(?:ch|[cpt])$", word)):
        return None
    # i of gi and u of qu belong to the onset, unless nothing follows (gì).
    start = 2 if re.match(r"(?:gi|qu)[aeiouyăâêôơư]", word) else 0
    vowels = [n for n in range(start, len(word)) if word[n] in "aeiouyăâêôơư"]
    marked = [n for n in vowels if word[n] in "ăâêôơư"]
    at = marked[-1] if marked else vowels[0] if len(vowels) == 1 or vowels[-1] == len(word) - 1 else vowels[-1]
    if not marked and len(vowels) == 3:
        at = vowels[1]
    return unicodedata.normalize("NFC", word[: at + 1] + _TONES.get(key, "") + word[at + 1 :])


def place_tone(word: str) -> str:
    """The tone where records put it: "hoà" -> "hòa", "đựơc" -> "được"; as it is when that is no Vietnamese syllable. NFC."""
    apart = unicodedata.normalize("NFD", word)
    tones = [c for c in apart if c in _KEYS]
    if len(tones) != 1:
        return word
    return _with_tone(unicodedata.normalize("NFC", apart.replace(tones[0], "")), _KEYS[tones[0]]) or word
