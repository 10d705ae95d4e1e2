from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot.gateway.settings import SettingsError, read_settings


def test_defaults(tmp_path: Path) -> None:
    settings = read_settings({"MOT_CUA_VAR": str(tmp_path)})
    assert (settings.port, settings.host, settings.province, settings.test_clock) == (8080, "127.0.0.1", "ca-mau", False)
    assert (settings.rate_limit, settings.engine_timeout, settings.engines) == (60, 8.0, min(2, os.cpu_count() or 1))


def test_secret_is_kept_private_and_never_shown(tmp_path: Path) -> None:
    first, second = (read_settings({"MOT_CUA_VAR": str(tmp_path / "new")}) for _ in range(2))
    assert first.secret == second.secret and len(first.secret) == 64
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600
    assert first.secret.decode() not in repr(first)


def test_secret_from_the_environment_wins(tmp_path: Path) -> None:
    assert read_settings({"MOT_CUA_VAR": str(tmp_path), "MOT_CUA_SECRET": "x" * 16}).secret == b"x" * 16
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize(("name", "value"), [
    ("PORT", "0"), ("PORT", "http"), ("PORT", "70000"), ("MOT_CUA_RATE_LIMIT", "-1"), ("MOT_CUA_ENGINES", "0"),
    ("MOT_CUA_ENGINE_TIMEOUT", "nan"), ("MOT_CUA_ENGINE_TIMEOUT", "0"), ("MOT_CUA_TEST_CLOCK", "yes"),
    ("MOT_CUA_PROVINCE", "../etc"), ("MOT_CUA_SECRET", "short"), ("MOT_CUA_LOG_LEVEL", "loud"),
])
def test_a_bad_value_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({"MOT_CUA_VAR": str(tmp_path), name: value})


def test_var_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="MOT_CUA_VAR"):
        read_settings({"MOT_CUA_VAR": str(tmp_path / "file")})
