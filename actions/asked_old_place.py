"""Is it asked what a place is called now, or where its people go? A message in, the old names meant out. Language as data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.places import Mention, Places, spoken, today_name
from index.asking import asked_in_words
from index.text import expand, fold, normalise, tokens

_MERGED = r"(?:sap nhap|sat nhap|hop nhat|gop|nhap(?! khau| ho| canh| hoc| cu| tich| ngu| vien)|giai the|doi ten|bai bo|xoa (?:so|ten|bo)|bo (?:roi|het|cap|di|luon|mat))"
_CUES = (
    r"# cu\b(?! tru| the| dan| ngu| soat)",
    r"# (?:truoc day|hoi truoc|luc truoc|hoi xua|ngay truoc|truoc kia)",
    rf"# (?:(?:da|duoc|bi|moi|gio|nay|vua|thi|la|khong con|cap) )*{_MERGED}",
    rf"\b{_MERGED}(?: (?:tinh|huyen|xa|ten|cap|vao|voi))? #",
    r"\bbo #",
    r"# (?:bay )?(?:gio|nay) (?:da )?(?:la|thuoc|ten|goi|doi|thanh|nam|ve)\b",
    r"# (?:\w+ ){0,3}?(?:xa|phuong|tinh)(?: phuong)? (?:moi )?(?:nao|gi)\b",
    r"# (?:co )?con (?:khong|ton tai|huyen|ten|la)\b|# (?:khong con|het roi|dau con)\b",
    r"\bten (?:moi|hien nay|bay gio|hien tai) cua #|# (?:co )?ten (?:moi|gi)\b",
)
_CUE = re.compile("|".join(f"(?:{cue})" for cue in _CUES))
_GONE = re.compile(r"# (?:bay )?gio (?:thi )?(?:nop|lam|di|den|toi|ra|len|o)\b")
"""Said of what is no more it asks where its people go; of a commune that still has the name it is a question like any other."""
_WHERE = re.compile(
    r"\b(?:dau|noi nao|cho nao|(?:xa|phuong|tinh|huyen|co quan|uy ban|trung tam) (?:moi )?(?:nao|gi)|ten (?:gi|moi|la gi)|la gi|thanh gi|con (?:khong|huyen|ton tai)"
    r"|thuoc|lam sao|ra sao|the nao|sao)\b"
)
_OTHER = re.compile(
    r"\b(?:doi (?:giay|can cuoc|so|lai|bang|the|dia chi)|cap nhat|dinh chinh|sua|con (?:gia tri|han|dung|xai)|(?:xai|dung|su dung) duoc|hop le|phai doi|cong tac|lam viec (?:o|tai))\b"
)
"""Papers that still bear the old name are a matter of their procedure."""
_PLACE_ONLY = {"place", "overview", "applicants"}
"""What may be heard in such a question; applicants because "nộp hồ sơ" without diacritics sounds like "nộp hộ"."""


def old_places(message: str, places: Places) -> tuple[Mention, ...]:
    """What is asked about, the smallest kind first; () when the message asks for something else or has no old name."""
    folded = fold(expand(normalise(message)))
    if not _WHERE.search(folded) or _OTHER.search(folded) or not set(asked_in_words(message)) <= _PLACE_ONLY:
        return ()
    found = today_name(message, places)
    masked = _masked(message, places)
    gone = any(unit.kind != "commune" or unit.name not in places.today for mention in found for unit in mention.units)
    if not found or not (_CUE.search(masked) or (gone and _GONE.search(masked))):
        return ()
    return tuple(sorted(found, key=lambda mention: mention.units[0].kind != "commune"))


def chosen_now(message: str, now: Sequence[str]) -> str | None:
    """The unit of today that the message itself names after "nay là" or "nay thuộc"; None when it names none of them."""
    said = " ".join(tokens(fold(expand(normalise(message)))))
    named = [name for name in now if re.search(rf"\bnay (?:la|thuoc) {re.escape(' '.join(tokens(fold(normalise(name)))))}\b", said)]
    return named[0] if len(named) == 1 else None


def _masked(message: str, places: Places) -> str:
    """The folded words with each run of old names as one "#": "xã Khánh Lâm huyện U Minh cũ nộp ở đâu" → "# cu nop o dau"."""
    said = spoken(message)
    for mention in reversed(list(places.find(said))):
        said[mention.start : mention.end] = ["#"]
    line = fold(expand(" ".join(said)))
    return re.sub(r"#(?:(?: (?:thuoc|cua|o|tinh|thanh pho))* (?:#|ca mau\b))+", "#", line)
