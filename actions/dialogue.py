"""What the next turn must know, and what a short message means in its light: the current procedure, the open choice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.asking import asked_in_words
from index.procedure import ASPECTS
from index.text import expand, fold, normalise, tokens

ORDINALS = {
    "mot": 1,
    "nhat": 1,
    "dau": 1,
    "hai": 2,
    "nhi": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "cuoi": -1,
}
_NUMBER = re.compile(
    r"\b(?:so|thu|thu tuc|cai|muc|chon|y|dap an|phuong an|cau|loai|truong hop)\s*(?:so|thu)?\s*(\d|mot|nhat|dau tien|dau|hai|nhi|ba|tu|bon|cuoi cung|cuoi)\b"
)
# A number alone or with particles only: "ba tôi mất" and "hai vợ chồng" choose nothing.
_BARE = re.compile(
    r"^(?:da )?(\d|mot|hai|ba|bon|dau tien|cuoi cung)(?: (?:a|ak|nha|nhe|nghen|di|em|ad|luon|do|thoi|oi|vay|day|la))*$"
)
# Openings of a correction: "không phải, ý tôi là …". What follows is the question.
_CORRECTION = re.compile(
    r"^\W*(?:(?:da|a|o|oi|y|u|ua|uy|khoan|khoan da|thoi)[\s,]+)*(?:(?:khong|ko|hong|k) co(?=\s*[,.;])|(?:khong|ko|hong|k)(?: phai)?(?: vay| the| cai do| thu tuc do)?|sai roi|lon(?=\s*[,.;!])|nham(?= roi|\W*$|[,.;!])(?: roi)?|lon roi"
    r"|(?:(?:em|toi|tui|minh|con|chau) )?(?:(?:hoi|noi) (?:lon|nham)|ghi (?:lon|nham)(?= roi|[,.;!]|\W*$))(?: roi)?|khoan(?: da)?|y (?:em |toi |tui |minh )?(?:la|muon noi|muon hoi))\b[\s,.;:!]*"
    r"(?:(?:y|y cua)?\s*(?:em|toi|tui|minh|con|chau|anh|chi)?\s*(?:la|muon hoi|hoi|muon noi|noi|dang hoi)\s*(?:la|ve|cai)?\b)?[\s,.;:]*"
)
_ELLIPSIS = re.compile(r"^\W*(?:(?:da|vay|the|roi|con|a|u|ok|the con|vay con|roi con)\s+)*(?:con|the|vay)\b")


MAX_PAST = 4
"""Procedures of a talk that one can come back to."""
_POINTING = re.compile(r"\b(?:nay|do|day|vay|luon|ay|no|cai nay|cai do|vu nay|vu do|loai nay|kieu do)\b")
_RETURN = re.compile(r"\b(?:quay lai|tro lai|hoi nay|luc nay|luc dau|ban dau|ban nay|cai truoc|vu truoc|vu kia|vu hoi)\b")


@dataclass(frozen=True, slots=True)
class State:
    """Travels with the conversation. options: codes offered for choice, in shown order; option_aspects: what was asked then;
    past: procedures answered before the current one, latest first; asked: questions back in a row about one matter (actions.enough)."""

    procedure: str | None = None
    aspects: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    option_aspects: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    asked: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Any) -> State:
        """A state from anything that came back; what does not fit is dropped, so a foreign one is an empty one."""
        raw = raw if isinstance(raw, Mapping) else {}

        def strings(key: str) -> tuple[str, ...]:
            value = raw.get(key)
            return tuple(item for item in value if isinstance(item, str))[:14] if isinstance(value, (list, tuple)) else ()

        procedure, asked = raw.get("procedure"), raw.get("asked")
        return cls(
            procedure if isinstance(procedure, str) else None,
            tuple(aspect for aspect in strings("aspects") if aspect in ASPECTS),
            strings("options"),
            tuple(aspect for aspect in strings("option_aspects") if aspect in ASPECTS),
            strings("past")[:MAX_PAST],
            min(max(asked, 0), 9) if isinstance(asked, int) else 0,
        )

    def answered(self, procedure: str, aspects: Sequence[str]) -> State:
        """The state after an answer about `procedure`."""
        before = [code for code in (self.procedure, *self.past) if code and code != procedure]
        return State(procedure, tuple(aspects), past=tuple(dict.fromkeys(before))[:MAX_PAST])


def chosen_number(message: str, options: Sequence[str]) -> str | None:
    """The option meant by "2", "số hai", "cái đầu tiên"; None when the message is longer than a choice or out of range."""
    words = tokens(fold(normalise(message)))
    if len(words) > 6:
        return None
    match = _BARE.search(" ".join(words)) or _NUMBER.search(" ".join(words))
    if not match:
        return None
    number = int(match.group(1)) if match.group(1).isdigit() else ORDINALS[match.group(1).split()[0]]
    if number == -1:
        return options[-1] if options else None
    return options[number - 1] if 1 <= number <= len(options) else None


_TAKES_BACK = re.compile(
    r"^\W*(?:(?:da|a|u|ua|o|oi|khoan|thoi)[\s,]+)*(?:(?:khong|ko|k)[\s,.;]+(?:phai|y|toi hoi|tui hoi|em hoi|minh hoi)\b|nham(?= roi| mat|\W*$|[,.;!])|lon(?= roi|\s*[,.;!])|sai roi|y (?:em |toi |tui |minh )?(?:la|muon)\b)"
    r"|^\W*(?:(?:da|a|u|ua|o|oi|khoan|thoi)[\s,]+)*(?:khong|ko|hong)(?: co| phai)?(?: a| dau| roi)?\s*[,.;]\W*\w+\W+\w+"
    r"|\w \W*chu (?:khong|ko|hong) phai\b"
    r"|^.{0,24}\b(?:(?:hoi|noi) (?:lon|nham)\b|ghi (?:lon|nham)(?= roi|[,.;!]|\W*$))"
)


def takes_back(message: str) -> bool:
    """True for "khoan, em hỏi lộn, …", "ý là …": the message says itself that it corrects the one before."""
    return bool(_TAKES_BACK.search(fold(expand(normalise(message)))))


_NEEDS = re.compile(
    r"^\W*(?:(?:vay|the|roi|ma|a|da|con|vay thi|the thi)\W+)*(?:co )?(?:can|phai|bat buoc|bi|doi)\b(?: phai| co| nop| mang| kem| dem| lam)? (?:\w+ ){1,6}(?:khong|hong|ha|hon|chua)(?: (?:a|vay|em|anh|chi|ad))*\W*$"
)


def asks_whether_needed(message: str) -> bool:
    """True for "cần khám sức khỏe không": whether something belongs to what is spoken of."""
    return bool(_NEEDS.match(fold(expand(normalise(message)))))


_DENIES = re.compile(r"^.{0,24}?\b(?:khong|ko|k|nham|lon|sai)\b")


def denies(message: str) -> bool:
    """True for a correction that says that what was answered is not meant; "ý tôi là giấy xác nhận ấy" may mean the same once more."""
    return bool(_DENIES.match(fold(expand(normalise(message)))))


_NOT_THIS = re.compile(r"^\W*(?:(?:da|a|u|ua|o|oi|khoan|thoi)[\s,]+)*(?:khong|ko|hong|k) phai (?!vay\b|the\b|dau\b)(?:\w+ ){0,4}\w+\s*[,.;]\s*(?=\w+)")
"""What is not meant, before what is: "không phải cấp lại, đổi thôi"."""
_RATHER = re.compile(r"\W+chu (?:khong|ko|hong) phai\b")
"""Behind it stands what is not meant: "gia hạn chứ không phải cấp mới"."""


def strip_correction(message: str) -> str:
    """ "không, ý tôi là gia hạn tạm trú" -> "gia hạn tạm trú"; a message without such an opening comes back as it is."""
    text = normalise(message)
    rather = _RATHER.search(fold(text))
    if rather and rather.start() > 1:
        return text[: rather.start()].strip()
    match = _NOT_THIS.match(fold(text)) or _CORRECTION.match(fold(text))
    return text[match.end() :].strip() if match and match.end() else text


def is_elliptic(message: str) -> bool:
    """True for "thế còn …", "vậy …": a message that leans on the one before. "con 15 tuổi", with its diacritics, is no "còn"."""
    text = expand(normalise(message))
    leaning = _ELLIPSIS.match(fold(text))
    return bool(leaning) and not (text[: leaning.end()].endswith("con") and fold(text) != text)


_VARIANT = re.compile(r"\b(?:bi mat|do mat|lam mat|het han|gia han|bi hu|bi rach|cap lai|lam lai|cap doi|huy|xoa|cham dut|tam ngung)\b")


def variant(message: str, name: str) -> str | None:
    """ "gia hạn" of "sau này gia hạn thì sao" in a talk about "Cấp giấy phép …": what happens to the thing, which that procedure's name
    does not say; None when nothing does."""
    text = expand(normalise(message))
    of_name = set(_VARIANT.findall(fold(normalise(name))))
    return next((text[said.start() : said.end()] for said in _VARIANT.finditer(fold(text)) if said[0] not in of_name), None)


_ANOTHER = re.compile(
    r"^\W*(?:(?:a|u|ua|da|vang|ok|roi)[\s,]+)*(?:a ma|a quen|quen nua|chet quen|ma con|a con|san (?:cho|day|tien)|nhan tien|tien the|tien day|con vu|qua vu|chuyen khac|viec khac|hoi (?:them|luon|qua) (?:vu|chuyen|ve))\b"
)


def changes_topic(message: str) -> bool:
    """True for "à mà trợ cấp thất nghiệp …", "sẵn cho hỏi …": another matter begins."""
    return bool(_ANOTHER.match(fold(expand(normalise(message)))))


_TELLS = re.compile(
    r"^\W*(?:(?:da|a|o|u|thi|ma|tai|vi)[\s,]+)*(?:nha|gia dinh|em|toi|tui|minh|con|chau|ba|ma|me|bo|cha|tia|ong|vo|chong|anh|chi|no|cu|nguoi nha)\b"
    r"(?: \w+){0,4}? (?:la|thuoc|dang|co|chua|khong|moi|da|bi|duoc|o)\b"
)


def tells_more(message: str) -> bool:
    """True for "nhà em là hộ cận nghèo đó": a short statement about oneself or one's own, which asks nothing."""
    folded = fold(expand(normalise(message)))
    return bool(_TELLS.match(folded)) and len(folded.split()) <= 14 and "?" not in message and not asked_in_words(message)


