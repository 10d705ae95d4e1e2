"""`make staff-user`: the first admin, one more person, or a new password for whoever is shut out; at the machine itself.

Asks on a terminal, the password without echo. Without one, --login, --name and MOT_CUA_STAFF_PASSWORD answer.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import time
from collections.abc import Mapping, Sequence

from bot.gateway.database import DatabaseError, open_database
from bot.gateway.settings import SettingsError, read_settings
from bot.staff.people.accounts import Account, AccountError, clean_login, clean_name
from bot.staff.people.door import Door
from bot.staff.people.passwords import Passwords
from bot.staff.person import SYSTEM
from bot.staff.rights import ROLE_NAMES, Role

CLIENT = "máy chủ"
PASSWORD = "MOT_CUA_STAFF_PASSWORD"


def main(words: Sequence[str] | None = None, env: Mapping[str, str] = os.environ, passwords: Passwords | None = None) -> int:
    """0 when done, 1 with one line that says why not."""
    parser = argparse.ArgumentParser(prog="make staff-user", description="Thêm người dùng của trang cán bộ, hoặc đặt lại mật khẩu.")
    parser.add_argument("--login", help="tên đăng nhập")
    parser.add_argument("--name", help="họ tên")
    parser.add_argument("--roles", help="các quyền, cách nhau bằng dấu phẩy: " + ", ".join(f"{role} ({ROLE_NAMES[role]})" for role in Role))
    parser.add_argument("--reset", action="store_true", help="người này đã có: đặt lại mật khẩu, tắt xác thực hai bước, mở lại tài khoản")
    asked = parser.parse_args(words)
    try:
        settings = read_settings(env)
        engine = open_database(settings.var, settings.database_url)
    except (SettingsError, DatabaseError) as error:
        print(f"Không mở được cơ sở dữ liệu: {error}", file=sys.stderr)
        return 1
    try:
        return _run(Door(engine, time.time, settings, passwords), asked, env)
    except (AccountError, EOFError) as error:
        print(error.sentence if isinstance(error, AccountError) else "Chưa nhập đủ.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng, chưa ghi gì.", file=sys.stderr)
        return 1
    finally:
        engine.dispose()


def _run(door: Door, asked: argparse.Namespace, env: Mapping[str, str]) -> int:
    everybody = door.accounts.all()
    if not everybody:
        print("Chưa có người dùng nào; người đầu tiên là Quản trị.")
    login = clean_login(asked.login or _ask("Tên đăng nhập (không dấu, ví dụ nguyen.lan): ", "--login"))
    known = door.accounts.by_login(login)
    if known is not None:
        return _reset(door, known, asked.reset, env)
    name = clean_name(asked.name or _ask("Họ tên: ", "--name"))
    roles = _roles(asked.roles or ("admin" if not everybody else _ask(f"Quyền ({', '.join(Role)}; cách nhau bằng dấu phẩy): ", "--roles")))
    if not everybody and Role.ADMIN not in roles:
        raise AccountError("roles", "Người đầu tiên phải có quyền admin (Quản trị).")
    password = _password(env)
    with door.act():
        person = door.accounts.add(login, name, roles, password, fresh=False)
        door.audit.note(SYSTEM, "person_added", f"people/{person.id}", after={"login": login, "name": name, "roles": roles}, why="make staff-user", client=CLIENT)
    print(f"Đã thêm {name} ({login}): {', '.join(ROLE_NAMES[role] for role in Role if role in roles)}. Đăng nhập ở /can-bo/login.")
    return 0


def _reset(door: Door, account: Account, agreed: bool, env: Mapping[str, str]) -> int:
    who = account.person
    if account.oidc:
        raise AccountError("login", f"{who.name} ({who.login}) đăng nhập qua hệ thống của cơ quan; mật khẩu đổi ở đó.")
    if not agreed and (not sys.stdin.isatty() or input(f"Đã có {who.name} ({who.login}). Đặt lại mật khẩu? [c/K] ").strip().lower() not in ("c", "có", "co")):
        raise AccountError("login", f"Đã có người dùng {who.login}; chưa đổi gì. Muốn đặt lại mật khẩu thì thêm --reset.")
    password = _password(env)
    with door.act():
        door.accounts.set_password(who.id, password, fresh=False)
        door.totp.off(who.id)
        door.accounts.enable(who.id)
        door.sessions.close_all(who.id)
        door.audit.note(SYSTEM, "password_reset", f"people/{who.id}", why="make staff-user", client=CLIENT)
    print(f"Đã đặt lại mật khẩu của {who.name} ({who.login}) và tắt xác thực hai bước.")
    return 0


def _password(env: Mapping[str, str]) -> str:
    if not sys.stdin.isatty():
        if not env.get(PASSWORD):
            raise AccountError("password", f"Không có bàn phím để hỏi mật khẩu; anh/chị đặt biến môi trường {PASSWORD}.")
        return env[PASSWORD]
    password = getpass.getpass("Mật khẩu (ít nhất 12 ký tự, không hiện khi gõ): ")
    if getpass.getpass("Nhập lại mật khẩu: ") != password:
        raise AccountError("password", "Hai lần nhập mật khẩu không giống nhau.")
    return password


def _roles(text: str) -> frozenset[Role]:
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    wrong = [name for name in names if name not in set(Role)]
    if wrong:
        raise AccountError("roles", f"Không có quyền “{wrong[0]}”. Các quyền: {', '.join(Role)}.")
    return frozenset(Role(name) for name in names)


def _ask(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise AccountError("login", f"Không có bàn phím để hỏi; anh/chị thêm {option}.")
    return input(question)


if __name__ == "__main__":
    sys.exit(main())
