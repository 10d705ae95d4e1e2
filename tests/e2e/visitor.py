"""Fixtures: a portal on another origin, and visits of citizens, each in a browser of its own that is watched for faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .fake_api import FakeApi
from .host_pages import Site, hosting

PATIENCE = 10_000
"""Milliseconds for anything to appear; generous, the machine may be busy."""


@dataclass
class Visit:
    """One citizen's browser. forgive: how lines may begin that Chromium itself logs; faults: other lines and exceptions; hosts: spoken to."""

    context: BrowserContext
    forgive: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def page(self) -> Page:
        """A new tab, watched."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))
        page.on("console", lambda line: self._heard(line.type, line.text))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname or ""))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(("Failed to load resource", *self.forgive)):
            self.faults.append(text)


@pytest.fixture(scope="session")
def _site() -> Iterator[Site]:
    with hosting() as site:
        yield site


@pytest.fixture
def site(_site: Site, api: FakeApi) -> Site:
    """The portal without yesterday's pages; the API knows its address."""
    _site.pages.clear()
    api.origins = {_site.url}
    return _site


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """visit(address, (width, height)) opens a page. Afterwards: no fault, no cookie, no request to any other host.

    scheme: "light" or "dark"; forgive: what Chromium may say because the test wants it to refuse something;
    forced: forced colours; zoom: of the browser, 1 = 100 % (the window stays, the CSS pixels get fewer).
    """
    visits: list[Visit] = []
    expect.set_options(timeout=PATIENCE)

    def visit(address: str, size: tuple[int, int] = (360, 740), *, scheme: str = "light", forced: bool = False, zoom: float = 1,
              forgive: tuple[str, ...] = ()) -> Page:
        context = browser.new_context(
            viewport={"width": int(size[0] / zoom), "height": int(size[1] / zoom)}, device_scale_factor=zoom, locale="vi-VN",
            color_scheme=scheme, forced_colors="active" if forced else "none", reduced_motion="reduce", service_workers="block",
        )
        context.set_default_timeout(PATIENCE)
        visits.append(Visit(context, forgive))
        page = visits[-1].page()
        page.goto(address)
        return page

    yield visit
    cookies = [cookie["name"] for one in visits for cookie in one.context.cookies()]
    for one in visits:
        one.context.close()
    faults = [fault for one in visits for fault in one.faults]
    assert faults == [], "\n".join(faults)
    assert set().union(*(one.hosts for one in visits)) <= {"127.0.0.1", "localhost"}
    assert cookies == []
