"""`python -m bot.privacy`: what is kept goes away, by hand; and the messages that citizens left, for who calls back.

Speaks Vietnamese on stdout to the office's staff. Exit code 0 done, 1 not found, 2 cannot work.

    python -m bot.privacy retention [--dry-run]      delete what has been kept long enough
    python -m bot.privacy contacts                   the open messages, oldest first
    python -m bot.privacy contacts done ID --by NAME somebody has called
    python -m bot.privacy erase CODE                 what belongs to a citizen's code
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway import retention, texts
from bot.gateway.contacts import Contacts, OpenContact
from bot.gateway.conversation import VIETNAM
from bot.gateway.database import DatabaseError, open_database
from bot.gateway.erasure import Erasure
from bot.gateway.erasure_code import read_code
from bot.gateway.keeping import open_store
from bot.gateway.settings import Settings, SettingsError, read_settings
from bot.gateway.store import StoreError


def main(arguments: Sequence[str] | None = None) -> int:
    """→ exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        engine = open_database(settings.var, settings.database_url)
    except (SettingsError, DatabaseError) as error:
        print(f"Không mở được dữ liệu: {error}", file=sys.stderr)
        return 2
    try:
        if wanted.command == "retention":
            return _retention(engine, settings, wanted.dry_run)
        if wanted.command == "erase":
            return _erase(engine, settings, wanted.code)
        contacts = Contacts(engine, settings.data_key, settings.secret, time.time)
        return _done(contacts, wanted.id, wanted.by) if wanted.action == "done" else _list(contacts)
    except (SQLAlchemyError, StoreError) as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        print(f"Dữ liệu đang không dùng được: {reason}. Chạy lại lệnh này sau.", file=sys.stderr)
        return 2
    finally:
        engine.dispose()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.privacy", description="Xóa dữ liệu hết hạn giữ; xem lời nhắn chờ gọi lại.")
    commands = parser.add_subparsers(dest="command", required=True)
    periods = commands.add_parser("retention", help="xóa những gì đã hết hạn giữ")
    periods.add_argument("--dry-run", action="store_true", help="chỉ đếm, không xóa")
    contacts = commands.add_parser("contacts", help="các lời nhắn chờ gọi lại")
    actions = contacts.add_subparsers(dest="action")
    done = actions.add_parser("done", help="đánh dấu đã gọi")
    done.add_argument("id", help="mã dòng, như lệnh contacts in ra")
    done.add_argument("--by", required=True, help="tên người đã gọi")
    commands.add_parser("erase", help="xóa theo mã của công dân").add_argument("code", help="ví dụ 7K2P-9GRT-4")
    return parser


def _retention(engine: Engine, settings: Settings, dry: bool) -> int:
    now = time.time()
    done = (retention.plan if dry else retention.apply)(engine, now, settings.keep_days)
    width = max(len(rule.title) for rule in retention.RULES)
    print(f"{'Sẽ xóa' if dry else 'Đã xóa'} (giữ chữ {settings.keep_days} ngày; tính đến {_moment(now)}):")
    for rule in retention.RULES:
        print(f"  {rule.title:<{width}}  {_number(done.counts[rule.name]):>9}")
    if dry:
        print("Chưa xóa gì. Bỏ --dry-run để xóa.")
    return 0


def _list(contacts: Contacts) -> int:
    found = contacts.open_ones()
    print(f"{len(found)} lời nhắn chờ gọi lại." if found else "Không có lời nhắn nào chờ gọi lại.")
    for one in found:
        print("\n" + _told(one))
    return 0


def _told(one: OpenContact) -> str:
    rows = [("Mã dòng", one.id), ("Gửi lúc", _moment(one.at))]
    if one.contact is None:
        rows.append(("Không đọc được", "khóa MOT_CUA_DATA_KEY (var/data_key) không phải khóa lúc ghi"))
    else:
        told = one.contact
        rows += [
            ("Họ tên", told.name),
            ("Điện thoại", told.phone),
            ("Xã, phường", told.commune or "không ghi"),
            ("Cần hỏi", told.question),
        ]
    return "\n".join(f"{name + ':':<16}{value}" for name, value in rows)


def _done(contacts: Contacts, name: str, by: str) -> int:
    if contacts.done(name, by):
        print("Đã ghi là gọi xong. Lời nhắn sẽ được xóa sau 7 ngày.")
        return 0
    print("Không có lời nhắn nào đang chờ với mã dòng này.", file=sys.stderr)
    return 1


def _erase(engine: Engine, settings: Settings, typed: str) -> int:
    code = read_code(typed)
    if code is None:
        print(texts.BAD_CODE, file=sys.stderr)
        return 1
    store = open_store(settings, engine)
    try:
        found = asyncio.run(Erasure(engine, store, settings.secret).erase_by_code(code))
    finally:
        store.close()
    print("Đã xóa." if found else "Không có gì gắn với mã này, hoặc đã xóa rồi.")
    return 0 if found else 1


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, VIETNAM):%H:%M ngày %d/%m/%Y}"


def _number(n: int) -> str:
    return f"{n:,}".replace(",", ".")


if __name__ == "__main__":
    sys.exit(main())
