"""`python -m bot.zalo COMMAND`: what staff do about Zalo: put in tokens, look at the state, at dead letters, send them once more.

Tokens are read from stdin or asked for without echo, never from the command line, and never printed.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

from sqlalchemy.engine import Engine

from bot.channels import token_rows
from bot.channels.sending import SendError
from bot.channels.zalo_oauth import OAuthError, Pair, read_pair
from bot.channels.zalo_sending import PURPOSE, ZaloSending
from bot.channels.zalo_settings import read_zalo_settings
from bot.gateway.database import DatabaseError, open_database
from bot.gateway.outbox_desk import counts, dead_letters, retry, waiting_reasons
from bot.gateway.seal import Seal, SealError
from bot.gateway.settings import Settings, SettingsError, read_settings

STATES = {"waiting": "chờ gửi", "sending": "đang gửi", "sent": "đã gửi", "dropped": "bỏ, không gửi nữa", "dead": "gửi không được"}
PROVIDER = "zalo"
VIETNAM = timezone(timedelta(hours=7))


class UsageError(ValueError):
    """What was typed cannot be used. One line, Vietnamese."""


def main(arguments: Sequence[str] | None = None, env: Mapping[str, str] = os.environ) -> int:
    """Exit code: 0 done, 1 it did not work, 2 wrong settings."""
    parser = argparse.ArgumentParser(prog="python -m bot.zalo", description="Quản lý kết nối Zalo")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    commands.add_parser("bootstrap", help="nhập cặp mã (access token, refresh token) lấy từ trang quản lý của Zalo")
    commands.add_parser("status", help="tuổi của mã, số tin chờ gửi và số tin gửi không được")
    commands.add_parser("dead", help="liệt kê tin gửi không được (không hiện nội dung)")
    commands.add_parser("retry", help="gửi lại tin gửi không được").add_argument("which", metavar="SỐ|all")
    commands.add_parser("check", help="hỏi Zalo về Official Account để thử mã")
    given = parser.parse_args(arguments)
    try:
        settings = read_settings(env)
        engine = open_database(settings.var, settings.database_url)
    except (SettingsError, DatabaseError) as error:
        print(f"Không chạy được: {error}", file=sys.stderr)
        return 2
    try:
        return {
            "bootstrap": lambda: bootstrap(engine, settings),
            "status": lambda: status(engine, settings),
            "dead": lambda: dead(engine),
            "retry": lambda: again(engine, given.which),
            "check": lambda: check(engine, settings, env),
        }[given.command]()
    except (UsageError, SealError, SettingsError) as error:
        print(str(error), file=sys.stderr)
        return 1
    finally:
        engine.dispose()


def bootstrap(engine: Engine, settings: Settings) -> int:
    """Keep a pair; it replaces the one that is there."""
    pair = _asked() if sys.stdin.isatty() else pasted(sys.stdin.read())
    with engine.begin() as connection:
        token_rows.write(connection, PROVIDER, Seal(settings.data_key, PURPOSE), pair, time.time(), None)
    print("Đã lưu cặp mã. Thử bằng lệnh: python -m bot.zalo check")
    return 0


def pasted(text: str) -> Pair:
    """A JSON object as Zalo gives it, or two lines: access token, refresh token. Raises UsageError."""
    lines = text.split()
    try:
        if text.lstrip().startswith("{"):
            return read_pair(json.loads(text))
        if len(lines) == 2:
            return Pair(*lines)
    except (ValueError, OAuthError):
        pass
    raise UsageError("Không đọc được cặp mã: dán JSON của Zalo có access_token và refresh_token, hoặc hai dòng theo thứ tự ấy.")


def status(engine: Engine, settings: Settings) -> int:
    """Ages and counts."""
    with engine.begin() as connection:
        kept = token_rows.read(connection, PROVIDER, Seal(settings.data_key, PURPOSE))
        rows, reasons = counts(connection), waiting_reasons(connection)
    now = time.time()
    if kept is None:
        print("Mã truy cập: chưa có. Nhập bằng lệnh: python -m bot.zalo bootstrap")
    else:
        left = kept.expires_at - now
        print(f"Mã truy cập: cấp cách đây {spoken(now - kept.refreshed_at)}, {f'còn {spoken(left)}' if left > 0 else 'đã hết hạn'}")
        print(f"Mã làm mới: còn dùng được đến {moment(kept.refresh_expires_at)}")
        if kept.trouble:
            print(f"Trục trặc khi đổi mã: {kept.trouble}")
    for (channel, state), n in sorted(rows.items()):
        print(f"{channel}: {n} tin {STATES[state]}")
    for reason, n in reasons.items():
        print(f"{n} tin đang chờ vì: {reason}")
    return 0


def dead(engine: Engine) -> int:
    """The newest first."""
    with engine.begin() as connection:
        letters = dead_letters(connection)
    for letter in letters:
        print(f"{letter.id}\t{letter.channel}\t{letter.user}\t{moment(letter.at)}\t{letter.reason}{'' if letter.kept else ' (đã xóa nội dung)'}")
    if not letters:
        print("Không có tin nào gửi không được.")
    return 0


def again(engine: Engine, which: str) -> int:
    """which: a row's number or "all"."""
    if which != "all" and not (which.isascii() and which.isdigit() and len(which) < 19):
        raise UsageError("Ghi số của tin (xem lệnh dead) hoặc all.")
    with engine.begin() as connection:
        n = retry(connection, None if which == "all" else int(which), time.time())
    print(f"Sẽ gửi lại {n} tin." if n else "Không có tin nào gửi lại được.")
    return 0 if n or which == "all" else 1


def check(engine: Engine, settings: Settings, env: Mapping[str, str]) -> int:
    """One harmless call with the token."""
    zalo = read_zalo_settings(env)
    if zalo is None or not zalo.app_id:
        raise UsageError("Chưa khai báo Official Account (ZALO_APP_ID, ZALO_OA_ID, ZALO_APP_SECRET, ZALO_OA_SECRET_KEY).")

    async def ask() -> Mapping[str, object]:
        sending = ZaloSending(zalo, engine, settings.data_key)
        assert sending.oa is not None
        try:
            return await sending.oa.account()
        finally:
            await sending.close()

    try:
        account = asyncio.run(ask())
    except SendError as error:
        print(f"Không hỏi được Zalo: {error}", file=sys.stderr)
        return 1
    verified = "đã xác thực" if account.get("is_verified") else "chưa xác thực"
    print(f"Official Account: {account.get('name') or '(không tên)'}, {verified}, gói: {account.get('package_name') or 'không rõ'}")
    return 0


def _asked() -> Pair:
    access = getpass.getpass("Dán access token rồi nhấn Enter (không hiện chữ): ").strip()
    return pasted(f"{access}\n{getpass.getpass('Dán refresh token rồi nhấn Enter: ').strip()}")


def spoken(seconds: float) -> str:
    """90 → "1 phút", 7300 → "2 giờ"."""
    if seconds < 3600:
        return f"{int(seconds // 60)} phút"
    return f"{int(seconds // 3600)} giờ" if seconds < 48 * 3600 else f"{int(seconds // 86_400)} ngày"


def moment(at: float) -> str:
    """Vietnam's time."""
    return datetime.fromtimestamp(at, VIETNAM).strftime("%H:%M ngày %d/%m/%Y")


if __name__ == "__main__":
    sys.exit(main())
