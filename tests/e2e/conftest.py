"""Fixtures: a browser (Debian's Chromium), the fake API or a real server, and a page that is watched for faults.

BASE_URL=http://localhost:8080 runs the tests that fit any server against that one; those with scripted replies are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .fake_api import FakeApi, serving
from .visitor import _site, site, visit  # noqa: F401 - fixtures

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
BASE_URL = os.environ.get("BASE_URL", "").rstrip("/")


@pytest.fixture(scope="package")
def browser() -> Iterator:
    """One Chromium for the tests of this folder. Missing: a reason to skip on a desk, a failure in CI.

    It ends with the folder: Playwright keeps its event loop running in this thread, and beside that no other test can start one.
    """
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing (apt-get install chromium, or CHROMIUM=/path)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _fake() -> Iterator[FakeApi]:
    with serving() as fake:
        yield fake


@pytest.fixture
def api(_fake: FakeApi) -> FakeApi:
    """The fake API without yesterday's script. Tests that ask for it cannot run against a real server."""
    if BASE_URL:
        pytest.skip("replies are scripted; BASE_URL names a real server")
    _fake.reset()
    return _fake


@pytest.fixture
def base_url(request: pytest.FixtureRequest) -> str:
    """Where the page is: BASE_URL, or the fake."""
    return BASE_URL or request.getfixturevalue("api").url


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Parametrize indirectly with (width, height); a phone by default."""
    width, height = getattr(request, "param", (360, 740))
    return {"width": width, "height": height}


@pytest.fixture
def page(browser, base_url: str, viewport: dict[str, int]) -> Iterator:
    """The chat page, opened. Afterwards: no error on the console, no uncaught exception, no request to another host."""
    context = browser.new_context(viewport=viewport, locale="vi-VN", reduced_motion="reduce", service_workers="block")
    context.set_default_timeout(15_000 if BASE_URL else 5_000)
    page = context.new_page()
    faults: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda error: faults.append(f"exception: {error}"))
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{base_url}/")
    yield page
    context.close()
    # Chromium itself logs every refused or failed request; the page may not log anything.
    assert [fault for fault in faults if not fault.startswith("Failed to load resource")] == []
    assert hosts == {urlsplit(base_url).netloc}
