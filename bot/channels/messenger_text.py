"""An answer's text in, the same text for a reader who has neither buttons nor a page around it out."""

from __future__ import annotations

import re

from actions import texts as said

_TYPED = (
    ("bấm chọn, hoặc trả lời bằng số hay tên", "trả lời bằng số hay tên"),
    ("anh/chị bấm chọn hoặc trả lời “đúng rồi”", "anh/chị trả lời “đúng rồi”"),
    ("Anh/chị bấm chọn hoặc trả lời bằng số", "Anh/chị trả lời bằng số"),
    ("anh/chị bấm chọn thủ tục", "anh/chị chọn thủ tục"),
    ("anh/chị bấm “Giấy tờ” để xem đủ", "anh/chị chọn “Giấy tờ” để xem đủ"),
)
"""Sentences of actions, as they are said on a page → where nothing can be pressed. Words of records are left alone."""
# Our own addresses, as actions name them when the office has told no public one.
_PATH = re.compile(r"(?<![\w/.:])/(?:thu-tuc|viec|api|lien-he|quyen-rieng-tu)(?![\w-])[\w/?=&%:.-]*(?<![.:,])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WITHOUT_PAGE = {said.LEAVE_WORD: "", said.LEAVE_WORD_CLOSED: "Bây giờ chưa gặp được cán bộ."}
"""What promises a page, when there is no address to give."""


def for_messenger(text: str, public_url: str) -> str:
    """public_url: before our own paths, no slash at its end; "" = not told, then sentences that name one are left out."""
    for pressed, typed in _TYPED:
        text = text.replace(pressed, typed)
    if public_url:
        return _PATH.sub(lambda path: public_url + path[0], text)
    for whole, rest in _WITHOUT_PAGE.items():
        text = text.replace(whole, rest)
    return "\n".join(kept for line in text.split("\n") if (kept := _without_paths(line)) is not None).strip("\n")


def _without_paths(line: str) -> str | None:
    """The line's sentences that name none of our paths; None when no sentence is left."""
    if not _PATH.search(line):
        return line
    kept = [sentence for sentence in _SENTENCE.split(line) if not _PATH.search(sentence)]
    return " ".join(kept) or None
