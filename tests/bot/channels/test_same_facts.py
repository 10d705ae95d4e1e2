"""One question, the same facts on every channel: numbers, fees, days and codes, whichever way they are drawn."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions.answer import Answer
from actions.compose import compose
from bot.channels.answer_html import answer_html
from bot.channels.messenger_text import for_messenger
from bot.channels.messenger_view import messenger_view, offered
from bot.channels.web_view import message_payload
from bot.gateway.database import open_database
from bot.gateway.texts import messenger_notice
from index.contacts import read_contacts
from index.procedure import ASPECTS, Procedure

from ..gateway.harness import running
from ..zalo.in_world import BOT_ENV, ENV, body, deliver, sent

DAY = date(2026, 11, 22)
RECORDS = 10
NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
OWN = re.compile(r"\S*/(?:thu-tuc|viec|api|lien-he)/?\S*")
QUESTIONS = ("lệ phí khai sinh?", "làm lại căn cước ở đâu", "HỒ SƠ của tôi tới đâu", "RÁC")


@pytest.fixture(scope="module")
def contacts(root: Path) -> dict[str, Any]:
    return read_contacts(root / "data" / "province" / "ca-mau.yml")["contacts"]


def chosen(procedures: Sequence[Procedure]) -> list[Procedure]:
    """Evenly from all fields."""
    return sorted(procedures, key=lambda one: (one.field, one.code))[:: len(procedures) // RECORDS][:RECORDS]


def web(answer: Answer) -> str:
    return message_payload(answer)["text"]


def plain(answer: Answer) -> str:
    """What the page without script shows of an answer, as text."""
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r' value="(\d+)">', r">\1. ", answer_html(answer.text, answer.sources))))


def messenger(answer: Answer, public_url: str = "") -> str:
    """What is said of the answer, without the numbers to answer by."""
    text = "\n".join(message.text for message in messenger_view([answer], None, public_url))
    shown = text.split("\n")
    numbered = [f"{n}. {choice.title}" for n, choice in enumerate(offered([answer]), 1)]
    return "\n".join(shown[: -1 - len(numbered)]) if numbered and shown[-len(numbered) :] == numbered else text


@pytest.mark.parametrize("aspects", [*((aspect,) for aspect in ASPECTS), ASPECTS], ids=lambda aspects: aspects[0] if len(aspects) == 1 else "all")
def test_composed_answers_of_real_records(real_procedures: list[Procedure], contacts: dict[str, Any], aspects: tuple[str, ...]) -> None:
    records = chosen(real_procedures)
    assert len(records) == RECORDS and len({record.field for record in records}) >= 5
    for record in records:
        answer = compose(record, aspects, DAY, contacts[record.contact])
        on_web, on_zalo, without_script = web(answer), messenger(answer), plain(answer)
        named = OWN.sub("", on_web)
        assert set(NUMBER.findall(named)) == set(NUMBER.findall(on_zalo)), record.code
        assert set(NUMBER.findall(named)) <= set(NUMBER.findall(without_script)), record.code
        spaced = " ".join(without_script.split())
        for fact in answer.facts:
            assert (fact.value in on_web) == (fact.value in on_zalo), (record.code, fact)
            assert fact.value not in on_web or fact.value in spaced, (record.code, fact)
        # Word for word: what a channel adds stands behind, what it drops are addresses that it cannot show.
        linked = "".join(messenger(answer, "https://hoi.example").split())
        assert linked.startswith("".join(for_messenger(on_web, "https://hoi.example").split())), record.code


def test_what_is_structured_on_the_web_is_said_on_messengers(real_procedures: list[Procedure], contacts: dict[str, Any]) -> None:
    for record in chosen(real_procedures):
        answer = compose(record, ("overview",), DAY, contacts[record.contact])
        payload, whole = message_payload(answer)["answer"], "\n".join(message.text for message in messenger_view([answer]))
        assert payload["procedure"]["code"] in whole and all(source["url"] in whole for source in payload["sources"] if source["url"])
        assert all(f"{n}. {choice['title']}" in whole for n, choice in enumerate(payload["choices"], 1))


def test_all_channels_of_a_running_gateway(tmp_path: Path) -> None:
    """The engine stands for any: what it answers reaches the web, the OA and the bot alike."""
    with running(tmp_path, **ENV, **BOT_ENV) as gateway:
        engine, notice = open_database(gateway.settings.var), messenger_notice(30, "")
        for n, question in enumerate(QUESTIONS):
            user = f"user-{n}"
            message = {"message_id": user, "chat": {"id": f"bot-{user}", "chat_type": "PRIVATE"}, "text": question, "date": int(time.time() * 1000)}
            event = {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
            assert deliver(gateway.http, body(text=question, msg_id=user, user=user)).status_code == 200
            secret = {"X-Bot-Api-Secret-Token": BOT_ENV["ZALO_BOT_SECRET"]}
            assert gateway.http.post("/zalo-bot/webhook", json=event, headers=secret).status_code == 200
            told = gateway.say(question).json()["messages"][-1]
            page = html.unescape(gateway.http.post("/chat", data={"message": question}).text)
            shown = " ".join(re.sub(r"<[^>]+>", " ", page).split())
            missing = [line for line in told["text"].split("\n") if "turn=" not in line and " ".join(line.split()) not in shown]
            assert missing == [], question
            assert all(choice["message"] in page for choice in told["answer"]["choices"]), question
            gateway.until(lambda user=user: len(sent(engine, user)) == len(sent(engine, f"bot-{user}")) == 2, 30)
            for one in (user, f"bot-{user}"):
                said = sent(engine, one)
                assert said[0] == notice and said[1].startswith(told["text"]), question
                assert [line for line in said[1].split("\n") if line.startswith("1. ")] == [f"1. {choice['title']}" for choice in told["answer"]["choices"]]
        engine.dispose()
