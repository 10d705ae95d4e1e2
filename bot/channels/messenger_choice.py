"""A message and what was offered in, the question that a bare number stands for out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text import TOKEN, fold, normalise

# Digits alone or with particles. "thứ hai" is a day and "ba" a father: words are left to actions, which know what was asked.
_NUMBER = re.compile(r"(?:da )?(?:(?:so|chon|muc|cau|y) )*([1-9])(?: (?:a|ak|nha|nhe|nghen|di|ad|luon|do|thoi|oi))*")


def picked(message: str, choices: Sequence[str]) -> str | None:
    """choices: the questions behind 1, 2, 3 …. None when the message is no number, or one that was not offered."""
    match = _NUMBER.fullmatch(" ".join(TOKEN.findall(fold(normalise(message)))))
    return choices[int(match[1]) - 1] if match and int(match[1]) <= len(choices) else None
