"""The engine killed, stopped, replaced while citizens ask: everybody is answered, and the talk goes on where it was."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from actions.texts import ENGINE_DOWN

from .harness import ENGINE_TIMEOUT, RealServer

BACK_WITHIN = 60
SENDERS = 10
QUESTIONS = [
    ("Đăng ký khai sinh cần giấy tờ gì?", "1.001193"), ("Đăng ký kết hôn nộp ở đâu?", "1.000894"), ("Đăng ký tạm trú mất bao lâu?", "1.004194"),
    ("Tách hộ cần giấy tờ gì?", "1.010038"), ("Chứng thực di chúc nộp ở đâu?", "2.001019"),
]


@pytest.fixture
def whole(server: RealServer) -> Iterator[RealServer]:
    """The server with its engine up; up again before the next test."""
    server.until_ready()
    yield server
    server.until_ready(2 * BACK_WITHIN)


def test_killed_engine(whole: RealServer) -> None:
    talk = whole.talk()
    assert talk.say("Đăng ký tạm trú cần giấy tờ gì?").code == "1.004194"
    first = whole.engine()
    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(whole.say, *QUESTIONS[n % len(QUESTIONS)][:1]) for n in range(6)]
        time.sleep(0.03)
        os.kill(first.pid, signal.SIGKILL)
        killed = time.monotonic()
        meanwhile = talk.say("mất bao lâu vậy?")
        replies = [future.result() for future in sent]
    # While it is away search answers, says so, and knows what the talk is about.
    assert meanwhile.text.startswith(ENGINE_DOWN) and meanwhile.code == "1.004194" and "duration" in meanwhile.aspects, str(meanwhile)
    assert all(not reply.status.startswith("error") for reply in replies)
    assert {reply.code for reply in replies} == {code for _, code in QUESTIONS}
    for question, code in QUESTIONS[:3]:
        assert whole.say(question).code == code
    whole.until_ready(BACK_WITHIN)
    assert time.monotonic() - killed < BACK_WITHIN
    assert whole.engine().pid != first.pid
    after = talk.say("nộp ở đâu?")
    assert (after.status, after.code) == ("answered", "1.004194") and "place" in after.aspects
    assert ENGINE_DOWN not in after.text


def test_stopped_engine(whole: RealServer) -> None:
    talk = whole.talk()
    talk.say("Đăng ký kết hôn cần giấy tờ gì?")
    first = whole.engine()
    first.suspend()
    started = time.monotonic()
    reply = talk.say("mất bao lâu vậy?")
    assert time.monotonic() - started < ENGINE_TIMEOUT + 2
    assert reply.code == "1.000894" and reply.text.startswith(ENGINE_DOWN), str(reply)
    whole.until_ready(BACK_WITHIN)
    assert not psutil.pid_exists(first.pid) or first.status() == psutil.STATUS_ZOMBIE, "the stopped engine was left behind"
    assert talk.say("nộp ở đâu?").code == "1.000894"


def test_new_model_while_citizens_ask(whole: RealServer) -> None:
    """A copy of the model under a new name, the pointer moved, SIGHUP: ten senders notice nothing."""
    first, models = whole.engine(), whole.var / "models"
    shutil.copy(models / "current", models / "next.tar.gz")
    (models / ".next").symlink_to("next.tar.gz")
    stop, failed, answered = threading.Event(), [], []

    def send(n: int) -> None:
        talk, turn = whole.talk(), 0
        while not stop.is_set():
            question, code = QUESTIONS[(n + turn) % len(QUESTIONS)]
            turn += 1
            try:
                reply = talk.say(question)
                (answered if reply.code == code else failed).append(str(reply))
            except Exception as error:  # noqa: BLE001 - whatever a citizen would have seen
                failed.append(repr(error))

    with ThreadPoolExecutor(SENDERS) as pool:
        senders = [pool.submit(send, n) for n in range(SENDERS)]
        time.sleep(0.5)
        (models / ".next").replace(models / "current")
        whole.process.send_signal(signal.SIGHUP)
        limit = time.monotonic() + BACK_WITHIN
        while (psutil.pid_exists(first.pid) and first.status() != psutil.STATUS_ZOMBIE) and time.monotonic() < limit:
            time.sleep(0.2)
        time.sleep(1)
        stop.set()
        for sender in senders:
            sender.result()
    assert failed == []
    assert [reply for reply in answered if ENGINE_DOWN in reply] == [], "a message fell back to search alone"
    assert len(answered) > SENDERS
    assert whole.engine().pid != first.pid and whole.parts()["parts"]["model"]["name"] == "next.tar.gz"
