"""How long the figures take over many days with many turns: reading them, and the whole page as a browser gets it.

The turns are made up by a fixed seed: procedures after Zipf, three turns a talk, text and talk kept for the last thirty days only.
Medians of ROUNDS, in milliseconds, as a Markdown table.

    python -m tools.figures_bench [--days 400] [--turns 200000] [--database postgresql://…]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.gateway.database import open_database
from bot.gateway.settings import read_settings
from bot.gateway.tables import COUNTS, FEEDBACK, RATINGS, TURNS
from bot.staff.app import cookie_name, staff_mount
from bot.staff.figures.days import count_up
from bot.staff.figures.pages import entries
from bot.staff.figures.period import Period
from bot.staff.figures.report import read_report
from bot.staff.opening import open_desk
from bot.staff.people.accounts import Accounts
from bot.staff.rights import Role

SEED = 20_261_123
ROUNDS = 7
KEPT_DAYS = 30
PROCEDURES = [f"1.{number:06d}" for number in range(1_500)]
ZIPF = [1 / rank for rank in range(1, len(PROCEDURES) + 1)]
ASPECTS = ("documents", "fees", "duration", "steps", "channels", "places", "forms", "conditions", "result", "legal_basis")
STATUSES = {"answered": 62, "unclear_procedure": 12, "unanswerable_not_found": 9, "unanswerable_out_of_scope": 5, "redirected_officer": 4,
            "smalltalk": 6, "refused": 1, "error_engine": 1}  # fmt: skip
HOURS = [1] * 7 + [6, 9, 9, 8, 5, 4, 7, 9, 8, 6] + [4] * 5 + [2, 1]
LEFT = 3 * 3_600
"""Seconds of the last day that are still to come: today is always counted live."""
LAST = date(2026, 11, 22)


def main(argv: list[str] | None = None) -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--turns", type=int, default=200_000)
    parser.add_argument("--database", help="an empty one; default: SQLite in a folder of its own")
    args = parser.parse_args(argv)
    period = Period(LAST - timedelta(days=args.days - 1), LAST)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(Path(folder), args.database)
        fill(engine, period, args.turns)
        print("| | reading | page |\n|---|---:|---:|")
        measure(engine, Path(folder), period, "counted live")
        began = time.perf_counter()
        days = sum(iter(lambda: count_up(engine, period.end - LEFT), 0))
        took = (time.perf_counter() - began) * 1_000
        measure(engine, Path(folder), period, "finished days counted up")
        print(f"\n{days} days were counted up, {took / max(days, 1):.1f} ms each.")
        engine.dispose()


def fill(engine: Engine, period: Period, turns: int) -> None:
    """Turns, counts, thumbs and stars of the period."""
    chance = random.Random(SEED)
    counts: Counter[tuple[str, ...]] = Counter()
    rows: list[dict[str, Any]] = []
    thumbs, stars = [], []
    for row in made_up(chance, period, turns):
        key = (row.pop("day"), row["channel"], row["status"], row["procedure"] or "")
        for aspect in json.loads(row["aspects"]) or [""]:
            counts[(*key, aspect)] += 1
        if chance.random() < 0.05:
            thumbs.append({"turn": row["id"], "conversation": None, "at": row["at"], "value": chance.choice(("up", "up", "down"))})
        if chance.random() < 0.02:
            stars.append({"id": row["id"], "conversation": None, "at": row["at"], "stars": chance.randint(1, 5)})
        rows.append(row)
    columns = [column.name for column in COUNTS.primary_key]
    with engine.begin() as connection:
        connection.execute(TURNS.insert(), rows)
        connection.execute(COUNTS.insert(), [{**dict(zip(columns, key)), "n": n} for key, n in counts.items()])
        connection.execute(FEEDBACK.insert(), thumbs)
        connection.execute(RATINGS.insert(), stars)


def analyse(engine: Engine) -> None:
    """As PostgreSQL's autovacuum does by itself; SQLite is not analysed in service either."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def made_up(chance: random.Random, period: Period, turns: int) -> Iterator[dict[str, Any]]:
    """Rows of TURNS with their day besides."""
    days = period.days
    for number in range(turns):
        at = number * len(days) // turns
        kept = at >= len(days) - KEPT_DAYS
        hour = chance.choices(range(24), HOURS)[0]
        status = chance.choices(list(STATUSES), list(STATUSES.values()))[0]
        named = status in ("answered", "redirected_officer")
        yield {
            "day": days[at],
            "id": f"t{number:021d}",
            "conversation": f"c{number // 3:021d}" if kept else None,
            "channel": chance.choice(("web", "web", "web", "zalo")),
            "at": period.start + at * 86_400 + hour * 3_600 + chance.random() * 3_600,
            "question": f"câu hỏi số {chance.randrange(3_000)} về thủ tục" if kept else None,
            "answer": "Dạ, anh/chị nộp hồ sơ tại bộ phận một cửa. " * 20 if kept else None,
            "status": status,
            "procedure": chance.choices(PROCEDURES, ZIPF)[0] if named else None,
            "aspects": json.dumps(chance.sample(ASPECTS, chance.choice((1, 1, 1, 2)))) if named else "[]",
            "candidates": "[]",
            "release": "r1",
        }


def measure(engine: Engine, folder: Path, period: Period, name: str) -> None:
    """One line of the table."""
    analyse(engine)
    now = period.end - LEFT
    page = browser(engine, folder, now)
    address = f"/can-bo/figures?from={period.first}&to={period.last}"
    assert page.get(address).status_code == 200
    print(f"| {name} | {timed(lambda: read_report(engine, period, now)):.0f} | {timed(lambda: page.get(address)):.0f} |", flush=True)


def browser(engine: Engine, folder: Path, now: float) -> TestClient:
    """Of somebody who may see the figures and has signed in."""
    desk = open_desk(engine, read_settings({"MOT_CUA_VAR": str(folder / "var")}), lambda: now)
    accounts = Accounts(engine, desk.clock)
    if accounts.by_login("bench") is None:
        accounts.add("bench", "Bench", (Role.AUDITOR,), None, oidc="bench")
    who = accounts.by_login("bench")
    client = TestClient(Starlette(routes=[staff_mount(desk, entries(desk))]), base_url="http://testserver")
    client.cookies.set(cookie_name(desk), desk.sessions.open(who.person.id, "bench"), path="/can-bo")
    return client


def timed(work: Callable[[], object]) -> float:
    """Median milliseconds of ROUNDS."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1_000


if __name__ == "__main__":
    main()
