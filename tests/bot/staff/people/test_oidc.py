"""Sign-in by the office's provider: what an honest one says is believed, what a lying one says is not."""

from __future__ import annotations

import pytest
from joserfc.jwk import RSAKey

from bot.gateway.database import open_database
from bot.gateway.settings import SettingsError
from bot.staff.people.cookies import OIDC
from bot.staff.people.door import Door
from bot.staff.people.oidc import WAY_SECONDS
from bot.staff.people.oidc_settings import read_oidc_settings
from bot.staff.rights import Role

from .conftest import GOOD, Visitor, add, people_desk
from .fake_provider import CLIENT, SECRET, running_provider


def env(issuer="https://dangnhap.tinh.example", **more):
    return {
        "MOT_CUA_OIDC_ISSUER": issuer, "MOT_CUA_OIDC_CLIENT_ID": CLIENT, "MOT_CUA_OIDC_CLIENT_SECRET": SECRET,
        "MOT_CUA_OIDC_ROLES": "groups: mc-bien-tap=curator, mc-duyet=reviewer, mc-quan-tri=admin", **more,
    }


@pytest.fixture
def service(tmp_path):
    """SQLite alone: what a database changes here, the state that is used once, stands in test_door.py."""
    engine = open_database(tmp_path, f"sqlite:///{tmp_path / 'service.sqlite3'}")
    yield engine
    engine.dispose()


@pytest.fixture
def provider(clock):
    with running_provider(clock.now) as one:
        yield one


@pytest.fixture
def desk(service, tmp_path, clock, provider):
    return people_desk(service, tmp_path, clock, oidc=read_oidc_settings(env(provider.base)))


@pytest.fixture
def door(desk) -> Door:
    return Door(desk.engine, desk.clock, desk.settings, desk.extra["passwords"])


def walk(browser, provider, after="/"):
    """There and back."""
    there = browser.get(f"/login/oidc?next={after}")
    assert there.status_code == 303 and there.headers["location"].startswith(provider.base)
    state, code = provider.code_for(there.headers["location"])
    return browser.get(f"/login/oidc/back?state={state}&code={code}")


def nobody_came(door):
    return all(not one.oidc for one in door.accounts.all()) and "login" not in door.audit.actions()


def test_the_first_sign_in_makes_a_person_with_the_roles_of_the_claim(visitor, provider, door) -> None:
    browser = visitor()
    assert walk(browser, provider, "/work").headers["location"] == "/can-bo/work"
    (account,) = door.accounts.all()
    assert (account.person.login, account.person.name, account.person.roles) == ("nguyen.lan", "Nguyễn Thị Lan", {Role.CURATOR})
    assert not account.local and account.oidc and browser.get("/work").status_code == 200
    walk(visitor(), provider)
    assert len(door.accounts.all()) == 1 and door.audit.actions() == ["login", "person_added"]
    assert door.enter("nguyen.lan", "", "x").sentence and browser.send("/me", {"password": "", "new_password": GOOD}, "/work").status_code == 400


@pytest.mark.parametrize("groups", [None, [], ["khác"], "mc-bien-tap-x", {"mc-bien-tap": 1}, [["mc-bien-tap"]]])
def test_without_a_role_nobody_comes_in(visitor, provider, door, groups) -> None:
    provider.claims = {"groups": groups}
    answer = walk(visitor(), provider)
    assert answer.status_code == 403 and "chưa giao" in answer.text and door.accounts.all() == []


@pytest.mark.parametrize("claims", [
    {"nonce": "another"}, {"nonce": None}, {"aud": "another-app"}, {"aud": None}, {"aud": [CLIENT, "another-app"]},
    {"aud": [CLIENT, "another-app"], "azp": "another-app"}, {"azp": "another-app"}, {"iss": "https://evil.example"}, {"iss": None},
    {"exp": 1_795_399_000}, {"exp": None}, {"exp": "soon"}, {"iat": 1_795_499_000}, {"sub": None}, {"sub": ""}, {"sub": 7},
])
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(visitor, provider, door, claims) -> None:
    provider.claims = claims
    answer = walk(visitor(), provider)
    assert answer.status_code == 403 and "chưa xác nhận" in answer.text and nobody_came(door)


@pytest.mark.parametrize("lie", ["none", "hs256", "other_key", "garbage"])
def test_an_id_token_that_the_provider_did_not_sign_is_refused(visitor, provider, door, lie) -> None:
    provider.lie = lie
    assert walk(visitor(), provider).status_code == 403 and nobody_came(door)


def test_a_way_is_walked_once(visitor, provider, door) -> None:
    browser = visitor()
    there = browser.get("/login/oidc")
    held = browser.http.cookies.get(OIDC)
    state, code = provider.code_for(there.headers["location"])
    assert browser.get(f"/login/oidc/back?state={state}&code={code}").status_code == 303
    again = visitor()
    again.http.cookies.set(OIDC, held, path="/can-bo/login", domain="testserver.local")
    answer = again.get(f"/login/oidc/back?state={state}&code={provider.code_for(there.headers['location'])[1]}")
    assert answer.status_code == 400 and "đã dùng rồi" in answer.text and not again.token


