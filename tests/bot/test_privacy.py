"""`python -m bot.privacy` as the staff run it: what it prints, its exit codes, what is changed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot import privacy
from bot.gateway.contact_form import Contact
from bot.gateway.contacts import Contacts
from bot.gateway.database import open_database
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.metrics import Metrics
from bot.gateway.recorder import SqlRecorder
from bot.gateway.settings import Settings, read_settings
from bot.gateway.store import SqliteStore
from bot.gateway.tables import CONTACTS, TABLES, TURNS

from .gateway.turns import everything, rows, turn

A = "A" * 22
DAY = 86_400.0
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("DATABASE_URL", "MOT_CUA_SECRET", "MOT_CUA_DATA_KEY", "MOT_CUA_KEEP_DAYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MOT_CUA_VAR", str(tmp_path))
    return read_settings()


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    one = open_database(settings.var)
    yield one
    one.dispose()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = privacy.main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def record(engine: Engine, settings: Settings, at: float) -> None:
    recorder = SqlRecorder(engine, ErasureCodes(settings.secret), Metrics())
    recorder.record(turn(A, question="kangaroo", at=at))
    recorder.close()


def test_a_dry_run_counts_and_changes_nothing_then_it_is_done(engine: Engine, settings: Settings, run: Run) -> None:
    record(engine, settings, time.time() - 31 * DAY)
    before = everything(engine, TABLES)
    code, said, _ = run("retention", "--dry-run")
    assert code == 0 and said.startswith("Sẽ xóa (giữ chữ 30 ngày;") and "Chưa xóa gì." in said
    counted = {line.rsplit(maxsplit=1)[0].strip(): line.split()[-1] for line in said.splitlines()[1:-1]}
    assert len(counted) == 10 and counted["Câu hỏi, câu trả lời: xóa chữ, bỏ mã cuộc trò chuyện"] == "1"
    assert everything(engine, TABLES) == before
    code, said, _ = run("retention")
    assert code == 0 and said.startswith("Đã xóa") and "kangaroo" not in everything(engine, TABLES)


def test_the_period_is_the_one_that_is_set(engine: Engine, settings: Settings, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    record(engine, settings, time.time() - 31 * DAY)
    monkeypatch.setenv("MOT_CUA_KEEP_DAYS", "60")
    assert "giữ chữ 60 ngày" in run("retention")[1] and "kangaroo" in everything(engine, TABLES)


def test_who_waits_for_a_call(engine: Engine, settings: Settings, run: Run) -> None:
    assert run("contacts") == (0, "Không có lời nhắn nào chờ gọi lại.\n", "")
    contacts = Contacts(engine, settings.data_key, settings.secret, time.time)
    contacts.add(Contact("Nguyễn Thị Hoa", "0912345678", "khai sinh cho con", "Tân Thành"))
    name = contacts.open_ones()[0].id
    assert len(name) == 22 and set(name) <= set("0123456789abcdef")  # no id can look like an option
    code, said, _ = run("contacts")
    assert code == 0 and said.startswith("1 lời nhắn chờ gọi lại.")
    assert all(word in said for word in (name, "Nguyễn Thị Hoa", "0912345678", "khai sinh cho con", "Tân Thành"))
    assert run("contacts", "done", name, "--by", "Lan")[0] == 0 and rows(engine, CONTACTS)[0]["done_by"] == "Lan"
    assert run("contacts", "done", name, "--by", "Lan")[0] == 1


def test_a_key_that_was_changed_is_told_not_a_fault(engine: Engine, settings: Settings, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Contacts(engine, settings.data_key, settings.secret, time.time).add(Contact("Hoa", "0912345678", "hỏi", None))
    monkeypatch.setenv("MOT_CUA_DATA_KEY", "quite another key")
    code, said, _ = run("contacts")
    assert code == 0 and "MOT_CUA_DATA_KEY" in said and "Hoa" not in said


def test_erasing_by_code(engine: Engine, settings: Settings, run: Run) -> None:
    record(engine, settings, time.time())
    store = SqliteStore(settings.var / "gateway.sqlite3")
    asyncio.run(store.save_turn(A, {"procedure": "kangaroo"}))
    code = ErasureCodes(settings.secret).of("conversation", A)
    assert run("erase", code.lower()) == (0, "Đã xóa.\n", "")
    assert rows(engine, TURNS) == [] and asyncio.run(store.get(A)) is None
    assert run("erase", code)[0] == 1
    assert run("erase", "kangaroo")[0] == 1
    store.close()
    assert not any(b"kangaroo" in path.read_bytes() for path in settings.var.iterdir() if "sqlite3" in path.name)


def test_a_database_that_is_not_there_is_one_line(settings: Settings, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret-word@127.0.0.1:1/none")
    code, said, error = run("contacts")
    assert (code, said) == (2, "") and error.startswith("Không mở được dữ liệu: ") and error.count("\n") == 1 and "secret-word" not in error


def test_as_a_command(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "bot.privacy", "retention", "--dry-run"], cwd=root, env={"MOT_CUA_VAR": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stderr == "" and "Chưa xóa gì." in done.stdout
