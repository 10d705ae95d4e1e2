"""Is it asked what became of a file that was handed in? "Hồ sơ em nộp tới đâu rồi", "báo đang xử lý hoài": only the office
knows, however well the message names its procedure. Language as data, beside the learnt intent check_application.
"""

from __future__ import annotations

import re

from index.text import expand, fold, normalise

_END = r"(?: (?:vay|a|ha|ta|z|co|anh|chi|em|ad|chu|ban|nhi|dzay|the|troi|oi|luon|nua|roi))*(?:\W*$|\s*[,.;!?])"
_PATTERNS = (
    r"\b(?:toi|den|o) (?:dau|khau nao|buoc nao) roi\b",
    rf"\b(?:xong|duyet|ky|in|cap|giai quyet|xu ly|nhan|nhan duoc|ra|co|ve|tra) chua{_END}",
    r"\b(?:van|con|cu|bao|ghi|hien|de)\W+(?:\w+ ){0,2}?(?:dang|cho) (?:xu ly|giai quyet|duyet|tham dinh|xac minh|tiep nhan)\b",
    r"\bbao\W+(?:bi )?(?:tu choi|khong hop le|tra ve)\b",
    r"\b(?:ho so|don|giay) (?:\w+ ){0,8}?bi (?:treo|ngam|ket)\b",
    r"\b(?:chua|khong|hong|ko) thay (?:ai |)(?:goi|bao|tra loi|phan hoi|hoi am|tin nhan|ket qua|tra ket qua)\b",
    r"\bsao (?:gio |lau |mai |toi gio )?(?:van |vay |qua )?chua (?:co|xong|thay|duyet|nhan|tra|ra|ve)\b",
    r"\b(?:kiem tra|tra cuu|coi|xem|check) (?:giup|gium|dum|ho|lai) (?:\w+ ){0,3}?(?:ho so|bien nhan|tinh trang|tien do)\b|\b(?:kiem tra|tra cuu|coi|xem|check) (?:giup|gium|dum|ho)\W*$",
)
_FILE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_GENERAL = re.compile(r"\bthi (?:phai |nop |lam |sua |bo sung |khieu nai |gui |xin )|\b(?:giay to|giay|ho so) (?:gi|nao)\b|\bcan (?:gi|nhung gi)\b|\bduoc (?:khong|hong|ko)\b")
"""What is to be done next, or which papers: a question after all, whatever else is told."""


def asks_after_file(message: str) -> bool:
    """True when words of it ask what became of a file, and none what to do or bring."""
    folded = fold(expand(normalise(message)))
    return bool(_FILE.search(folded)) and not _GENERAL.search(folded)
