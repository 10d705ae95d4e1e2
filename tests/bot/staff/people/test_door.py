"""Signing in: pauses that grow, codes that count once, tokens that are new, and nobody locked out by name alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
import sqlalchemy as sa

from bot.staff.people.door import WRONG, Opened, Shut
from bot.staff.people.oidc import OidcError, Provider
from bot.staff.people.oidc_settings import OidcSettings
from bot.staff.people.sessions import CODE_SECONDS, IDLE, LONGEST
from bot.staff.people.tables import PEOPLE, RECOVERY, SESSIONS, TRIES
from bot.staff.people.tries import ACCOUNT, ADDRESS, PAIR
from bot.staff.rights import Role

from .conftest import ADDRESS as HOME
from .conftest import GOOD, add


def fail(door, count, login="lan", client=HOME):
    return [door.enter(login, "sai", client) for _ in range(count)]


def rows(door, table):
    with door.accounts._engine.connect() as connection:
        return connection.execute(sa.select(table)).all()


def enrolled(door, login="lan"):
    who = add(door, login)
    secret = door.totp.start(who.id)
    codes = door.totp.confirm(who.id, pyotp.TOTP(secret).at(int(door.accounts._clock())))
    return who, pyotp.TOTP(secret), codes


def test_pauses_grow_and_knocking_does_not_prolong_them(door, clock) -> None:
    add(door)
    assert {one.wait for one in fail(door, PAIR.free)} == {0.0}
    assert fail(door, 3)[-1].wait == PAIR.first
    assert door.enter("lan", GOOD, HOME).wait == PAIR.first
    clock.now += PAIR.first
    assert fail(door, 2)[-1].wait == 2 * PAIR.first
    clock.now += 2 * PAIR.first
    assert isinstance(door.enter("lan", GOOD, HOME), Opened)
    assert fail(door, PAIR.free)[-1].wait == 0.0


def test_an_unknown_login_is_treated_as_a_known_one(door) -> None:
    add(door)
    known, unknown = fail(door, PAIR.free + 1), fail(door, PAIR.free + 1, "khong-co", "203.0.113.8")
    assert [(one.sentence, one.wait) for one in known] == [(one.sentence, one.wait) for one in unknown]
    assert known[0].sentence == WRONG


def test_a_name_alone_cannot_be_locked_for_its_owner(door, clock) -> None:
    add(door)
    assert isinstance(door.enter("lan", GOOD, HOME), Opened)
    for number in range(ACCOUNT.free):
        fail(door, 1, client=f"198.51.100.{number}")
    assert door.enter("lan", "sai", "198.51.100.200").wait > 0
    assert isinstance(door.enter("lan", GOOD, HOME), Opened)
    clock.now += ACCOUNT.longest
    assert isinstance(door.enter("lan", GOOD, "192.0.2.50"), Opened)


def test_one_address_cannot_try_everybody(door) -> None:
    waits = [door.enter(f"nguoi{number}", "sai", HOME).wait for number in range(ADDRESS.free + 1)]
    assert waits[-2:] == [0.0, ADDRESS.first]
    assert door.enter("nguoi0", "sai", "203.0.113.99").wait == 0


def test_tries_at_the_same_time_are_all_counted(door) -> None:
    add(door)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: door.enter("lan", "sai", HOME), range(16)))
    assert sum(one.wait == 0 for one in answers) == PAIR.free


def test_after_an_hour_counting_starts_afresh_and_is_forgotten(door, clock) -> None:
    add(door)
    fail(door, PAIR.free)
    clock.now += 3601
    assert fail(door, 1)[0].wait == 0
    clock.now += 3601
    door.tries.tidy()
    assert rows(door, TRIES) == []


def test_what_was_typed_as_a_login_is_kept_nowhere(door) -> None:
    door.enter("mat-khau-cua-toi", "sai", HOME)
    kept = str([rows(door, table) for table in (TRIES, SESSIONS)]) + str(list(door.audit.all()))
    assert "mat-khau-cua-toi" not in kept and next(door.audit.all()).action == "login_failed"


def test_a_token_is_kept_only_as_its_hash_and_a_brought_one_is_closed(door) -> None:
    add(door)
    first = door.enter("lan", GOOD, HOME)
    second = door.enter("lan", GOOD, HOME, before=first.token)
    assert first.token != second.token and first.token not in str(rows(door, SESSIONS))
    assert door.sessions.read(first.token) is None and door.sessions.read(second.token).person.login == "lan"


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 44, "ấ" * 43, "\0" * 43])
def test_a_token_that_is_none_opens_nothing(door, token) -> None:
    assert door.sessions.read(token) is None and door.sessions.former(token) is None and door.sessions.waiting(token) is None


def test_a_session_ends_when_idle_and_at_the_latest_after_ten_hours(door, clock) -> None:
    who, start = add(door), clock.now
    idle, busy = door.sessions.open(who.id, HOME), door.sessions.open(who.id, HOME)
    clock.now += IDLE
    assert door.sessions.read(idle) is None and door.sessions.former(idle) == who.id
    busy = door.sessions.open(who.id, HOME)
    start = clock.now
    while clock.now < start + LONGEST - 1000:
        clock.now += 1000
        assert door.sessions.read(busy)
    clock.now = start + LONGEST
    assert door.sessions.read(busy) is None


def test_each_session_has_its_own_form_token(door) -> None:
    who = add(door)
    one, two = (door.sessions.open(who.id, HOME) for _ in range(2))
    assert door.sessions.read(one).csrf == door.sessions.read(one).csrf != door.sessions.read(two).csrf


def test_who_is_disabled_is_out_at_once(door) -> None:
    add(door)
    opened = door.enter("lan", GOOD, HOME)
    add(door, "binh")
    door.accounts.disable(opened.person.id)
    assert door.sessions.read(opened.token) is None and door.enter("lan", GOOD, HOME) == Shut(WRONG)


def test_between_the_steps_nothing_is_open(door, clock) -> None:
    _, totp, _ = enrolled(door)
    half = door.enter("lan", GOOD, HOME)
    assert half.stage == "code" and door.sessions.read(half.token) is None and door.sessions.former(half.token) is None
    clock.now += 60
    full = door.second(half.token, totp.at(int(clock.now)), HOME)
    assert full.token != half.token and door.sessions.read(full.token).person.login == "lan"
    assert door.second(half.token, totp.at(int(clock.now)), HOME) is None


def test_the_second_step_is_not_waited_for_longer_than_five_minutes(door, clock) -> None:
    _, totp, _ = enrolled(door)
    half = door.enter("lan", GOOD, HOME)
    clock.now += CODE_SECONDS
    assert door.second(half.token, totp.at(int(clock.now)), HOME) is None


def test_a_code_counts_once_also_when_sent_twice_at_once(door, clock) -> None:
    who, totp, _ = enrolled(door)
    assert not door.totp.accepts(who.id, totp.at(int(clock.now)))
    clock.now += 30
    code = totp.at(int(clock.now))
    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(lambda _: door.totp.accepts(who.id, code), range(6))) == 1
    assert not door.totp.accepts(who.id, totp.at(int(clock.now) - 30))


@pytest.mark.parametrize("drift, fits", [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(door, clock, drift, fits) -> None:
    who, totp, _ = enrolled(door)
    clock.now += 300
    assert door.totp.accepts(who.id, totp.at(int(clock.now) + drift)) is fits


@pytest.mark.parametrize("code", ["", "abcdef", "١٢٣٤٥٦", "12345", "000000000000000000", "\0"])
def test_what_is_no_code_is_refused(door, code) -> None:
    who, _, _ = enrolled(door)
    assert not door.totp.accepts(who.id, code)


def test_a_recovery_code_counts_once_and_for_its_owner_only(door) -> None:
    (lan, _, codes), (binh, _, _) = enrolled(door), enrolled(door, "binh")
    assert len(set(codes)) == 10 and not any(code.replace("-", "") in str(rows(door, RECOVERY)) for code in codes)
    assert not door.totp.accepts(binh.id, codes[0])
    assert door.totp.accepts(lan.id, codes[0].lower().replace("-", " ")) and not door.totp.accepts(lan.id, codes[0])
    assert door.totp.codes_left(lan.id) == 9
    door.totp.renew_codes(lan.id)
    assert not door.totp.accepts(lan.id, codes[1]) and door.totp.codes_left(lan.id) == 10


def test_wrong_codes_bring_pauses_too(door) -> None:
    enrolled(door)
    half = door.enter("lan", GOOD, HOME)
    assert [door.second(half.token, "000000", HOME).wait > 0 for _ in range(PAIR.free + 1)] == [False] * PAIR.free + [True]


def test_a_secret_is_sealed_and_counts_only_after_its_first_code(door, clock) -> None:
    who = add(door)
    secret = door.totp.start(who.id)
    assert secret not in str(rows(door, PEOPLE)) and not door.accounts.get(who.id).totp
    assert door.totp.confirm(who.id, "000000") is None and door.totp.waiting(who.id) == secret
    assert door.enter("lan", GOOD, HOME).stage == "full"


def test_roles_are_read_anew_at_every_visit(door) -> None:
    add(door)
    who = add(door, "binh", Role.CURATOR)
    token = door.sessions.open(who.id, HOME)
    door.accounts.appoint(who.id, [Role.AUDITOR])
    assert door.sessions.read(token).person.roles == {Role.AUDITOR}


def test_what_is_old_is_forgotten(door, clock) -> None:
    who = add(door)
    token = door.sessions.open(who.id, HOME)
    clock.now += 31 * 86_400
    door.enter("lan", GOOD, HOME)
    assert door.sessions.former(token) is None and len(rows(door, SESSIONS)) == 1


def test_a_state_of_the_office_s_sign_in_is_used_once_also_at_once(desk) -> None:
    settings = OidcSettings("https://a.example", "id", "secret", "groups", {})
    provider = Provider(settings, desk.engine, desk.clock, desk.settings.data_key)

    def use(_):
        try:
            provider._use("state")
        except OidcError as error:
            return error.reason
        return "used"

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(use, range(4))) == ["replayed"] * 3 + ["used"]
