"""Answers while no engine runs: search alone, with what a question asks told by its words. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from actions import texts
from actions.answer import Answer
from actions.dialogue import State
from actions.reply import Understood
from actions.resources import served_texts
from actions.respond import respond
from index.text import expand, fold, normalise

WORDS = {
    "documents": r"giay to|ho so gom|can gi|can nhung gi|chuan bi|mang theo|dem theo|giay gi|nop gi",
    "duration": r"bao lau|may ngay|chung nao|khi nao (?:co|xong|lay)|mat may|thoi han|bao gio co",
    "fees": r"phi\b|bao nhieu tien|ton |tien khong|mat tien|le phi|mien phi|nhieu tien",
    "post_submit": r"buu dien|buu chinh|chuyen phat",
    "post_return": r"tra ket qua (?:qua|tai nha)|gui ve nha|ship ve",
    "online": r"truc tuyen|tren mang|qua mang|vneid|dich vu cong",
    "place": r"o dau|cho nao|noi nao|nop dau|co quan nao|xa hay tinh",
    "steps": r"cac buoc|trinh tu|the nao|lam sao|quy trinh",
    "conditions": r"dieu kien|co duoc khong|duoc khong|bao nhieu tuoi",
    "template": r"mau nao|bieu mau|to khai nao|mau don",
    "legal_basis": r"can cu|luat nao|nghi dinh|thong tu",
    "applicants": r"lam thay|uy quyen|di thay|nop thay|nop gium|ai duoc",
}
"""aspect -> folded words that ask for it. Cruder than the NLU model; used only for minutes."""


def reply_without_engine(message: str, state: Mapping[str, Any] | None, now: datetime) -> Answer:
    """One Answer from search alone, opened with a line that says so. Never raises."""
    folded = fold(expand(normalise(message)))
    aspects = tuple(aspect for aspect, words in WORDS.items() if re.search(words, folded))
    answer = respond(message, Understood(aspects), State.from_dict(state), now)[-1]
    with texts.said_as(served_texts()):
        return replace(answer, text=f"{texts.ENGINE_DOWN}\n{answer.text}")
