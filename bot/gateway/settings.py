"""Environment variables in, one frozen Settings out; every bad value is named with what was expected."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.gateway.proxies import Network, read_networks
from index.province import DEFAULT, SLUG

N = TypeVar("N", int, float)
ROOT = Path(__file__).resolve().parents[2]
SECRET_BYTES = 32
_ORIGIN = r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"
MIN_SECRET = 16
"""Shortest signing key accepted from the environment, in characters."""


class SettingsError(ValueError):
    """An environment variable that cannot be used. One line: NAME is "…"; expected …"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the gateway is told from outside. rate_limit: messages a minute a client, 0 = off.

    engine_timeout: seconds from a message's arrival to its answer, whatever happens behind.
    staff: the staff's app is served below /can-bo. province: ASCII slug as in data/province/. secret: key that signs conversation ids; never printed.
    database_url: None = SQLite below var. public_url: how citizens reach this server, no slash at the end; "" = not told.
    origins: other sites that may embed the widget and call the API ("https://portal.example"). keep_days: texts, masked, in days.
    proxies: reverse proxies whose X-Forwarded-For is believed; none by default.
    status_url: the office's system for the status of applications (case_status_http.py); None = citizens look it up themselves.
    data_key: key that seals contacts and tokens at rest; never printed.
    open_data: daily counts are published below /du-lieu-mo/; open_data_licence: under which licence, as told to readers.
    """

    port: int
    host: str
    var: Path
    province: str
    test_clock: bool
    staff: bool
    rate_limit: int
    engine_timeout: float
    engines: int
    log_level: str
    database_url: str | None = field(repr=False)
    public_url: str
    origins: tuple[str, ...]
    proxies: tuple[Network, ...]
    keep_days: int
    status_url: str | None
    status_token: str | None = field(repr=False)
    secret: bytes = field(repr=False)
    data_key: bytes = field(repr=False)
    open_data: bool = False
    open_data_licence: str = ""


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingsError; writes nothing but var/ and, for keys that are unset, var/secret and var/data_key (mode 0600)."""
    var = Path(env.get("MOT_CUA_VAR") or ROOT / "var").absolute()
    return Settings(
        port=_number(env, "PORT", 8080, int, 1, 65535),
        host=env.get("MOT_CUA_HOST") or "127.0.0.1",
        var=var,
        province=_matching(env, "MOT_CUA_PROVINCE", DEFAULT, SLUG.pattern, f"an ASCII slug such as {DEFAULT}"),
        test_clock=_matching(env, "MOT_CUA_TEST_CLOCK", "0", r"[01]", "0 or 1") == "1",
        staff=_matching(env, "MOT_CUA_STAFF", "1", r"[01]", "0 or 1") == "1",
        rate_limit=_number(env, "MOT_CUA_RATE_LIMIT", 60, int, 0, 100_000),
        engine_timeout=_number(env, "MOT_CUA_ENGINE_TIMEOUT", 8.0, float, 0.5, 120),
        engines=_number(env, "MOT_CUA_ENGINES", min(2, os.cpu_count() or 1), int, 1, 64),
        log_level=_matching(
            env,
            "MOT_CUA_LOG_LEVEL",
            "warning",
            r"debug|info|warning|error",
            "debug, info, warning or error",
        ),
        database_url=(env.get("DATABASE_URL") or "").strip() or None,
        public_url=_matching(env, "MOT_CUA_PUBLIC_URL", "", rf"({_ORIGIN}(/[\w/-]*)?)?", "an address such as https://hoi.tinh.example").rstrip("/"),
        origins=_origins(env),
        proxies=_proxies(env),
        keep_days=_number(env, "MOT_CUA_KEEP_DAYS", 30, int, 1, 3650),
        status_url=_matching(env, "MOT_CUA_STATUS_URL", "", rf"({_ORIGIN}(/[\w./-]*)?)?", "an address such as https://hoso.tinh.example/api").rstrip("/") or None,
        status_token=(env.get("MOT_CUA_STATUS_TOKEN") or "").strip() or None,
        secret=_secret(env, "MOT_CUA_SECRET", var / "secret"),
        data_key=_secret(env, "MOT_CUA_DATA_KEY", var / "data_key"),
        open_data=_matching(env, "MOT_CUA_OPEN_DATA", "0", r"[01]", "0 or 1") == "1",
        open_data_licence=" ".join((env.get("MOT_CUA_OPEN_DATA_LICENCE") or "").split())[:200],
    )


def _origins(env: Mapping[str, str]) -> tuple[str, ...]:
    """"https://a.example, https://b.example" → both; each is scheme, host and perhaps port, nothing more."""
    names = tuple(name.strip().rstrip("/").lower() for name in (env.get("MOT_CUA_ORIGINS") or "").split(",") if name.strip())
    for name in names:
        if not re.fullmatch(_ORIGIN, name):
            raise SettingsError(f'MOT_CUA_ORIGINS is "{name}"; expected origins such as https://portal.example, parted by commas')
    return names


def _proxies(env: Mapping[str, str]) -> tuple[Network, ...]:
    text = env.get("MOT_CUA_PROXIES") or ""
    try:
        return read_networks(text)
    except ValueError:
        raise SettingsError(f'MOT_CUA_PROXIES is "{text}"; expected addresses or networks such as 127.0.0.1, 10.2.0.0/16') from None


def _number(env: Mapping[str, str], name: str, default: N, kind: Callable[[str], N], low: N, high: N) -> N:
    text = (env.get(name) or "").strip()
    try:
        value = kind(text) if text else default
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        raise SettingsError(f'{name} is "{text}"; expected a number from {low} to {high}')
    return value


def _matching(env: Mapping[str, str], name: str, default: str, pattern: str, expected: str) -> str:
    value = (env.get(name) or default).strip()
    if not re.fullmatch(pattern, value):
        raise SettingsError(f'{name} is "{value}"; expected {expected}')
    return value


def _secret(env: Mapping[str, str], name: str, path: Path) -> bytes:
    """A key: from the environment, else kept in a file of its own below var/ so that what it signed or sealed survives a restart."""
    given = env.get(name) or ""
    if given:
        if len(given) < MIN_SECRET:
            raise SettingsError(f"{name} has {len(given)} characters; expected {MIN_SECRET} or more")
        return given.encode("utf-8", "surrogateescape")
    var = path.parent
    try:
        var.mkdir(parents=True, exist_ok=True)
        try:
            # O_EXCL: of two servers starting on one var/, one writes and the other reads.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            kept = path.read_bytes().strip()
        else:
            kept = secrets.token_hex(SECRET_BYTES).encode()
            with os.fdopen(handle, "wb") as file:
                file.write(kept)
    except OSError as error:
        raise SettingsError(f'MOT_CUA_VAR is "{var}"; expected a folder that can be written ({error.strerror})') from error
    if len(kept) < MIN_SECRET:
        raise SettingsError(f"{path} holds {len(kept)} bytes; expected {MIN_SECRET} or more; delete it to get a new key")
    return kept
