"""Environment variables of Zalo in, one frozen ZaloSettings out, or None when there are none."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.gateway.settings import SettingsError

NAMES = ("ZALO_APP_ID", "ZALO_OA_ID", "ZALO_APP_SECRET", "ZALO_OA_SECRET_KEY")
BOT_NAMES = ("ZALO_BOT_TOKEN", "ZALO_BOT_SECRET")
_ADDRESS = r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"


@dataclass(frozen=True, slots=True)
class ZaloSettings:
    """app_secret: for OAuth. oa_secret_key: of the webhook's signatures. "" in all four of an OA, or in both of a bot: not used.

    buttons: choices are sent as buttons, too. paid: answers between 48 hours and 7 days, which Zalo charges for, are sent.
    unsigned: "drop" answers 200 and forgets, "refuse" answers 401. verifier: the code in the name of the file by which Zalo checks
    whose the domain is; "" = no such file.
    """

    app_id: str
    oa_id: str
    app_secret: str = field(repr=False)
    oa_secret_key: str = field(repr=False)
    api_url: str
    oauth_url: str
    buttons: bool
    paid: bool
    unsigned: str
    bot_token: str = field(repr=False)
    bot_secret: str = field(repr=False)
    bot_api_url: str
    verifier: str


def read_zalo_settings(env: Mapping[str, str] = os.environ) -> ZaloSettings | None:
    """None: neither an OA nor a bot is set up. Raises SettingsError, also when only some of what belongs together is there."""
    oa, robot = _together(env, NAMES), _together(env, BOT_NAMES)
    if not any(oa) and not any(robot):
        return None
    return ZaloSettings(
        *oa,
        api_url=_matching(env, "ZALO_API_URL", "https://openapi.zalo.me", _ADDRESS, "an address"),
        oauth_url=_matching(env, "ZALO_OAUTH_URL", "https://oauth.zaloapp.com", _ADDRESS, "an address"),
        buttons=_matching(env, "ZALO_BUTTONS", "0", "[01]", "0 or 1") == "1",
        paid=_matching(env, "ZALO_PAID", "0", "[01]", "0 or 1") == "1",
        unsigned=_matching(env, "ZALO_UNSIGNED", "drop", "drop|refuse", "drop or refuse"),
        bot_token=robot[0],
        bot_secret=robot[1],
        bot_api_url=_matching(env, "ZALO_BOT_API_URL", "https://bot-api.zaloplatforms.com", _ADDRESS, "an address"),
        verifier=_matching(env, "ZALO_VERIFIER", "", r"[\w-]{0,80}", "the code of zalo_verifier<code>.html"),
    )


def _together(env: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    values = tuple((env.get(name) or "").strip() for name in names)
    missing = [name for name, value in zip(names, values) if not value]
    if missing and len(missing) < len(names):
        raise SettingsError(f'{missing[0]} is ""; expected a value, since other settings of Zalo are there')
    return values


def _matching(env: Mapping[str, str], name: str, default: str, pattern: str, expected: str) -> str:
    value = (env.get(name) or default).strip().rstrip("/")
    if not re.fullmatch(pattern, value):
        raise SettingsError(f'{name} is "{value}"; expected {expected}')
    return value
