"""axe-core finds nothing on any state of the widget, at two widths, in light, dark and forced colours, nor on our pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bot.gateway import harness

from .axe import require_axe, run, violations
from .fake_api import FakeApi
from .host_pages import Site, host_page
from .measures import pale
from .widget_talk import Talk, states

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="replies are scripted; BASE_URL names another server")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
COLOURS = ("color-contrast", "link-in-text-block")
"""Rules that a change of colours alone can break."""
PATHS = ("/", "/chat", "/nhung", "/quyen-rieng-tu", "/lien-he", "/thu-tuc/1.001193", "/thu-tuc/1.001193/checklist")
MUST_RUN = {"color-contrast", "button-name", "label", "aria-allowed-role", "target-size", "document-title", "html-has-lang"}
"""Rules that apply to an open widget: were they not run, the others' silence would prove nothing."""


def test_axe_finds_nothing_in_any_state_of_the_page(visit: Callable[..., Page], api: FakeApi) -> None:
    page = visit(f"{api.url}/")
    found = [f"{state}: {line}" for state in states(Talk(page), api) for line in _in_all_looks(page)]
    assert found == [], "\n".join(found)


def test_axe_finds_nothing_in_any_state_of_the_bubble(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url)))
    talk = Talk(page)
    expect(talk.launcher).to_be_visible()
    found = [f"closed: {line}" for line in _in_all_looks(page)]
    talk.open()
    found += [f"{state}: {line}" for state in states(talk, api) for line in _in_all_looks(page)]
    assert found == [], "\n".join(found)


def test_axe_looks_into_the_shadow_root_and_runs_the_rules_that_matter(visit: Callable[..., Page], api: FakeApi) -> None:
    page = visit(f"{api.url}/")
    talk = Talk(page)
    talk.ask()
    assert MUST_RUN - set(run(page)["passed"]) == set()
    talk.box.evaluate("(box) => { const fault = document.createElement('button'); box.after(fault); }")
    assert any(line.startswith("button-name") and "mot-cua-chat" in line for line in violations(page))


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real gateway over two small records."""
    with harness.running(Path(tmp_path_factory.mktemp("axe"))) as running:
        yield running.base


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_our_pages(visit: Callable[..., Page], gateway: str, path: str) -> None:
    require_axe()
    page = visit("about:blank")
    response = page.goto(f"{gateway}{path}")
    assert response and response.ok
    found = _in_all_looks(page)
    assert found == [], "\n".join(found)


FITTED = """([width, height]) => new Promise((done) => {
  const send = document.querySelector("mot-cua-chat")?.shadowRoot?.querySelector("#send");
  const fits = innerWidth === width && innerHeight === height && Math.abs(visualViewport.height - height) < 1
    && (!send || !send.offsetParent || send.getBoundingClientRect().bottom <= height);
  requestAnimationFrame(() => requestAnimationFrame(() => done(fits)));
})"""
"""The window has the size asked for, the panel stands within it, and two frames were drawn since. A busy machine says the
size of before for a while, by which the panel of before fits."""


def _in_all_looks(page: Page) -> list[str]:
    """All rules at both widths, those of colours also in the dark; contrast in forced colours. The page is left as it was."""
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.wait_for_function(FITTED, arg=[size["width"], size["height"]])
        found += [f"{size['width']}: {line}" for line in violations(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in violations(page, only=COLOURS)]
    page.emulate_media(forced_colors="active")
    found += [f"forced, dark: {line}" for line in pale(page)]
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += [f"forced, light: {line}" for line in pale(page)]
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found