def test_another_browser_cannot_finish_it(visitor, provider, door) -> None:
    state, code = provider.code_for(visitor().get("/login/oidc").headers["location"])
    other = visitor()
    other.get("/login/oidc")
    assert [one.get(f"/login/oidc/back?state={state}&code={code}").status_code for one in (visitor(), other)] == [400, 400] and nobody_came(door)


def test_a_way_that_takes_too_long_ends(visitor, provider, door, clock) -> None:
    browser = visitor()
    state, code = provider.code_for(browser.get("/login/oidc").headers["location"])
    clock.now += WAY_SECONDS
    assert browser.get(f"/login/oidc/back?state={state}&code={code}").status_code == 400 and nobody_came(door)


@pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?error=access_denied", "?state=%00&code=%ff"])
def test_a_way_back_that_never_began_opens_nothing(visitor, door, query) -> None:
    assert visitor().get(f"/login/oidc/back{query}").status_code in (400, 403) and nobody_came(door)


def test_a_code_that_the_provider_does_not_know_is_refused(visitor, provider, door) -> None:
    browser = visitor()
    state, _ = provider.code_for(browser.get("/login/oidc").headers["location"])
    assert browser.get(f"/login/oidc/back?state={state}&code=guessed").status_code == 403 and nobody_came(door)


def test_while_the_provider_is_down_passwords_still_work(visitor, provider, door) -> None:
    add(door)
    provider.up = False
    browser = visitor()
    answer = browser.get("/login/oidc")
    assert answer.status_code == 502 and "không trả lời" in answer.text
    assert browser.enter("lan").status_code == 303
    provider.up = True
    assert browser.get("/login/oidc").status_code == 303


def test_a_provider_that_goes_down_on_the_way_is_told(visitor, provider, door) -> None:
    browser = visitor()
    state, code = provider.code_for(browser.get("/login/oidc").headers["location"])
    provider.up = False
    assert browser.get(f"/login/oidc/back?state={state}&code={code}").status_code == 502 and nobody_came(door)


def test_a_provider_under_another_name_is_not_believed(visitor, provider) -> None:
    provider.issuer = "https://evil.example"
    assert visitor().get("/login/oidc").status_code == 502


def test_a_new_key_is_fetched(visitor, provider, door) -> None:
    walk(visitor(), provider)
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"}, private=True)
    assert walk(visitor(), provider).status_code == 303


def test_the_provider_gives_and_takes_roles(visitor, provider, door) -> None:
    add(door, "quan-tri")
    browser = visitor()
    walk(browser, provider)
    provider.claims = {"groups": ["mc-duyet", "mc-quan-tri"]}
    walk(visitor("203.0.113.50"), provider)
    assert door.accounts.by_login("nguyen.lan").person.roles == {Role.REVIEWER, Role.ADMIN} and browser.get("/work").status_code == 303
    provider.claims = {"groups": []}
    assert walk(visitor(), provider).status_code == 403


def test_who_was_shut_out_here_stays_out(visitor, provider, door) -> None:
    walk(visitor(), provider)
    door.accounts.disable(door.accounts.by_login("nguyen.lan").person.id)
    assert walk(visitor(), provider).status_code == 403


def test_a_name_chosen_at_the_provider_opens_nobody_else_s_account(visitor, provider, door) -> None:
    lan = add(door, "nguyen.lan")
    browser = visitor()
    walk(browser, provider)
    assert {one.person.login for one in door.accounts.all()} == {"nguyen.lan", "nguyen.lan-2"}
    assert door.sessions.read(browser.token).person.id != lan.id and browser.get("/people").status_code == 403


def test_the_way_back_leads_nowhere_else(visitor, provider, desk) -> None:
    assert walk(visitor(), provider, "https://evil.example").headers["location"] == "/can-bo/"
    address = Visitor(desk).get("/login/oidc?next=//evil.example").headers["location"]
    assert "evil" not in address and "redirect_uri=http%3A%2F%2Ftestserver%2Fcan-bo%2Flogin%2Foidc%2Fback" in address


def test_it_is_off_when_unset(tmp_path) -> None:
    assert read_oidc_settings({}) is None and SECRET not in repr(read_oidc_settings(env()))


@pytest.mark.parametrize("change, named", [
    ({"MOT_CUA_OIDC_ISSUER": "http://dangnhap.tinh.example"}, "ISSUER"), ({"MOT_CUA_OIDC_ISSUER": "tinh"}, "ISSUER"),
    ({"MOT_CUA_OIDC_CLIENT_ID": ""}, "CLIENT_ID"), ({"MOT_CUA_OIDC_CLIENT_SECRET": ""}, "CLIENT_SECRET"), ({"MOT_CUA_OIDC_ROLES": ""}, "ROLES"),
    ({"MOT_CUA_OIDC_ROLES": "groups"}, "ROLES"), ({"MOT_CUA_OIDC_ROLES": "groups: a=king"}, "ROLES"), ({"MOT_CUA_OIDC_ROLES": "groups: =admin"}, "ROLES"),
])
def test_half_set_is_named(change, named) -> None:
    with pytest.raises(SettingsError, match=f"MOT_CUA_OIDC_{named}"):
        read_oidc_settings(env(**change))
