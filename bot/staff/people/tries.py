"""How often a sign-in failed in; how long to wait before the next try out.

Three counters a try: this account from this address, this account from anywhere, this address for any account. A name alone cannot
be locked for its owner: an address from which the account was opened lately is not asked for the second. A try during a pause is
refused without being counted, so nobody prolongs a pause by knocking. Unknown logins are counted as known ones are.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.upsert import put
from bot.staff.people.tables import TRIES

FORGOTTEN = 3600.0
"""Seconds without a failure after which counting starts afresh; longer than any pause."""


@dataclass(frozen=True, slots=True)
class Pace:
    """free: failures without a pause. first: seconds of the first pause; each further one doubles, up to longest."""

    free: int
    first: float
    longest: float

    def pause(self, failures: int) -> float:
        """Seconds after the failures-th failure."""
        return 0.0 if failures < self.free else min(self.longest, self.first * 2.0 ** min(failures - self.free, 20))


PAIR, ACCOUNT, ADDRESS = Pace(5, 30, 900), Pace(20, 10, 300), Pace(40, 30, 900)
"""An office sits behind one address: forty slips an hour are people, not a machine."""


@dataclass(frozen=True, slots=True)
class Try:
    """wait: seconds to wait; above 0 the try must not take place. keys: what `well` takes back."""

    wait: float
    keys: tuple[str, ...] = ()


class Tries:
    """secret: keys are hashed with it, since what was typed as a login may be a password."""

    def __init__(self, engine: Engine, clock: Callable[[], float], secret: bytes) -> None:
        self._engine, self._clock = engine, clock
        self._key = hmac.digest(secret, b"mot-cua staff tries", hashlib.sha256)

    def begin(self, kind: str, account: str, client: str, *, known: bool) -> Try:
        """Count a try as failed before it takes place, so that many at once are counted too.

        kind: "password" or "otp". account: what was typed, or a Person.id. known: was this account opened from this address lately?
        """
        paces = {self._hash(kind, "pair", account, client): PAIR, self._hash(kind, "address", client): ADDRESS}
        if not known:
            paces[self._hash(kind, "account", account)] = ACCOUNT
        now = self._clock()
        with self._engine.begin() as connection:
            self._lock(connection, sorted(paces))
            held = {row.key: row for row in connection.execute(sa.select(TRIES).where(TRIES.c.key.in_(paces)))}
            wait = max((row.wait_until - now for row in held.values()), default=0.0)
            if wait > 0:
                return Try(wait)
            for key, pace in paces.items():
                before = held[key].failures if held[key].at > now - FORGOTTEN else 0
                values = {"failures": before + 1, "at": now, "wait_until": now + pace.pause(before + 1)}
                connection.execute(TRIES.update().where(TRIES.c.key == key).values(**values))
        return Try(0.0, tuple(paces))

    def well(self, one: Try) -> None:
        """It did not fail: the account's own counter from this address starts afresh, the others lose this one."""
        with self._engine.begin() as connection:
            self._lock(connection, sorted(one.keys))
            connection.execute(TRIES.update().where(TRIES.c.key == one.keys[0]).values(failures=0, wait_until=0.0))
            others = TRIES.update().where(TRIES.c.key.in_(one.keys[1:]), TRIES.c.failures > 0)
            connection.execute(others.values(failures=TRIES.c.failures - 1, wait_until=0.0))

    def tidy(self) -> None:
        """Forget what no longer counts."""
        with self._engine.begin() as connection:
            connection.execute(TRIES.delete().where(TRIES.c.at < self._clock() - FORGOTTEN))

    def _lock(self, connection: Connection, keys: list[str]) -> None:
        """Rows for all keys, held by this transaction, always in the same order."""
        rows = [{"key": key, "failures": 0, "at": self._clock(), "wait_until": 0.0} for key in keys]
        put(connection, TRIES, rows, ["key"], {})
        connection.execute(sa.select(TRIES.c.key).where(TRIES.c.key.in_(keys)).order_by(TRIES.c.key).with_for_update()).all()

    def _hash(self, *parts: str) -> str:
        return hmac.digest(self._key, "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256).hex()
