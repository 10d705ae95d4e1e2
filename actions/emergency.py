"""Is somebody in danger now? A fire, a person in the water, a knife, a child that is lost. Language as data, beside the learnt intent
report_emergency: the numbers to call come first, however much the message speaks of papers.

What is over is none ("nhà cháy hết giấy tờ", "tòa tuyên bố mất tích"). Folded, written-out text.
"""

from __future__ import annotations

import re

from index.text import expand, fold, normalise

_SINCE = r"(?:tu|hoi|khi|suot|may|ca|2|3|hai|ba|mot) (?:\w+ )?(?:sang|trua|chieu|toi|khuya|dem|hom|qua|nay|gio|tieng|ngay|bua)\b"
_PATTERNS = (
    r"\b(?:nha|xom|cho|rung|kho|quan|bep|lua)\b(?: \w+){0,2} (?:dang|boc) chay (?:lon|to|roi|kia|du|qua|lan)\b|\bchay (?:nha|cho|xom|rung) (?:roi|kia|lon|to|dang|qua|cuu)\b",
    r"\b(?:dang|moi|bi|sap|suyt) (?:duoi nuoc|chet duoi|nga xuong (?:song|kenh))\b",
    r"\bduoi nuoc\b.*\b(?:cuu|kenh|song|bien|ao)\b",
    r"\b(?:cam|vac|co|xach|rut) (?:dao|bua|gay|sung|phang|ma tau|riu)\b.*\b(?:ruot|duoi|danh|chem|dam|doi|doa|giet|chan|xong|do)\b",
    r"\b(?:dang|sap) bi (?:danh|chem|dam|bop co|ruot|cuop|ham hiep|hiep dam|quay roi)\b(?! (?:gia|thue))",
    r"\b(?:doi|doa|dinh|se) giet\b",
    r"(?<!nghien )\bcuu (?:em|tui|toi|minh|con|chau|voi|me|ma|chung|nguoi ta)\b(?! chien)",
    rf"\b(?:bi|di) lac\b(?!.*\b(?:giay|giay to|so|the|bang|bien lai|phieu|mat giay)\b).*(?:{_SINCE}|\bchua (?:thay )?ve\b|\bkhong thay\b)",
    rf"\bmat (?:tich|lien lac)\b(?!.*\b(?:toa|tuyen bo|tuyen|liet si|chien tranh|giay|nam)\b).*(?:{_SINCE}|\bchua (?:thay )?ve\b|\bngoai (?:bien|khoi)\b)",
    r"\b(?:ghe|tau|xuong|vo lai|ca no)\b.*\b(?:dang chim|bi chim|lat up|bi lat|sap chim|troi dat)\b(?!.*\b(?:nam|xoa|den bu|ho tro|bao hiem)\b)",
    r"\b(?:dang len con|len con) (?:dau tim|co giat|dot quy|hen|kho tho|suyen)\b|\bdot quy (?:roi|dang)\b|\bdang (?:hap hoi|bat tinh|hon me|chay mau)\b|\bmau chay nhieu\b",
    r"\b(?:muon|dinh|dang|doi) tu (?:tu|sat)\b|\buong thuoc (?:sau|chuot|co|diet co)\b(?!.*\bgiay\b)",
    r"\b(?:trom|cuop|ke la|nguoi la)\b.*\bdang\b.*\b(?:cay|pha|leo|vo nha|trong nha|dap)\b|\bdang bi (?:trom|cuop|bat coc|dot nhap)\b|\bbi bat coc\b",
    r"\b(?:ro ri|xi) gas\b|\bday dien (?:dut|roi)\b.*\b(?:nguoi|duong|giat)\b|\bbi dien giat\b(?!.*\b(?:che do|tro cap|nam))",
)
_FIRE = re.compile(r"\b(?:đang|nổi|bốc) cháy\b|\bcháy (?:nhà|chợ|rừng|xóm) (?:rồi|kìa|lớn|to|đang|quá)")
"""With diacritics: without them it is the same as a shop or a road that is running (đang chạy)."""
_DANGER = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_OVER = re.compile(r"\b(?:tuyen bo|bao tu|khai tu|tro cap|boi thuong|den bu|bao hiem|che do|da mat|xac nhan|giay chung tu|lam lai|cap lai)\b")
"""What is asked for when the danger is over."""


def in_danger(message: str) -> bool:
    """True when words of it tell of a danger that lasts."""
    text = expand(normalise(message))
    folded = fold(text)
    return bool(_DANGER.search(folded) or _FIRE.search(text.lower())) and not _OVER.search(folded)
