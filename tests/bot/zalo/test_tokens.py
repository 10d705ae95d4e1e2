"""Tokens: one refresh for all processes, stored before use, and no answer of Zalo that costs the pair."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels import token_rows
from bot.channels.zalo_http import ZaloHttp
from bot.channels.zalo_oauth import Failure, OAuthError, Pair, read_pair
from bot.channels.zalo_tokens import TokenError, TokenLimits, Tokens
from bot.gateway.database import open_database
from bot.gateway.outbox_metrics import OutboxMetrics
from bot.gateway.seal import Seal
from bot.gateway.tables import TOKENS

from .fake_zalo import OAUTH, FakeZalo, fake_zalo
from .out_world import BEGIN, DATABASES, QUICK_TOKENS, SEAL, Clock, ToldRefresher, bootstrap, database, tokens_of, until

HOUR = 3600.0
NEW = Pair("access-1", "refresh-1", 90_000.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def zalo(clock: Clock) -> Iterator[FakeZalo]:
    with fake_zalo(clock) as fake:
        yield fake


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with database(request.param, tmp_path) as address:
        yield address


@pytest.fixture
def engine(url: str, tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path, url)
    bootstrap(opened, BEGIN)
    yield opened
    opened.dispose()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path)
    bootstrap(opened, BEGIN)
    yield opened
    opened.dispose()


def kept(engine: Engine) -> token_rows.Kept:
    with engine.begin() as connection:
        found = token_rows.read(connection, "zalo", SEAL)
    assert found is not None
    return found


def told(engine: Engine, clock: Clock, *answers: Pair | Exception, limits: TokenLimits = QUICK_TOKENS) -> tuple[Tokens, ToldRefresher]:
    refresher = ToldRefresher(*answers)
    return Tokens(engine, SEAL, refresher, limits=limits, clock=clock), refresher


def refused(tokens: Tokens, stale: str | None = "access-0") -> str:
    with pytest.raises(TokenError) as caught:
        asyncio.run(tokens.renew(stale))
    return str(caught.value)


def test_a_valid_token_is_used_as_it_is(engine: Engine, clock: Clock) -> None:
    tokens, refresher = told(engine, clock)
    assert asyncio.run(tokens.access()) == "access-0" and refresher.asked == []


def test_an_expired_token_is_renewed_and_the_new_pair_is_stored_sealed(engine: Engine, zalo: FakeZalo, clock: Clock) -> None:
    clock.now += 26 * HOUR

    async def main() -> str:
        http = ZaloHttp()
        try:
            return await tokens_of(engine, zalo, http, clock).access()
        finally:
            await http.close()

    assert asyncio.run(main()) == "access-1"
    row = kept(engine)
    assert (row.pair.refresh, row.version, row.expires_at - clock.now) == ("refresh-1", 2, 90_000)
    with engine.begin() as connection:
        assert not any("access" in str(value) or "refresh-" in str(value) for value in connection.execute(sa.select(TOKENS)).one())
    call = zalo.calls(OAUTH)[0]
    assert call.headers["secret_key"] == zalo.app_secret
    assert call.body == {"refresh_token": "refresh-0", "app_id": zalo.app_id, "grant_type": "refresh_token"}


@pytest.mark.parametrize(("age", "life", "asked"), [(12 * HOUR, 90_000, 0), (13 * HOUR, 90_000, 1), (29 * 60, HOUR, 0), (31 * 60, HOUR, 1)])
def test_it_is_refreshed_at_half_of_its_life(lite: Engine, clock: Clock, age: float, life: float, asked: int) -> None:
    bootstrap(lite, BEGIN, life=life)
    clock.now += age
    tokens, refresher = told(lite, clock, NEW)
    asyncio.run(tokens.renew())
    assert len(refresher.asked) == asked


class Spying:
    """Looks into the table while the new pair is on its way to its first user."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def refresh(self, refresh_token: str) -> Pair:
        assert kept(self.engine).lease is not None
        return NEW


def test_the_pair_is_committed_before_it_is_used(lite: Engine, clock: Clock) -> None:
    tokens = Tokens(lite, SEAL, Spying(lite), limits=QUICK_TOKENS, clock=clock)
    assert asyncio.run(tokens.renew("access-0")) == kept(lite).pair.access == "access-1"
    assert kept(lite).lease is None


