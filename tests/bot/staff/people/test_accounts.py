"""Who may be added, what may be a password, and that there is always an admin."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from bot.staff.people.accounts import LAST_ADMIN, AccountError, Accounts
from bot.staff.people.passwords import Passwords, made_up, trouble
from bot.staff.people.tables import PEOPLE
from bot.staff.rights import Role

from .conftest import GOOD, QUICK, add


def stored(door, login="lan"):
    with door.accounts._engine.connect() as connection:
        return connection.execute(sa.select(PEOPLE).where(PEOPLE.c.login == login)).one()


@pytest.mark.parametrize("password", [GOOD, "một con vịt xòe ra hai cái cánh", "tR0ub4dor&3xyz", "x9k2m4p7q1w8", "    khoảng trắng    "])
def test_what_is_long_enough_may_be_of_any_kind(password) -> None:
    assert trouble(password, "lan", "Nguyễn Thị Lan") is None


@pytest.mark.parametrize("password", [
    "ngắn quá", "a" * 201, "aaaaaaaaaaaa", "abababababab", "123456789012", "qwertyuiopas", "matkhau123456", "Mật khẩu 123!", "password1234",
    "2024password!!", "nguyen.thi.lan", "NguyenThiLan1", "nguyễn thị lan 88", "dichvucong2026", "Quản Trị Viên 1", "1q2w3e4r5t6y",
])
def test_what_anybody_would_guess_is_refused(password) -> None:
    assert trouble(password, "nguyen.lan", "Nguyễn Thị Lan")


def test_a_made_up_password_may_be_one() -> None:
    assert all(trouble(made_up(), "lan", "Lan") is None for _ in range(50))


def test_only_an_argon2id_hash_is_kept(door) -> None:
    add(door)
    assert stored(door).password.startswith("$argon2id$") and GOOD not in str(stored(door))


def test_a_hash_of_weaker_parameters_is_made_again_at_sign_in(door) -> None:
    add(door)
    stronger = Accounts(door.accounts._engine, door.accounts._clock, Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)))
    before = stored(door).password
    assert stronger.check("lan", GOOD) and "m=16,t=2" in stored(door).password != before
    assert stronger.check("lan", GOOD)


def test_marks_typed_in_two_ways_are_one_password(door) -> None:
    import unicodedata

    add(door)
    assert door.accounts.check("LAN ", unicodedata.normalize("NFD", GOOD))


@pytest.mark.parametrize("login", ["", "a", "có dấu", "hai từ", "-gạch", "x" * 64, "a\nb", "<b>"])
def test_a_login_is_plain_letters(door, login) -> None:
    with pytest.raises(AccountError) as refused:
        door.accounts.add(login, "Ai đó", [Role.ADMIN], GOOD)
    assert refused.value.field == "login"


def test_a_login_is_given_once_and_a_role_is_needed(door) -> None:
    add(door)
    with pytest.raises(AccountError, match="Đã có người"):
        add(door, "LAN")
    with pytest.raises(AccountError, match="ít nhất một quyền"):
        door.accounts.add("binh", "Bình", [], GOOD)


def test_wrong_unknown_and_disabled_look_alike_and_cost_the_same(door, monkeypatch) -> None:
    add(door), add(door, "binh")
    door.accounts.disable(door.accounts.by_login("binh").person.id)
    costs = []
    hasher = type(QUICK)
    verify = hasher.verify
    monkeypatch.setattr(hasher, "verify", lambda self, hashed, password: costs.append(hashed.rsplit("$", 2)[0]) or verify(self, hashed, password))
    for login, password in (("lan", "sai"), ("khong-co", "sai"), ("binh", GOOD), ("binh", "sai")):
        assert door.accounts.check(login, password) is None
    assert len(costs) == 4 and len(set(costs)) == 1


def test_a_temporary_password_grows_old(door, clock) -> None:
    add(door, fresh=True)
    assert door.accounts.check("lan", GOOD).fresh
    clock.now += 7 * 86_400
    assert door.accounts.check("lan", GOOD) is None


def test_the_same_password_is_no_new_one(door) -> None:
    who = add(door)
    with pytest.raises(AccountError, match="giống mật khẩu đang dùng"):
        door.accounts.set_password(who.id, GOOD, fresh=False)


def test_the_last_admin_stays(door) -> None:
    lan, binh = add(door), add(door, "binh", Role.CURATOR)
    for attempt in (lambda: door.accounts.disable(lan.id), lambda: door.accounts.appoint(lan.id, [Role.CURATOR])):
        with pytest.raises(AccountError, match=LAST_ADMIN):
            attempt()
    assert door.accounts.appoint(binh.id, [Role.ADMIN, Role.CURATOR]) == (["curator"], ["curator", "admin"])
    door.accounts.disable(lan.id)
    with pytest.raises(AccountError, match=LAST_ADMIN):
        door.accounts.disable(binh.id)
    assert [one.person.login for one in door.accounts.all()] == ["binh", "lan"]


def test_of_two_admins_who_remove_each_other_one_stays(door) -> None:
    people = [add(door, login).id for login in ("lan", "binh", "hoa", "minh")]

    def remove(person_id):
        try:
            door.accounts.disable(person_id)
        except AccountError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(remove, people)) == 3
