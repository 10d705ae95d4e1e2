"""The widget's JavaScript: its unit tests, its style, and the joined script as node reads it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.channels.widget_files import build_script

ROOT = Path(__file__).parent.parent.parent
ESLINT = ROOT / "node_modules" / "eslint" / "bin" / "eslint.js"


def missing(reason: str) -> None:
    """A reason to skip on a desk, a failure in CI."""
    pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("node") is None:
        missing("node is missing (apt-get install nodejs)")
    return subprocess.run(["node", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_unit_tests_pass() -> None:
    files = sorted(str(path.relative_to(ROOT)) for path in Path(__file__).parent.glob("*.test.js"))
    done = node("--test", *files)
    assert done.returncode == 0, done.stdout[-4000:]
    passed = re.search(r"pass (\d+)", done.stdout)
    assert passed and int(passed[1]) >= 25  # a runner that finds no tests passes, too


def test_style_of_sources_and_tests() -> None:
    if not ESLINT.exists():
        missing("eslint is missing (npm ci)")
    done = node(str(ESLINT), "bot/widget", "tests/widget", "eslint.config.js")
    assert done.returncode == 0, done.stdout + done.stderr


def test_joined_script_can_be_read_as_a_classic_script(tmp_path: Path) -> None:
    script = tmp_path / "widget.cjs"
    script.write_bytes(build_script().body)
    done = node("--check", str(script))
    assert done.returncode == 0, done.stderr