def test_a_pair_that_cannot_be_stored_is_not_used_and_not_lost(lite: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    real = token_rows.write

    def failing(*arguments: Any) -> bool:
        raise sa.exc.OperationalError("x", {}, Exception("disk full"))

    tokens, refresher = told(lite, clock, NEW)
    monkeypatch.setattr(token_rows, "write", failing)
    assert "cơ sở dữ liệu" in refused(tokens)
    assert kept(lite).pair.access == "access-0"
    monkeypatch.setattr(token_rows, "write", real)
    assert asyncio.run(tokens.renew("access-0")) == "access-1"
    assert kept(lite).pair.refresh == "refresh-1" and len(refresher.asked) == 1


@pytest.mark.parametrize("body", [
    {"error_name": "Invalid refresh token", "error_reason": "x", "error_description": "x", "error": -14014},
    {"error_name": "Invalid refresh token", "error_reason": "x"}, {}, {"access_token": ""}, {"access_token": "a"}, {"access_token": 7, "refresh_token": "b"},
])
def test_an_answer_without_a_pair_never_overwrites_the_stored_one(lite: Engine, zalo: FakeZalo, clock: Clock, body: dict[str, Any]) -> None:
    zalo.fail(path=OAUTH, body=json.dumps(body).encode())
    before = kept(lite)

    async def main() -> str:
        http = ZaloHttp()
        tokens = tokens_of(lite, zalo, http, clock)
        try:
            for _ in range(3):  # no hammering: until `rest` is over nobody asks again
                with pytest.raises(TokenError, match="bootstrap"):
                    await tokens.renew("access-0")
            assert await tokens.access() == "access-0"  # the old one is valid as long as it lasts
            clock.now += 901
            return await tokens.renew("access-0")
        finally:
            await http.close()

    assert asyncio.run(main()) == "access-1" and len(zalo.calls(OAUTH)) == 2
    assert before.pair.refresh == "refresh-0"


def test_no_connection_spends_nothing_and_is_tried_again_soon(lite: Engine, clock: Clock) -> None:
    tokens, refresher = told(lite, clock, OAuthError(Failure.UNSENT, "không kết nối được"), NEW)
    assert "bootstrap" not in refused(tokens) and kept(lite).lost == 0
    clock.now += 31
    assert asyncio.run(tokens.renew("access-0")) == "access-1"
    assert refresher.asked == ["refresh-0"] * 2


def test_a_lost_answer_is_tried_once_more_then_a_person_is_called(
    lite: Engine, zalo: FakeZalo, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    zalo.fail(path=OAUTH, drop=True, after=True)  # Zalo spent the token, nobody has the new pair

    async def main() -> list[str]:
        http = ZaloHttp()
        tokens = tokens_of(lite, zalo, http, clock)
        words = []
        for _ in range(3):
            with pytest.raises(TokenError) as caught:
                await tokens.renew("access-0")
            words.append(str(caught.value))
            clock.now += 31
        await http.close()
        return words

    words = asyncio.run(main())
    assert "đang thử lại một lần" in words[0] and "bootstrap" in words[1] and words[2] == words[1]
    assert len(zalo.calls(OAUTH)) == 2 and "bootstrap" in (kept(lite).trouble or "")
    assert [(one.msg, one.reason) for one in caplog.records] == [("token_refresh_failed", "lost"), ("token_refresh_failed", "refused")]
    bootstrap(lite, clock.now, "access-9", "refresh-9")
    assert (kept(lite).trouble, kept(lite).lost, kept(lite).retry_at) == (None, 0, 0)


def test_a_lost_answer_that_spent_nothing_heals(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    zalo.fail(path=OAUTH, drop=True)

    async def main() -> str:
        http = ZaloHttp()
        tokens = tokens_of(lite, zalo, http, clock)
        try:
            with pytest.raises(TokenError):
                await tokens.renew("access-0")
            clock.now += 31
            return await tokens.renew("access-0")
        finally:
            await http.close()

    assert asyncio.run(main()) == "access-1" and kept(lite).lost == 0


def test_a_holder_that_died_counts_as_a_lost_answer(lite: Engine, clock: Clock) -> None:
    with lite.begin() as connection:
        token_rows.take_lease(connection, "zalo", "of-a-dead-process", clock.now + 90)
    tokens, refresher = told(lite, clock, OAuthError(Failure.REFUSED, "không nhận"), limits=TokenLimits(busy=0.0, store=(0.0,)))
    assert "tiến trình khác" in refused(tokens) and refresher.asked == []
    clock.now += 91
    assert "bootstrap" in refused(tokens) and kept(lite).lost == 1


def test_a_pair_put_in_by_a_person_meanwhile_wins(lite: Engine, clock: Clock) -> None:
    class Slow:
        async def refresh(self, refresh_token: str) -> Pair:
            bootstrap(lite, clock.now, "access-9", "refresh-9")
            return NEW

    tokens = Tokens(lite, SEAL, Slow(), limits=QUICK_TOKENS, clock=clock)
    assert asyncio.run(tokens.renew("access-0")) == "access-9" == kept(lite).pair.access


def test_many_tasks_renew_once(engine: Engine, clock: Clock) -> None:
    tokens, refresher = told(engine, clock, NEW)

    async def main() -> list[str]:
        return await asyncio.gather(*(tokens.renew("access-0") for _ in range(10)))

    assert asyncio.run(main()) == ["access-1"] * 10 and len(refresher.asked) == 1


CHILD = """
import asyncio, sys
from pathlib import Path
from bot.channels.zalo_http import ZaloHttp
from bot.channels.zalo_oauth import ZaloOAuth
from bot.channels.zalo_tokens import Tokens
from bot.gateway.database import open_database
from tests.bot.zalo.out_child import SEAL

async def main():
    http = ZaloHttp()
    tokens = Tokens(open_database(Path("."), sys.argv[1]), SEAL, ZaloOAuth(http, sys.argv[2], *sys.argv[3:5]), clock=lambda: 1_790_000_000.0)
    print("ready", flush=True)
    sys.stdin.readline()
    print(await tokens.renew("access-0"), flush=True)
    await http.close()

asyncio.run(main())
"""


def test_two_processes_make_exactly_one_call(engine: Engine, url: str, zalo: FakeZalo, root: Path) -> None:
    command = [sys.executable, "-c", CHILD, url, zalo.url, zalo.app_id, zalo.app_secret]
    children = [subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        for child in children:
            assert child.stdout.readline() == "ready\n"
        for child in children:
            child.stdin.write("\n")
            child.stdin.flush()
        assert [child.communicate(timeout=60)[0] for child in children] == ["access-1\n"] * 2
    finally:
        for child in children:
            child.kill()
            child.wait()
    assert len(zalo.calls(OAUTH)) == 1 and kept(engine).pair.refresh == "refresh-1"


def test_a_stop_in_the_middle_of_a_refresh_does_not_lose_the_pair(lite: Engine, clock: Clock) -> None:
    async def main() -> None:
        asked, answer = asyncio.Event(), asyncio.Event()

        class Held:
            async def refresh(self, refresh_token: str) -> Pair:
                asked.set()
                await answer.wait()
                return NEW

        tokens = Tokens(lite, SEAL, Held(), limits=QUICK_TOKENS, clock=clock)
        task = asyncio.create_task(tokens.renew("access-0"))
        await asked.wait()
        task.cancel()
        asyncio.get_running_loop().call_later(0.05, answer.set)
        await tokens.close()

    asyncio.run(main())
    assert kept(lite).pair.refresh == "refresh-1"


def test_the_keeper_refreshes_counts_and_goes_on(lite: Engine, clock: Clock) -> None:
    refresher = ToldRefresher(OAuthError(Failure.UNSENT, "x"), NEW)
    metrics = OutboxMetrics()
    tokens = Tokens(lite, SEAL, refresher, limits=QUICK_TOKENS, clock=clock, metrics=metrics)
    assert tokens.status() == {"ready": False}

    async def main() -> None:
        keeper = asyncio.create_task(tokens.keep())
        await until(lambda: tokens.status().get("age") == 0)
        clock.now += 13 * HOUR
        await until(lambda: kept(lite).trouble)
        await until(lambda: not tokens.status()["ready"])
        clock.now += 31
        await until(lambda: kept(lite).pair.access == "access-1")
        await until(lambda: tokens.status()["ready"])
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        await tokens.close()

    asyncio.run(main())
    count = metrics.registry.get_sample_value("mot_cua_token_refresh_failures_total", {"provider": "zalo", "reason": "unsent"})
    assert count == 1 and metrics.registry.get_sample_value("mot_cua_token_age_seconds", {"provider": "zalo"}) is not None


def test_no_pair_and_a_changed_key_are_told_with_the_remedy(tmp_path: Path, clock: Clock) -> None:
    engine = open_database(tmp_path)
    tokens, _ = told(engine, clock)
    with pytest.raises(TokenError, match="bootstrap"):
        asyncio.run(tokens.access())
    bootstrap(engine, BEGIN)
    other = Tokens(engine, Seal(b"another key of sixteen bytes", "tokens"), ToldRefresher(), clock=clock)
    with pytest.raises(TokenError, match="MOT_CUA_DATA_KEY"):
        asyncio.run(other.access())
    engine.dispose()


@pytest.mark.parametrize(("told_life", "life"), [("90000", 90_000), (3600, 3600), (None, 90_000), ("bald", 90_000), ("-5", 90_000), ("nan", 90_000)])
def test_seconds_come_as_a_string(told_life: object, life: float) -> None:
    assert read_pair({"access_token": "a", "refresh_token": "b", "expires_in": told_life}).life == life


def test_a_pair_and_its_errors_show_no_token() -> None:
    assert "geheim" not in repr(Pair("geheim-a", "geheim-b"))
    with pytest.raises(OAuthError) as caught:
        read_pair({"access_token": "geheim", "error": -1, "error_name": "refresh_token=geheim is bad"})
    assert "geheim" not in str(caught.value)
