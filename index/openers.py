"""What a message says before it asks ("chào em", "à mà sẵn cho em hỏi luôn nha, …"), and that a thing is the speaker's own ("bằng lái của tui").
Those words tell nothing of the procedure, yet they draw the question's vector towards other questions that hold them. Search leaves
them out; nothing else does."""

from __future__ import annotations

import re

from index.text import TOKEN, expand, fold, normalise


def _spelt(phrases: str) -> frozenset[str]:
    """Phrases, and the same without diacritics: "sàn" is no "sẵn", "san" may be."""
    accented = [phrase.strip() for phrase in phrases.split(",")]
    return frozenset([*accented, *map(fold, accented)])


_BEFORE = _spelt(
    """em, tôi, tui, mình, con, cháu, anh, chị, bác, cô, chú, ad, admin, shop, bạn, ban, cán bộ, mọi người, cả nhà, quý cơ quan, các anh chị, dạ, vâng, à, ạ,
    ừ, ờ, ơi, ủa, ok, oke, okie, rồi, thôi, alo, allo, hello, hi, chào, xin chào, mà, thưa, thì, thế, vậy, cho, xin, muốn, cần, định, tính, nhờ, làm ơn,
    vui lòng, phép, nhân tiện, nhân đây, tiện thể, tiện đây, sẵn, còn vụ, còn việc, còn chuyện, một chuyện, một việc, nữa, khác, lại, đang, phải, có"""
)
"""What may stand before "hỏi": it names nothing."""
_AFTER = _spelt(
    """luôn, thêm, xíu, chút, tí, tý, thăm, nhờ, ké, lại, nữa, là, rằng, về, vụ, với, nha, nhé, nghen, nghe, ạ, ad, này, cái, ơi, một chút, một xíu, một tí,
    một câu, một việc, một điều, câu này, vụ này, việc này, cái này, điều này, anh chị, cán bộ, mọi người, cả nhà, quý cơ quan"""
)
"""What may stand behind it."""
_ANOTHER = _spelt("à mà, mà này, nhân tiện, nhân đây, tiện thể, tiện đây, sẵn tiện, sẵn đây, sẵn dịp, sẵn cho")
"""Openings of another matter, which need no "hỏi"."""
_LEAVE = _spelt("cho, xin, muốn, cần, định, tính, nhờ, sẵn, phép, thêm, tiện")
_GREETING = _spelt("chào, xin chào, kính chào, hello, hi, hế lô, helo, alo, alô, a lô, allo, kính gửi, kính thưa, thưa")
_GREETED = _spelt(
    """em, tôi, tui, mình, con, cháu, anh, chị, bác, cô, chú, dì, ad, admin, shop, bạn, bot, ban, cán bộ, mọi người, cả nhà, quý cơ quan, quý anh chị, quý vị,
    các anh chị, các bạn, các anh, các chị, anh chị em, trợ lý, tổng đài, trung tâm, phường, xã, dạ, vâng, ạ, ơi, nha, nhé, nghen, à, buổi sáng, buổi trưa,
    buổi chiều, buổi tối, sáng, mọi người ơi"""
)
"""Who is greeted, and how."""
_SELF = _spelt("tôi, tui, mình, con, cháu, tụi, chúng")
"""With these the speaker begins, once somebody was greeted: "chào anh, con tôi ..."."""
_ALSO_WORDS = _spelt("chào, hi, thưa, sáng")
"""Greetings that begin other words too (chào bán, hi sinh, thưa kiện): they greet somebody who is named, or stand alone before a comma."""
_NO_GREETING = re.compile(r"(?:chào|chao) (?:bán|ban|mua|hàng|hang) (?:trái|trai|cổ|co|chứng|chung|phần|phan|công|cong|riêng|rieng|cạnh|canh)\b")
_TO_WHOM = r"(?:\s+(?:em|anh|chị|chi|ad|admin|bạn|ban|cô|co|chú|chu|bác|bac|shop|nhiều|nhieu|nha|nhé|nhe|nghen|ạ|vậy|rồi|roi|lắm))*\s*[,.;!]+\s*"
_NODS = re.compile(rf"^\W*(?:(?:dạ|da|vâng|vang|ok|oke|okie|okay|à|ừ|uhm?|rồi|roi|hiểu rồi|hieu roi|được rồi|duoc roi|biết rồi|biet roi)\b{_TO_WHOM})+", re.IGNORECASE)
_THANKS = re.compile(
    rf"^\W*(?:(?:dạ|da|vâng|ok)\W+)*(?:cảm ơn|cám ơn|cam on|thanks|thank you|tks)\b{_TO_WHOM}(?=(?:à|a|còn|con|thế|the|vậy|vay|mà|ma|nhưng|giờ|gio|cho|xin|em|mình|tui|tôi)\b|.*\?)",
    re.IGNORECASE,
)
"""Yes, and thanks, each before a mark; thanks only where something else begins: "cảm ơn nha, nhẹ cả người" is one thing."""
_NO_QUESTION = re.compile(r"(?:huong|tich|dong|phuc|vien|nong|phu|mon|cuu|hoa|nguoi|cho|lang)\b")
"""What follows a "hoi" without diacritics that is hồi or hội: hồi hương, hội đồng, hội người cao tuổi."""
MAX_WORDS = 14
"""Words of an opening at most."""
FEW_WORDS = 4
MIN_ASKED = 3
"""Words behind a greeting at least, for it to be left out."""
_OWN = re.compile(
    r" (?:của|cua) (?:tôi|toi|tui|em|mình|minh|chúng tôi|chung toi|tụi (?:em|tui|mình)|tui (?:em|minh))\b"
    r"(?! (?:trai|gái|gai|ruột|ruot|út|ut|họ|kế|rể|dâu|bé|chồng|chong|vợ|tôi|toi|tui|em|mình|minh|và|va|với|là)\b)"
)
"""Not "của em trai", "của em tôi", "của tôi và vợ": another person's."""


