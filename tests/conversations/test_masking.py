"""Numbers and addresses of a citizen end at the door: in no answer, in no file of the server, not in its log."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from .harness import RealServer

# New ones each run, so that nothing can be found that was there before.
_DICE = random.SystemRandom()
IDENTITY = f"096{_DICE.randrange(2)}{_DICE.randrange(10**8):08d}"
PHONE = f"0912{_DICE.randrange(10**6):06d}"
EMAIL = f"tran.thi.{_DICE.randrange(10**6):06d}@example.com"
SPACED = f"{IDENTITY[:3]} {IDENTITY[3:6]} {IDENTITY[6:9]} {IDENTITY[9:]}"
DOTTED = f"{PHONE[:4]}.{PHONE[4:7]}.{PHONE[7:]}"
SECRETS = [IDENTITY, PHONE, EMAIL, SPACED, DOTTED, EMAIL.split("@")[0], IDENTITY[4:], PHONE[3:]]
MESSAGES = [
    f"Em tên Trần Thị A, căn cước {IDENTITY}, số {PHONE}, thư {EMAIL}, hỏi đăng ký khai sinh cần giấy tờ gì?",
    f"CCCD {SPACED} nộp đăng ký kết hôn ở đâu? gọi lại {DOTTED}",
    f"Tôi là Lê Văn B, cccd {IDENTITY}, muốn đổi bằng lái xe cần gì", f"{PHONE}", f"hồ sơ của {IDENTITY} tới đâu rồi", f"gửi kết quả về {EMAIL} được không", f"đồ ngu {PHONE}",
]


@pytest.fixture(scope="module")
def bodies(server: RealServer) -> list[str]:
    """The raw answers to every message, one conversation and then each alone."""
    server.until_ready()
    conversation, found = None, []
    for message in MESSAGES:
        response = server.post(message, conversation)
        assert response.status_code == 200, response.text
        conversation = response.json()["conversation"]
        found += [response.text, server.post(message).text]
    return found


def test_question_beside_private_numbers_is_still_answered(server: RealServer, bodies: list[str]) -> None:
    assert server.say(MESSAGES[2]).code == "3.000347"


@pytest.mark.parametrize("secret", range(len(SECRETS)))
def test_nothing_private_is_answered_stored_or_logged(server: RealServer, bodies: list[str], secret: int) -> None:
    needle = SECRETS[secret]
    assert not any(needle in body for body in bodies)
    kept = [path for path in (*server.var.rglob("*"), server.log) if path.is_file() and not path.is_symlink()]
    assert {"gateway.sqlite3", "stderr.log"} <= {path.name for path in kept}
    assert [path.name for path in kept if needle.encode() in path.read_bytes()] == []
    assert needle not in server.http.get("/metrics").text


def test_store_holds_no_text_at_all(server: RealServer, bodies: list[str]) -> None:
    """Only what the next turn needs: codes and aspects."""
    with closing(sqlite3.connect(f"file:{server.var / 'gateway.sqlite3'}?mode=ro", uri=True)) as store:
        rows = store.execute("SELECT * FROM conversations").fetchall()
    assert rows
    text = repr(rows)
    assert not any(secret in text for secret in SECRETS) and "khai sinh" not in text and "Trần" not in text


def test_log_holds_no_words_of_a_citizen(server: RealServer, bodies: list[str]) -> None:
    log = server.log.read_text("utf-8", "replace")
    assert not any(word in log for word in ("Trần Thị", "Lê Văn", "khai sinh", "kết hôn", "đồ ngu"))
