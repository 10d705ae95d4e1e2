"""What of a gate's result is shown: steps in words, and a page of the answers that change with their questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.tables import TURNS
from bot.staff.content.diff import word_diff
from bot.staff.publish.blast import KINDS

PAGE = 20
STEPS = {
    "waiting": "Chờ bắt đầu",
    "write": "Ghi nội dung",
    "validators": "Kiểm tra tệp nội dung",
    "build": "Tạo bản phát hành",
    "train": "Học cách hiểu câu hỏi",
    "live": "Khởi động máy chủ của bản đang dùng",
    "live_blast": "Hỏi bản đang dùng những câu hỏi thật gần đây",
    "live_measured": "Đo bản đang dùng bằng bộ câu hỏi",
    "start": "Khởi động máy chủ thử",
    "golden": "Hỏi các câu kiểm tra chuẩn",
    "regression": "Hỏi các câu kiểm tra từ lần sửa trước",
    "measured": "Đo bằng bộ câu hỏi",
    "blast": "Hỏi những câu hỏi thật gần đây",
    "done": "Xong",
}


def rows_of(engine: Engine, result: Mapping[str, Any] | None, *, kind: str, page: str) -> dict[str, Any] | None:
    """-> {"result", "kind", "page", "pages", "rows"}; None before the blast radius is known. A question that is no longer kept is None."""
    if result is None:
        return None
    chosen = [row for row in result["rows"] if kind not in KINDS or kind in row["kinds"]]
    pages = max(1, -(-len(chosen) // PAGE))
    number = min(int(page), pages) if page.isascii() and page.isdecimal() and 0 < int(page[:9]) else 1
    some = chosen[(number - 1) * PAGE : number * PAGE]
    with engine.connect() as connection:
        asked = sa.select(TURNS.c.id, TURNS.c.question).where(TURNS.c.id.in_([row["turn"] for row in some]))
        texts = dict(connection.execute(asked).all())
    rows = [{**row, "question": texts.get(row["turn"]), "pieces": word_diff(row["before"]["text"], row["after"]["text"])} for row in some]
    return {"result": result, "kind": kind if kind in KINDS else "", "page": number, "pages": pages, "rows": rows}
