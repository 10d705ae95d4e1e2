"""The figures' pages alone, on a real socket, over a month that fills every table: real names of procedures, long questions, a judged
sample, a work queue. Made up by counting, so that every run prints the same sheet."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.gateway.database import open_database
from bot.gateway.settings import read_settings
from bot.gateway.tables import COUNTS, FEEDBACK, RATINGS, TURNS
from bot.staff.app import cookie_name, staff_mount
from bot.staff.figures.days import count_up
from bot.staff.figures.period import week_of
from bot.staff.figures.sample import draw, judge, read_items
from bot.staff.opening import open_desk
from bot.staff.people.accounts import Accounts
from bot.staff.queue.tables import CLUSTERS, MEMBERS
from bot.staff.rights import Role
from bot.staff.sections import all_entries
from index.catalogue import load_procedures
from tests.bot.staff.figures.world import at, turn
from tests.conversations.harness import ROOT

NOW = at("2026-11-23 09:00")
FIRST, DAYS = date(2026, 9, 1), 80
STATUSES = (
    *["answered"] * 11, "answered_expired_warning", "unclear_procedure", "unclear_procedure", "unanswerable_not_found", "unanswerable_out_of_scope",
    "redirected_officer", "refused_abuse", "smalltalk_greeting", "error_engine",
)  # fmt: skip
LONG = (
    "Tôi đang tạm trú ở xã bên nhưng hộ khẩu ở tỉnh khác, nay muốn xin xác nhận tình trạng hôn nhân để mua căn nhà chung với người bạn "
    "đã ly hôn ở nước ngoài thì phải nộp ở đâu và có cần dịch thuật công chứng bản án của tòa không ạ"
)


@contextmanager
def figures_served(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """-> address, and the cookie of somebody with every role for a browser's context."""
    engine = open_database(folder, f"sqlite:///{folder / 'service.sqlite3'}")
    names = longest_names()
    desk = open_desk(engine, read_settings({"MOT_CUA_VAR": str(folder / "var"), "MOT_CUA_RATE_LIMIT": "0"}), lambda: NOW)
    desk = replace(desk, search=lambda: SimpleNamespace(procedures=names))
    fill(engine, list(names))
    person = Accounts(engine, desk.clock).add("lan", "Nguyễn Thị Lan", Role, None, oidc="lan")
    for week in (week_of(date(2026, 10, 5) + timedelta(weeks=number)) for number in range(6)):
        judged(engine, week, person)
    count_up(engine, NOW)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = Starlette(routes=[staff_mount(desk, all_entries(desk))])
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            yield base, {"name": cookie_name(desk), "value": desk.sessions.open(person.id, "e2e"), "url": f"{base}/can-bo"}
        finally:
            server.should_exit = True
            thread.join(5)
            engine.dispose()


def longest_names() -> dict[str, Any]:
    """Code -> record of the twelve procedures that need most room in a table."""
    records = sorted(load_procedures(ROOT / "data" / "procedures"), key=lambda record: (-len(record.name), record.code))
    return {record.code: record for record in records[:12]}


def fill(engine: Engine, codes: list[str]) -> None:
    """Some fifty turns a day; thumbs, stars, and a queue of the questions that had no answer."""
    turns, thumbs, stars, members, counts = [], [], [], [], Counter()
    for number in range(DAYS * 50):
        status = STATUSES[number % len(STATUSES)]
        named = status.startswith("answered")
        when = f"{FIRST + timedelta(days=number // 50)} {7 + number % 13:02d}:{number % 60:02d}"
        talk = f"talk{number // 3:018d}"
        more = {"status": status, "procedure": codes[(number * number) % 97 % len(codes)] if named else None, "channel": ("web", "web", "zalo")[number % 3]}
        turns.append(turn(number, when, conversation=talk, question=LONG if number % 7 == 0 else f"câu hỏi số {number}", answer=LONG * 2, **more))
        counts[when[:10], more["channel"], status, more["procedure"] or "", ("fees", "documents", "steps")[number % 3] if named else ""] += 1
        if number % 9 == 0:
            thumbs.append({"turn": turns[-1]["id"], "conversation": talk, "at": turns[-1]["at"], "value": "down" if number % 5 == 0 else "up"})
        if number % 31 == 0:
            stars.append({"id": turns[-1]["id"], "conversation": talk, "at": turns[-1]["at"], "stars": 1 + number % 5})
        if status.startswith("unanswerable"):
            members.append({"turn": turns[-1]["id"], "cluster": f"cluster{number % 11:015d}", "at": turns[-1]["at"], "signals": "unanswered", "vector": b""})
    clusters = [
        {
            "id": f"cluster{number:015d}", "title": LONG if number % 2 else f"nuôi {number} con hổ có cần giấy phép không", "n": 1, "newest_at": NOW,
            "signals": "{}", "state": "open", "note": "", "opened_at": at("2026-10-01 08:00"),
            "published_at": at("2026-10-20 08:00") + number * 3_600 if number < 4 else None,
        }
        for number in range(11)
    ]  # fmt: skip
    asked = [dict(zip(("day", "channel", "status", "procedure", "aspect", "n"), (*key, n))) for key, n in counts.items()]
    with engine.begin() as connection:
        for table, rows in ((TURNS, turns), (FEEDBACK, thumbs), (RATINGS, stars), (CLUSTERS, clusters), (MEMBERS, members), (COUNTS, asked)):
            connection.execute(table.insert(), rows)


def judged(engine: Engine, week: str, person: Any) -> None:
    """Every answer of the week's sample but the last two; every tenth is wrong."""
    draw(engine, week, person.id, NOW)
    with engine.connect() as connection:
        items = read_items(connection, week, person.id)
    for item in items[:-2]:
        wrong = item.position % 10 == 0
        judge(engine, week, item.turn, person, "wrong" if wrong else "right", "content" if wrong else "", NOW)
