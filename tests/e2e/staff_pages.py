"""Every section of the staff app opened one after the other: a signed-in window in, what breaks a rule of access or a phone's width out."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from . import axe
from .measures import sideways, small_targets
from .staff_office import Office

PAGES = (
    "/", "/me", "/queue?state=all", "/explain?q=đăng ký kết hôn cần gì", "/procedures", "/procedures/1.000894", "/procedures/1.000894/preview",
    "/procedures/expiring", "/procedures/warnings", "/content", "/content/edit?path=families.yml", "/content/import", "/content/history?path=families.yml", "/faq", "/faq/new",
    "/phrasings", "/phrasings?code=1.000894", "/nlu", "/nlu/ask_fees", "/texts", "/offices", "/holidays", "/imports", "/publish", "/publish/new",
    "/switches", "/figures", "/figures/month", "/figures/sample", "/people", "/audit", "/no-such-page",
)
LINKED = {
    "/queue?state=all": "/can-bo/queue/", "/publish": "/can-bo/publish/", "/people": "/can-bo/people/", "/texts": "/can-bo/texts/",
    "/offices": "/can-bo/offices/", "/content/history?path=families.yml": "/can-bo/content/revision/", "/faq": "/can-bo/faq/edit",
}
"""Lists -> where links to one of their rows begin: the first of each is looked at too."""


def faults_of_all(office: Office, page: Page) -> list[str]:
    """page: of somebody with every role. One line each, with its address."""
    axe.require_axe()
    found: list[str] = []
    waiting = list(PAGES)
    while waiting:
        at = waiting.pop(0)
        page.goto(f"{office.base}/can-bo{at}")
        found += [f"{at}: {line}" for line in faults_of(page)]
        office.shoot(page, "section" + re.sub(r"\W+", "-", at))
        waiting += linked(page, at)
    return found


def faults_of(page: Page) -> list[str]:
    """axe in light, colours in dark; on a phone nothing wider than it and nothing too small to tap."""
    found = axe.violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in axe.violations(page, only=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    # Wide figures roll inside a box of their own, which takes the keyboard's focus.
    found += [f"at 360 px: {line}" for line in sideways(page) if line.startswith("page ")]
    found += [f"at 360 px: {line}" for line in small_targets(page, 24)]
    page.set_viewport_size(size)
    return found


def linked(page: Page, at: str) -> list[str]:
    """The first row that a list links to; of a cluster also the form that resolves it."""
    if at not in LINKED:
        return []
    links = page.locator(f"main a[href^='{LINKED[at]}']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    rows = [link.removeprefix("/can-bo") for link in links if not link.endswith("/new")][:1]
    return rows + [f"{row}/resolve?how=faq" for row in rows if row.startswith("/queue/")]
