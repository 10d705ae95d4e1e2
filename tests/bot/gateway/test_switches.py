"""What is switched off is answered with its sentence on every channel and every gateway, and nothing else is touched."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from actions.answer import Answer, AnswerStatus, Choice, Fact, ProcedureRef
from bot.gateway import switches
from bot.gateway.database import open_database
from bot.gateway.switches import BOT, Switches, read_switches, switch_off, switch_on

from .harness import running

TEXT = "Dạ, phần này đang được kiểm tra lại."
BIRTH = Answer(
    AnswerStatus.ANSWERED, "Lệ phí: 0 đồng.", ProcedureRef("1.001193", "Đăng ký khai sinh"), ("fees",),
    choices=(Choice("Thời hạn", "bao lâu?"),), facts=(Fact("fees[0]", "0 đồng", "1.001193", "v"),), state={"procedure": "1.001193"},
)  # fmt: skip
BUNDLE = Answer(AnswerStatus.ANSWERED, "Làm lần lượt…", facts=(Fact("a", "b", "2.000815", "v"), Fact("a", "b", "1.001193", "v")))
OTHER = Answer(AnswerStatus.ANSWERED, "Chứng thực.", ProcedureRef("2.000815", "Chứng thực"))


def off(engine: Engine, scope: str, text: str = TEXT) -> None:
    with engine.begin() as connection:
        switch_off(connection, scope, text, "Cán bộ", 1.0)


def looked(engine: Engine) -> Switches:
    one = Switches(engine)
    one.look()
    return one


def test_an_answer_about_or_with_facts_of_what_is_off_becomes_its_sentence(service: Engine) -> None:
    off(service, "1.001193")
    given = looked(service).answers([BIRTH, BUNDLE, OTHER])
    assert [answer.text for answer in given] == [TEXT, TEXT, OTHER.text]
    assert [answer.status.value for answer in given] == ["unanswerable_switched_off"] * 2 + ["answered"]
    assert given[0].state == BIRTH.state and not (given[0].facts or given[0].choices or given[0].sources)


def test_off_twice_keeps_the_new_sentence_and_on_brings_it_back(service: Engine) -> None:
    off(service, BOT), off(service, BOT, "Dạ, trợ lý nghỉ đến 14 giờ.")
    assert looked(service).bot() == "Dạ, trợ lý nghỉ đến 14 giờ." and looked(service).of("1.001193") is None
    with service.begin() as connection:
        assert switch_on(connection, BOT) and not switch_on(connection, BOT)
    assert looked(service).bot() is None and read_switches(service) == {}


@pytest.mark.parametrize("text", ["", "ngắn", "a" * 501])
def test_a_sentence_of_no_use_is_refused(service: Engine, text: str) -> None:
    with pytest.raises(ValueError, match="ký tự"), service.begin() as connection:
        switch_off(connection, BOT, text, "Cán bộ", 1.0)


def test_what_was_off_stays_off_while_the_database_is_away(service: Engine) -> None:
    off(service, BOT)
    one = looked(service)
    with service.begin() as connection:
        connection.execute(sa.text("alter table staff_switches rename to gone"))
    with pytest.raises(sa.exc.SQLAlchemyError):
        one.look()
    assert one.bot() == TEXT


def test_two_running_gateways_follow_one_switch(tmp_path, postgres: str, monkeypatch) -> None:
    monkeypatch.setattr(switches, "EVERY", 0.1)
    monkeypatch.setattr(Switches.__init__, "__defaults__", (None, 0.1))
    with running(tmp_path / "a", keeps=True, DATABASE_URL=postgres) as one, running(tmp_path / "b", keeps=True, DATABASE_URL=postgres) as two:
        engine = open_database(tmp_path, postgres)
        before = [gateway.text("xin chào") for gateway in (one, two)]
        assert all(before) and one.http.get("/thu-tuc/1.001193").status_code == 200
        away = "Dạ, trợ lý nghỉ đến 14 giờ."
        off(engine, "1.001193"), off(engine, BOT, away)  # in this order: who has seen the second has seen the first
        for gateway in (one, two):
            gateway.until(lambda gateway=gateway: gateway.text("xin chào") == away)
            assert gateway.say("xin chào").json()["messages"][-1]["answer"]["status"] == "error_switched_off"
            page = gateway.http.get("/thu-tuc/1.001193")
            assert page.status_code == 503 and TEXT in page.text and "Hộ tịch" not in page.text
            assert gateway.http.get("/api/procedures/1.001193").status_code == 404
            assert gateway.http.get("/thu-tuc/2.000815").status_code == 200
        with engine.begin() as connection:
            switch_on(connection, BOT)
        for gateway in (one, two):
            gateway.until(lambda gateway=gateway: gateway.text("xin chào") != away)
        engine.dispose()
