"""Is advice wanted rather than a procedure? "Nên rút bây giờ hay chờ thì lợi hơn", "kiện có thắng không": which is better for
whom, who is right. Language as data, beside the learnt intent ask_legal_advice.
"""

from __future__ import annotations

import re

from index.text import expand, fold, normalise

_PATTERNS = (
    r"\bnen (?:\w+ ){1,10}hay\b",
    r"\b(?:loi|co loi|khon|thiet) hon\b",
    r"\bco thang (?:khong|hong|ko|kien)\b",
    r"\bai dung ai sai\b",
    r"\b(?:dung|trai) luat (?:khong|hong|ko)\b",
)
_ADVICE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def asks_advice(message: str) -> bool:
    """True when words of it ask which is better, who is right or how a dispute will end. Without diacritics "ai đúng" is "ai
    đứng" and "thắng" is "tháng", so neither counts alone."""
    return bool(_ADVICE.search(fold(expand(normalise(message)))))
