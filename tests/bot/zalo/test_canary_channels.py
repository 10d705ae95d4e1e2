"""Numbers sent over Zalo and over the page without JavaScript are in no table, file or metric, and in no answer."""

from __future__ import annotations

from bot.gateway.database import open_database
from bot.gateway.tables import INBOX, OUTBOX, TABLES, TURNS

from ..gateway.test_canary import CANARIES
from ..gateway.turns import everything
from .in_world import rows
from .test_both_ways import World, ask, told, world

__all__ = ["world"]


def test_nothing_personal_stays_of_messages_over_zalo_and_the_plain_page(world: World) -> None:
    gateway, zalo = world
    for n, (what, number) in enumerate(CANARIES.items()):
        ask(zalo, "u", f"GÌ {what} của tôi là {number}, hỏi lệ phí", f"m{n}")
    texts = told(gateway, zalo, "u", len(CANARIES) + 1)  # the notice comes first
    page = gateway.http.post("/chat", data={"message": "GÌ " + ", ".join(CANARIES.values())})
    assert page.status_code == 200
    engine = open_database(gateway.settings.var)
    gateway.until(lambda: len(rows(engine, TURNS)) == len(CANARIES) + 1)
    gateway.until(lambda: all(row.state == "sent" for row in rows(engine, OUTBOX)))
    kept = everything(engine, TABLES)
    assert len(rows(engine, INBOX)) >= len(CANARIES) and "hỏi lệ phí" in kept
    engine.dispose()
    metrics = gateway.http.get("/metrics").text
    files = {path.name: path.read_bytes() for path in gateway.settings.var.rglob("*") if path.is_file()}
    assert "service.sqlite3" in files
    answers = "\n".join(texts) + page.text.partition("Câu trả lời")[2].partition("<textarea")[0].replace(", ".join(CANARIES.values()), "")
    for number in CANARIES.values():
        assert number not in kept and number not in metrics and number not in answers, number
        assert [name for name, content in files.items() if number.encode() in content] == [], number