def gist(text: str) -> str:
    """A normalised, written-out question without its opening and without whose own thing it is; never less than two words."""
    asked = without_opener(without_nods(text))
    short = _OWN.sub("", asked)
    return short if len(TOKEN.findall(short)) > 1 else asked


def without_opener(text: str) -> str:
    """A normalised, written-out question without what it says before it asks; as it is when it has no such opening, or nothing else."""
    words = list(TOKEN.finditer(text))
    said = [word.group() for word in words]
    place = end = _greeted(text, words)
    while place < min(len(words), MAX_WORDS):
        if _asks(said, place):
            place = end = _beyond(said, place + 1)
            continue
        size = _longest(said, place, _BEFORE)
        another = _longest(said, place, _ANOTHER)
        if another and another >= size:
            end = place + another
        if not size and not another:
            break
        place += max(size, another)
    return text[words[end].start() :] if 0 < end < len(words) - 1 else text


def _greeted(text: str, words: list[re.Match[str]], least: int = MIN_ASKED) -> int:
    """Words of a greeting at the start; 0 for none, and where fewer than `least` words follow ("chào em, làm gì đó")."""
    said = [word.group() for word in words]
    place, greets = 0, False
    while place < min(len(said), MAX_WORDS):
        greeting = _longest(said, place, _GREETING)
        person = _longest(said, place, _GREETED)
        if not (greeting or person) or (greets and said[place] in _SELF) or _NO_GREETING.match(" ".join(said[place : place + 3])):
            break
        if greeting == 1 and said[place] in _ALSO_WORDS and not place and not _pauses(text, words, 1) and not _longest(said, 1, _GREETED):
            break
        greets = greets or bool(greeting)
        place += max(greeting, person)
        if greets and _pauses(text, words, place):
            break
    return place if greets and len(said) - place >= least else 0


def _pauses(text: str, words: list[re.Match[str]], place: int) -> bool:
    """True where a mark stands before the word at `place`."""
    return 0 < place < len(words) and any(mark in ",.;:!?\n" for mark in text[words[place - 1].end() : words[place].start()])


def without_nods(text: str) -> str:
    """A message without the thanks, or the yes to the reply before, that it begins with ("cảm ơn em, à còn ..."): as typed, never
    less than MIN_ASKED words."""
    nods = _NODS.match(text) or _THANKS.match(text)
    rest = text[nods.end() :] if nods else text
    return rest if len(rest.split()) >= MIN_ASKED else text


def only_greets(message: str) -> bool:
    """True for a greeting with a few words behind it ("chào em, khỏe không"), whatever those would be alone."""
    text = expand(normalise(message))
    words = list(TOKEN.finditer(text))
    place = _greeted(text, words, 0)
    return 0 < place and len(words) - place <= FEW_WORDS


def _asks(said: list[str], place: int) -> bool:
    """True for the "hỏi" of who asks leave to ask; "em hỏi lại vợ đã" asks somebody else."""
    if said[place] not in ("hỏi", "hoi") or (place and not _LEAVE.intersection(said[:place])):
        return False
    return said[place] == "hỏi" or (place > 0 and not _NO_QUESTION.match(" ".join(said[place + 1 : place + 2])))


def _beyond(said: list[str], place: int) -> int:
    while size := _longest(said, place, _AFTER):
        place += size
    return place


def _longest(said: list[str], place: int, among: frozenset[str]) -> int:
    """Words, at most three, that begin at `place` and stand among them; 0 when none does."""
    return next((size for size in (3, 2, 1) if len(said) >= place + size and " ".join(said[place : place + size]) in among), 0)
