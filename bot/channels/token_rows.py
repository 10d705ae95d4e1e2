"""Rows of the table of tokens: a pair sealed and read, a lease on the right to refresh it. Inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.channels.zalo_oauth import REFRESH_LIFE, Pair
from bot.gateway.seal import Seal
from bot.gateway.tables import TOKENS

COLUMN = TOKENS.c


@dataclass(frozen=True, slots=True)
class Kept:
    """A row, opened. Times are seconds since 1970. lost: refreshes in a row without an answer."""

    pair: Pair
    version: int
    expires_at: float
    refresh_expires_at: float
    refreshed_at: float
    lease: str | None
    lease_until: float
    lost: int
    retry_at: float
    trouble: str | None

    def due(self, now: float) -> bool:
        """Half of the access token's life is over: 12.5 hours of the usual 25, so twice a day."""
        return now >= (self.refreshed_at + self.expires_at) / 2

    def held(self, now: float) -> bool:
        """Somebody is refreshing."""
        return self.lease is not None and now < self.lease_until


def read(connection: Connection, provider: str, seal: Seal, lock: bool = False) -> Kept | None:
    """lock: nobody else reads with a lock until the transaction ends. Raises SealError."""
    query = sa.select(TOKENS).where(COLUMN.provider == provider)
    row = connection.execute(query.with_for_update() if lock else query).first()
    return _kept(row, seal) if row else None


def write(connection: Connection, provider: str, seal: Seal, pair: Pair, now: float, after: int | None) -> bool:
    """Keep a new pair; trouble and lease are over. after: the version it replaces, None = whatever there is, or nothing.

    Returns False when there is another version by now: a person put a pair in meanwhile, which is the one to use.
    """
    values = {
        "sealed": seal.seal({"access": pair.access, "refresh": pair.refresh}), "expires_at": now + pair.life,
        "refresh_expires_at": now + REFRESH_LIFE, "refreshed_at": now,
        "lease": None, "lease_until": None, "lost": 0, "retry_at": None, "trouble": None,
    }
    which = sa.and_(COLUMN.provider == provider, *([COLUMN.version == after] if after is not None else []))
    if connection.execute(TOKENS.update().where(which).values(version=COLUMN.version + 1, **values)).rowcount:
        return True
    if after is None:
        connection.execute(TOKENS.insert().values(provider=provider, version=1, **values))
    return after is None


def take_lease(connection: Connection, provider: str, lease: str, until: float) -> None:
    """After `read` with a lock, in the same transaction."""
    connection.execute(TOKENS.update().where(COLUMN.provider == provider).values(lease=lease, lease_until=until))


def note_trouble(connection: Connection, provider: str, version: int, lost: int, retry_at: float, trouble: str) -> None:
    """A refresh failed: the pair stays as it is, the lease is over, no refresh before `retry_at`."""
    which = sa.and_(COLUMN.provider == provider, COLUMN.version == version)
    values = {"lease": None, "lease_until": None, "lost": lost, "retry_at": retry_at, "trouble": trouble[:200]}
    connection.execute(TOKENS.update().where(which).values(**values))


def _kept(row: Row, seal: Seal) -> Kept:
    opened = seal.open(row.sealed)
    pair = Pair(opened["access"], opened["refresh"], row.expires_at - row.refreshed_at)
    return Kept(
        pair, row.version, row.expires_at, row.refresh_expires_at, row.refreshed_at,
        row.lease, row.lease_until or 0.0, row.lost, row.retry_at or 0.0, row.trouble,
    )
