"""The words by which a life event is told: phrases with alternatives and gaps -> patterns, and how people ask for all that has
to be done. Language knowledge as data.

A word that the message writes with diacritics must be the very word; without them its letters suffice: "chồng mất" is no
"chóng mặt", "chong mat" may be either.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.text import expand, fold, normalise, tokens

GAP = "…"
OR = "/"
_BETWEEN = """tôi tui em mình con cháu anh chị của nhà vừa mới đã ruột nội ngoại già lớn út hai ba tư năm sáu bảy tám dâu rể trai gái
họ ta bị bệnh hôm qua nay bữa trước đột ngột cái hồi ở tại quê bệnh viện nhà trong cũng lại sắp được tính muốn vợ chồng người
xong e a c làm thì và cả luôn hết nó ổng bả ảnh chỉ""".split()
"""What may stand in a gap: who it is told of, when and where; never a thing."""
_AFTER_DEATH = """rồi hôm bữa ngày tháng năm lúc hồi sáng khuya đêm trưa chiều tuần ở tại trên thì giờ bây nay phải được gia mình em
tui tôi cháu con lâu mà và đột cách vừa xong luôn là h không chưa hông còn thế ai trong anh chị bệnh hết""".split()
"""What may follow "mất" when somebody died: time, place, the next clause. After "mất" of a lost thing stands the thing."""
_MOST_BETWEEN = 5
_EVERYTHING = (
    r"\b(?:nhung|cac|may|toan bo) (?:thu tuc|viec) (?:gi|nao|can|phai|khi)\b",
    r"\b(?:thu tuc|viec) (?:gi|nao)\b",
    r"\b(?:lam|lo|chay|khai bao|khai|lam lai) (?:lai )?(?:nhung|cac|may)(?: \w+){0,2}? (?:gi|nao)\b",
    r"\b(?:lam|lo|chay|man) (?:lai )?(?:giay to|giay|ho so) (?:gi|nao)\b(?! o\b)",
    r"\b(?:nhung|cac|may) (?:giay to|giay|ho so)(?: gi| nao)? (?:can|phai) (?:lam|lo|chay)\b",
    r"\b(?:phai|can|nen) (?:\w+ )?lam (?:nhung )?gi\b",
    r"\bcan (?:lam )?nhung gi o\b",
    r"\blam lai (?:nhung )?(?:cai )?gi\b",
    r"\bbat dau (?:tu|o)? ?(?:dau|cai nao|cai gi)\b",
    r"\b(?:gi|dau|nao) truoc\b",
    r"\b(?:tong hop|liet ke|ke) (?:\w+ ){0,3}?(?:thu tuc|giay to)\b",
)
_ALL = re.compile("|".join(f"(?:{pattern})" for pattern in _EVERYTHING))
"""Folded: which papers to make, which procedures, where to begin. "Cần giấy tờ gì" asks what to bring to one of them."""
_NOT_ALL = re.compile(
    r"\b(?:lam|phai) gi (?:de|ma|co|duoc)\b|\b(?:chua|khong|hong|khoi) (?:co|lam|can) (?:\w+ )?(?:giay to|giay|thu tuc|gi) (?:gi|het|nao|ca)\b"
    r"|\b(?:bao lau|may ngay|bao nhieu tien|nhieu tien|ton|phi|le phi|nop o dau|mat bao)\b"
)
"""Folded: a wish of its own follows ("phải làm gì để …"), nothing is there yet, or one part of one procedure is asked for."""


def told(message: str) -> str:
    """A message as `pattern` reads it: words as written, spelt out, one blank between."""
    return " ".join(tokens(expand(normalise(message))))


def asks_for_all(message: str) -> bool:
    """True when a `told` message asks for all that has to be done, not for a part of one procedure."""
    folded = fold(message)
    return bool(_ALL.search(folded)) and not _NOT_ALL.search(folded)


def phrases(text: str) -> str:
    """One spelling for a phrase with alternatives: "Mới/vừa  …  sinh" -> "mới/vừa … sinh". ValueError for an empty part."""
    parts = [[" ".join(tokens(expand(normalise(one)))) for one in part.split(OR)] for part in text.split(GAP)]
    if not all(one for part in parts for one in part):
        raise ValueError(f"{text!r}: a part is empty; expected words, parted by {OR} or {GAP}")
    return f" {GAP} ".join(OR.join(part) for part in parts)


@lru_cache(maxsize=512)
def pattern(phrase: str) -> re.Pattern[str]:
    """Finds one of the alternatives of a phrase as made by `phrases`, whole words, in a `told` message."""
    *first, last = [part.split(OR) for part in phrase.split(f" {GAP} ")]
    parts = [f"(?:{'|'.join(map(_spelt, part))})" for part in first] + [f"(?:{'|'.join(map(_ending, last))})"]
    between = f"(?: {_any(_BETWEEN)}){{0,{_MOST_BETWEEN}}} "
    return re.compile(rf"(?<!\S){between.join(parts)}(?!\S)")


def _spelt(words: str) -> str:
    return " ".join(_word(word) for word in words.split())


def _ending(words: str) -> str:
    """Of the last part: "mất" there is to die, and no thing may follow; "cần" may, unless it begins "căn cước"."""
    behind = rf"(?= (?:{_any(_AFTER_DEATH)}|{_word('cần')}(?! {_word('cước')}))(?!\S)|$)"
    return _spelt(words) + (behind if words.split()[-1] == "mất" else "")


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(_word(word) for word in words) + ")"


def _word(word: str) -> str:
    return word if word.isascii() else f"(?:{word}|{fold(word)})"
