"""What a message says before it asks ("à mà sẵn cho em hỏi luôn nha, …"), and that a thing is the speaker's own ("bằng lái của tui").
Those words tell nothing of the procedure, yet they draw the question's vector towards other questions that hold them. Search leaves
them out; nothing else does."""

from __future__ import annotations

import re

from index.text import TOKEN, fold


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
_NO_QUESTION = re.compile(r"(?:huong|tich|dong|phuc|vien|nong|phu|mon|cuu|hoa|nguoi|cho|lang)\b")
"""What follows a "hoi" without diacritics that is hồi or hội: hồi hương, hội đồng, hội người cao tuổi."""
MAX_WORDS = 14
"""Words of an opening at most."""
_OWN = re.compile(
    r" (?:của|cua) (?:tôi|toi|tui|em|mình|minh|chúng tôi|chung toi|tụi (?:em|tui|mình)|tui (?:em|minh))\b"
    r"(?! (?:trai|gái|gai|ruột|ruot|út|ut|họ|kế|rể|dâu|bé|chồng|chong|vợ|tôi|toi|tui|em|mình|minh|và|va|với|là)\b)"
)
"""Not "của em trai", "của em tôi", "của tôi và vợ": another person's."""


def gist(text: str) -> str:
    """A normalised, written-out question without its opening and without whose own thing it is; never less than two words."""
    asked = without_opener(text)
    short = _OWN.sub("", asked)
    return short if len(TOKEN.findall(short)) > 1 else asked


def without_opener(text: str) -> str:
    """A normalised, written-out question without what it says before it asks; as it is when it has no such opening, or nothing else."""
    words = list(TOKEN.finditer(text))
    said = [word.group() for word in words]
    place = end = 0
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
