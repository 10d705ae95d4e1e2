"""The chat page as browsers without script get it: what tests need of it."""

from __future__ import annotations

import re

import pytest

from bot.channels.chat_page import MARK
from bot.gateway.app import WIDGET

TEMPLATE = """<!DOCTYPE html>
<html lang="vi">
<head>
  <meta charset="utf-8">
  <title>Một Cửa – Hướng dẫn</title>
  <link rel="stylesheet" href="/chat.css">
  <script src="/widget.js" defer></script>
</head>
<body>
  <mot-cua-chat mode="page"></mot-cua-chat>
  <main id="don-gian" class="plain">
    <h1>Một Cửa</h1>
    <!-- plain -->
    <form class="plain-form" method="post" action="/chat" accept-charset="utf-8">
      <input type="hidden" name="conversation" value="">
      <label for="message">Câu hỏi của anh/chị</label>
      <textarea id="message" name="message" rows="3" maxlength="2000" required aria-describedby="message-hint"></textarea>
      <p id="message-hint">Ví dụ: khai sinh cần gì?</p>
      <button class="button" type="submit">Gửi</button>
    </form>
  </main>
</body>
</html>
"""
"""A small index.html with every part that the page is filled in at."""
needs_template = pytest.mark.skipif(
    MARK not in (WIDGET / "index.html").read_text("utf-8"), reason=f"bot/widget/index.html has no {MARK} to fill in"
)


def token_of(page: str) -> str:
    """The conversation in the form for the next question."""
    found = re.findall(r'<form class="plain-form".*?name="conversation" value="([^"]*)"', page, re.S)
    assert len(found) == 1, page
    return found[0]
