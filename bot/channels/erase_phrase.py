"""A message in, whether it asks this service to erase what it keeps of its writer out: one family of sentences, nothing near it."""

from __future__ import annotations

import re

from index.text import TOKEN, fold, normalise

_WHO = "(?:toi|tui|em|minh|con|chau)"
# The whole message, so that a question that goes on ("… trên sổ hộ khẩu thì làm sao") is none.
_PHRASE = re.compile(
    rf"(?:da )?(?:(?:xin|hay|vui long|lam on|nho|{_WHO}) )*(?:(?:muon|can|yeu cau|de nghi) )?"
    rf"xoa (?:bo |het |toan bo |tat ca )*du lieu (?:ca nhan )?cua {_WHO}(?: (?:di|nhe|nha|ngay|luon|voi|giup|a))*"
)


def asks_to_erase(message: str) -> bool:
    """True for "xóa dữ liệu của tôi", "Xoá hết dữ liệu của em ạ", "xoa du lieu cua toi!"."""
    return bool(_PHRASE.fullmatch(" ".join(TOKEN.findall(fold(normalise(message))))))
