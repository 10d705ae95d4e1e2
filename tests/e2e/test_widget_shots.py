"""Pictures of the widget for people to look at: SHOTS=folder keeps them, else they lie in the test's folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .fake_api import FakeApi
from .host_pages import Site, host_page
from .measures import clipped, sideways
from .widget_talk import Talk, states

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="replies are scripted; BASE_URL names another server")
WINDOWS = {
    "360": {"size": (360, 740)}, "768": {"size": (768, 1024)}, "1280": {"size": (1280, 800)},
    "200": {"size": (1280, 800), "zoom": 2}, "400": {"size": (1280, 1024), "zoom": 4},
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("mode", ["page", "bubble"])
def test_pictures(visit: Callable[..., Page], site: Site, api: FakeApi, tmp_path: Path, mode: str, window: str, scheme: str) -> None:
    if not os.environ.get("SHOTS") and (mode, window, scheme) not in {("page", "360", "light"), ("bubble", "1280", "dark")}:
        pytest.skip("SHOTS=folder draws all of them")
    folder = Path(os.environ.get("SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page = visit(f"{api.url}/" if mode == "page" else site.put("/", host_page(api.url)), scheme=scheme, **WINDOWS[window])
    talk = Talk(page)
    taken: list[Path] = []
    faults: list[str] = []

    def shoot(state: str) -> None:
        taken.append(folder / f"{mode}-{window}-{scheme}-{len(taken)}-{state}.png")
        page.screenshot(path=taken[-1], animations="disabled")

    if mode == "bubble":
        expect(talk.launcher).to_be_visible()
        shoot("closed")
        talk.open()
    for state in states(talk, api):
        shoot(state)
        faults += [f"{state}: {fault}" for fault in sideways(page) + clipped(page)]
    assert faults == [], "\n".join(faults)
    assert all(path.stat().st_size > 3_000 for path in taken)
