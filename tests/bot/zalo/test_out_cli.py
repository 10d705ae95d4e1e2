"""`python -m bot.zalo`: Vietnamese lines, exit codes, and never a token or a citizen's text."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.channels import token_rows
from bot.gateway import outbox_queue as queue
from bot.gateway.database import open_database
from bot.gateway.seal import Seal
from bot.zalo import UsageError, main, pasted, spoken

from .fake_zalo import FakeZalo, fake_zalo
from .out_world import put, states

KEY = "data-key-of-the-test-0123456789"
PAIR = json.dumps({"access_token": "access-0", "refresh_token": "refresh-0", "expires_in": "90000"})


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    with fake_zalo() as fake:
        yield fake


@pytest.fixture
def env(tmp_path: Path, zalo: FakeZalo) -> dict[str, str]:
    return {
        "MOT_CUA_VAR": str(tmp_path), "MOT_CUA_DATA_KEY": KEY, "ZALO_APP_ID": zalo.app_id, "ZALO_OA_ID": zalo.oa_id, "ZALO_APP_SECRET": zalo.app_secret,
        "ZALO_OA_SECRET_KEY": zalo.oa_secret_key, "ZALO_API_URL": zalo.url, "ZALO_OAUTH_URL": zalo.url,
    }


@pytest.fixture
def engine(env: dict[str, str], tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path)
    yield opened
    opened.dispose()


def run(env: dict[str, str], root: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.zalo", *arguments], cwd=root, env={"PATH": "/usr/bin:/bin", **env}, input=given,
        capture_output=True, text=True, timeout=60,
    )


def test_a_pair_is_put_in_checked_and_looked_at(env: dict[str, str], root: Path, engine: Engine) -> None:
    done = run(env, root, "bootstrap", given=PAIR)
    assert done.returncode == 0 and "Đã lưu cặp mã" in done.stdout
    checked = run(env, root, "check")
    assert (checked.returncode, checked.stdout) == (0, "Official Account: Một Cửa thử, đã xác thực, gói: Gói thử\n")
    status = run(env, root, "status")
    assert "còn 24 giờ" in status.stdout and "Mã làm mới: còn dùng được đến" in status.stdout
    assert not any(word in one.stdout + one.stderr for one in (done, checked, status) for word in ("access-0", "refresh-0"))
    with engine.begin() as connection:
        kept = token_rows.read(connection, "zalo", Seal(KEY.encode(), "tokens"))
    assert kept is not None and (kept.pair.access, kept.pair.refresh) == ("access-0", "refresh-0")


@pytest.mark.parametrize("text", ["access-0\nrefresh-0\n", PAIR, f"\n{PAIR}\n"])
def test_pairs_are_read_as_json_or_as_two_lines(text: str) -> None:
    assert (pasted(text).access, pasted(text).refresh) == ("access-0", "refresh-0")


@pytest.mark.parametrize("text", ["", "access-0", "a b c", '{"access_token": "geheim"}', "{", '{"error": -14014}'])
def test_what_is_no_pair_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        pasted(text)
    assert "geheim" not in str(caught.value)


def test_a_new_pair_replaces_the_old_one_and_its_trouble(
    env: dict[str, str], engine: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for pair in ("a\nb\n", "c\nd\n"):
        monkeypatch.setattr(sys, "stdin", _Pipe(pair))
        assert main(["bootstrap"], env) == 0
        with engine.begin() as connection:
            token_rows.note_trouble(connection, "zalo", 1, 1, time.time() + 900, "không đổi được mã")
    capsys.readouterr()
    assert main(["status"], env) == 0
    assert "Trục trặc" not in capsys.readouterr().out


class _Pipe:
    def __init__(self, text: str) -> None:
        self.text = text

    def isatty(self) -> bool:
        return False

    def read(self) -> str:
        return self.text


def test_state_without_a_pair_tells_the_next_step(env: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"], env) == 0 and "bot.zalo bootstrap" in capsys.readouterr().out
    assert main(["check"], env) == 1 and "bot.zalo bootstrap" in capsys.readouterr().err


def test_a_refused_account_says_why(env: dict[str, str], zalo: FakeZalo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Pipe(PAIR))
    main(["bootstrap"], env)
    zalo.fail(path="/v2.0/oa/getoa", code=-221)
    assert main(["check"], env) == 1
    assert "chưa được xác thực (-221)" in capsys.readouterr().err


def test_dead_letters_are_listed_without_text_and_sent_again(
    env: dict[str, str], engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dead"], env) == 0 and "Không có tin nào" in capsys.readouterr().out
    now = time.time()
    put(engine, "246845883529197922", "nội dung riêng", now=now)
    with engine.begin() as connection:
        queue.give_up(connection, queue.take(connection, ["zalo"], 1, 60, now)[0], "dead", "nội dung gửi có phần không hợp lệ (-201)")
    assert main(["dead"], env) == 0
    line = capsys.readouterr().out
    assert line.startswith("1\tzalo\t…7922\t") and "(-201)" in line and "riêng" not in line
    main(["status"], env)
    assert "zalo: 1 tin gửi không được" in capsys.readouterr().out
    assert main(["retry", "99"], env) == 1 and states(engine) == ["dead"]
    assert main(["retry", "x"], env) == 1 and "all" in capsys.readouterr().err
    assert main(["retry", "1"], env) == 0 and states(engine) == ["waiting"]
    assert main(["retry", "all"], env) == 0


def test_tokens_are_not_taken_from_the_command_line(env: dict[str, str], root: Path) -> None:
    assert run(env, root, "bootstrap", "access-0", "refresh-0").returncode == 2


def test_wrong_settings_are_told_in_one_line(env: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"], {**env, "DATABASE_URL": "nonsense"}) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["check"], {**env, "ZALO_APP_SECRET": ""}) == 1


@pytest.mark.parametrize(("seconds", "words"), [(59, "0 phút"), (3_599, "59 phút"), (7_300, "2 giờ"), (90 * 86_400, "90 ngày")])
def test_spans_are_spoken(seconds: float, words: str) -> None:
    assert spoken(seconds) == words
