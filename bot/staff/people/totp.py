"""The second step of a sign-in: a secret for an authenticator app, its codes, and ten codes for the day the phone is lost."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from typing import Any

import pyotp
import segno
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from actions.reopen_code import ALPHABET
from bot.gateway.seal import Seal, SealError
from bot.staff.people.tables import PEOPLE, RECOVERY
from bot.staff.transaction import reading, writing

ISSUER = "Một Cửa"
STEP = 30
"""Seconds of a code."""
DRIFT = 1
"""Steps that a phone's clock may be off, to either side."""
CODES = 10


class Totp:
    """data_key: the server's own; seals secrets and keys the recovery codes' hashes."""

    def __init__(self, engine: Engine, clock: Callable[[], float], data_key: bytes) -> None:
        self._engine, self._clock = engine, clock
        self._seal = Seal(data_key, "staff-totp")
        self._key = hmac.digest(data_key, b"mot-cua staff recovery", hashlib.sha256)

    def start(self, person_id: str) -> str:
        """A new secret that waits for its first code -> base32. The one in use stays in use until then."""
        secret = pyotp.random_base32()
        with writing(self._engine) as connection:
            connection.execute(_one(person_id).values(totp_next=self._seal.seal({"secret": secret})))
        return secret

    def waiting(self, person_id: str) -> str | None:
        """The secret that waits, to be shown again beside a wrong code."""
        with reading(self._engine) as connection:
            return self._open(connection.execute(sa.select(PEOPLE.c.totp_next).where(PEOPLE.c.id == person_id)).scalar())

    def confirm(self, person_id: str, code: str) -> list[str] | None:
        """The first code of the waiting secret -> ten recovery codes, told once; None when the code is wrong."""
        with writing(self._engine) as connection:
            row = _read(connection, person_id)
            secret = self._open(row.totp_next) if row else None
            step = self._step(secret, code) if secret else None
            if row is None or step is None:
                return None
            connection.execute(_one(person_id).values(totp=row.totp_next, totp_next=None, totp_step=step))
            return self._new_codes(connection, person_id)

    def accepts(self, person_id: str, code: str) -> bool:
        """A code of the app, each once; or a recovery code, each once."""
        letters = _plain(code)
        with writing(self._engine) as connection:
            row = _read(connection, person_id)
            secret = self._open(row.totp) if row else None
            if secret is None:
                return False
            step = self._step(secret, code)
            if step is not None:
                # Also of two at the same time only one: the step is compared where it is written.
                newer = _one(person_id).where(PEOPLE.c.totp_step < step).values(totp_step=step)
                return connection.execute(newer).rowcount == 1
            unused = RECOVERY.update().where(
                RECOVERY.c.code_hash == self._hash(person_id, letters), RECOVERY.c.person == person_id, RECOVERY.c.used_at.is_(None)
            )
            return connection.execute(unused.values(used_at=self._clock())).rowcount == 1

    def renew_codes(self, person_id: str) -> list[str]:
        """Ten new recovery codes; those before are void."""
        with writing(self._engine) as connection:
            return self._new_codes(connection, person_id)

    def off(self, person_id: str) -> None:
        """No second step any more."""
        with writing(self._engine) as connection:
            connection.execute(_one(person_id).values(totp=None, totp_next=None, totp_step=0))
            connection.execute(RECOVERY.delete().where(RECOVERY.c.person == person_id))

    def codes_left(self, person_id: str) -> int:
        """Recovery codes that were not used."""
        left = sa.select(sa.func.count()).where(RECOVERY.c.person == person_id, RECOVERY.c.used_at.is_(None))
        with reading(self._engine) as connection:
            return int(connection.execute(left).scalar_one())

    def _step(self, secret: str, code: str) -> int | None:
        digits, now = _plain(code), int(self._clock()) // STEP
        if not re.fullmatch(r"[0-9]{6}", digits):
            return None
        made = pyotp.TOTP(secret)
        fitting = [step for step in range(now - DRIFT, now + DRIFT + 1) if hmac.compare_digest(made.at(step * STEP), digits)]
        return max(fitting, default=None)

    def _new_codes(self, connection: Connection, person_id: str) -> list[str]:
        codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES)]
        connection.execute(RECOVERY.delete().where(RECOVERY.c.person == person_id))
        connection.execute(RECOVERY.insert(), [{"code_hash": self._hash(person_id, code), "person": person_id} for code in codes])
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def _open(self, sealed: str | None) -> str | None:
        try:
            return str(self._seal.open(sealed)["secret"]) if sealed else None
        except SealError:  # another MOT_CUA_DATA_KEY: no code fits any more, an admin takes the second step off
            return None

    def _hash(self, person_id: str, letters: str) -> str:
        return hmac.digest(self._key, f"{person_id}:{letters}".encode("utf-8", "replace"), hashlib.sha256).hex()


def qr(secret: str, login: str) -> str:
    """An SVG for the page: what an authenticator app reads."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    return segno.make(address, error="m", micro=False).svg_inline(border=4, light="#ffffff", omitsize=True, svgclass="qr", lineclass=None)


def _read(connection: Connection, person_id: str) -> Any:
    return connection.execute(sa.select(PEOPLE).where(PEOPLE.c.id == person_id).with_for_update()).first()


def _one(person_id: str) -> Any:
    return PEOPLE.update().where(PEOPLE.c.id == person_id)


def _plain(code: str) -> str:
    return re.sub(r"[\s-]+", "", code[:40]).upper()
