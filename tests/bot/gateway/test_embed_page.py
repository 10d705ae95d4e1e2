"""The guide for portals: lines that can be copied as they stand, with this server's own address."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bot.channels.embed_page import Pinned, embed_page, snippet

from .harness import Gateway, running

BASE = "https://hoi.tinh.example"


def drawn(**changes: object) -> str:
    return embed_page(**{"base": BASE, "told": True, "pinned": None, "keep_days": 30, "origins": (), **changes})  # type: ignore[arg-type]


def blocks(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r"<code>(.*?)</code></pre>", page, re.S)]


def test_the_lines_are_ready_to_copy() -> None:
    copied = blocks(drawn())
    assert copied[0] == snippet(BASE) == f'<script src="{BASE}/widget.js" defer></script><mot-cua-chat></mot-cua-chat>'
    assert f'<script src="{BASE}/widget.js" defer data-auto></script>' in copied
    assert f"script-src {BASE};\nconnect-src {BASE};" in copied and f"frame-src {BASE};" in copied
    assert any(f'<iframe src="{BASE}/chat"' in one and "title=" in one for one in copied)
    assert any(one.startswith("MOT_CUA_ORIGINS=https://") for one in copied)


def test_a_pinned_script_is_shown_with_its_hash() -> None:
    page = drawn(pinned=Pinned("/widget.0123456789ab.js", "sha384-AbC+/="))
    line = next(one for one in blocks(page) if "integrity" in one)
    assert line.startswith(f'<script src="{BASE}/widget.0123456789ab.js" integrity="sha384-AbC+/=" crossorigin="anonymous" defer></script>')
    assert "integrity" not in "".join(blocks(drawn()))


@pytest.mark.parametrize("name", ["mode", "title", "lang", "position", "accent", "theme", "remember", "api"])
def test_every_attribute_has_a_row(name: str) -> None:
    assert f'<th scope="row"><code>{name}</code></th>' in drawn()


def test_who_may_embed_is_told() -> None:
    assert "Hiện chưa có trang nào khác được phép." in drawn()
    assert "<li>https://portal.example</li>" in drawn(origins=("https://portal.example",))


def test_an_address_that_nobody_set_is_doubted() -> None:
    assert "MOT_CUA_PUBLIC_URL" not in drawn() and "MOT_CUA_PUBLIC_URL" in drawn(told=False)


def test_days_and_no_inline_code() -> None:
    page = drawn(keep_days=7)
    assert "nhiều nhất 7 ngày" in page and re.findall(r"<script[^>]*>(.*?)</script>", page) == [""] and " style=" not in page
    assert page.count("<mot-cua-chat></mot-cua-chat>") == 1 and "<h1" in page


def test_a_hostile_host_is_only_text() -> None:
    assert "<img" not in drawn(base='http://x"><img src=x>', told=False)


def test_it_is_served(shared: Gateway, tmp_path: Path) -> None:
    answer = shared.http.get("/nhung")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html") and blocks(answer.text)[0] == snippet(shared.base)
    assert shared.http.post("/nhung").status_code == 405
    with running(tmp_path, ready=False, MOT_CUA_PUBLIC_URL=f"{BASE}/", MOT_CUA_ORIGINS="https://portal.example", MOT_CUA_KEEP_DAYS="9") as gateway:
        page = gateway.http.get("/nhung").text
        assert blocks(page)[0] == snippet(BASE) and "<li>https://portal.example</li>" in page and "nhiều nhất 9 ngày" in page