_AGE = re.compile(
    r"^\W*(?:(?:da|a|o|thi|ma|con|be|chau|em|no|me|ma|ba|bo|cha|ong|cu|chi|anh|vo|chong|thang nho|thang be|toi|tui|minh|cua|nam nay|nay|nha|gai|trai|lon|nho|ut|noi|ngoai)\W+)*"
    r"(?:(?:moi|duoc|hon|gan|khoang|da|tron|len|chua|chua du|la)\W+)*\d{1,3} (?:tuoi|thang|thang tuoi)(?: (?:roi|thoi|a|do|ne|ruoi|thi sao|nha))*\W*$"
)


def tells_age(message: str) -> bool:
    """True for "con tôi 5 tuổi": whose thing it is, and no other thing."""
    return bool(_AGE.match(fold(expand(normalise(message)))))


_SO_WHAT = re.compile(r"\b(?:thi|la) sao\b|\bsao vay\b|^\W*(?:con|neu|the|vay)\b.*(?<!ban )\bsao\W*$")


def asks_the_same(message: str) -> bool:
    """True for "nếu là 6 tờ thì sao", "còn xe máy thì sao": it asks what was asked before, of something else."""
    return bool(_SO_WHAT.search(fold(expand(normalise(message))))) and not asked_in_words(message)


def returns(message: str) -> bool:
    """True for "quay lại vụ điện hồi nãy": a message that goes back to an earlier procedure."""
    return bool(_RETURN.search(fold(expand(normalise(message)))))


def points_back(message: str) -> bool:
    """True for "ở trên này luôn được không": a message that speaks of what was spoken of before."""
    return bool(_POINTING.search(fold(expand(normalise(message)))))
