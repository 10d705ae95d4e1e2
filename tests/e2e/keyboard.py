"""A citizen without a mouse: where the focus stands, whether it is seen, and where Tab leads."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from .measures import deep

MARGIN = 8
"""Pixels around an element in which its focus ring may be drawn."""
RING = 3.0
"""Contrast of ring against no ring from which eyes see it (1.4.11)."""


@dataclass(frozen=True)
class Stop:
    """Where the focus stands. name: what a screen reader says, roughly; inside: within the widget; box: x, y, width, height."""

    name: str
    tag: str
    inside: bool
    covered: bool
    box: tuple[float, float, float, float]
    by: str


def stop(page: Page) -> Stop:
    """The focused element, through shadow roots. covered: another element lies over its middle, or it is outside the window."""
    return Stop(**deep(page, """
      const e = deepActive() ?? document.body, r = e.getBoundingClientRect();
      const root = e.getRootNode(), by = (e.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => id && root.getElementById?.(id)?.textContent).filter(Boolean);
      const name = by.join(" ") || e.getAttribute("aria-label") || [...(e.labels ?? [])].map((one) => one.textContent).join(" ") || (e === document.body ? "" : e.innerText) || "";
      const at = deepAt(r.x + r.width / 2, r.y + r.height / 2);
      const mine = at && (within(at, e) || [...(e.labels ?? [])].some((one) => within(at, one)));
      return { name: name.trim().replace(/\\s+/g, " ").slice(0, 80), tag: e.localName, inside: root instanceof ShadowRoot,
        covered: e !== document.body && !mine, box: [r.x, r.y, r.width, r.height], by: at ? label(at) : "outside the window" };"""))


def press(page: Page, key: str) -> Stop:
    """Press a key; where the focus stands then."""
    page.keyboard.press(key)
    return stop(page)


def walk(page: Page, key: str = "Tab", until: Callable[[Stop], bool] = lambda one: one.tag == "body", limit: int = 80) -> list[Stop]:
    """Press the key until `until` holds for the stop (which is the last one returned). Raises AssertionError after `limit`."""
    stops: list[Stop] = []
    while len(stops) < limit:
        stops.append(press(page, key))
        if until(stops[-1]):
            return stops
    raise AssertionError(f"{key} leads in circles: {[one.name for one in stops]}")


def tab_to(page: Page, name: str, key: str = "Tab", limit: int = 60) -> Stop:
    """Press the key until the focus stands on something of this name."""
    return walk(page, key, lambda one: one.name == name, limit)[-1]


def ring(page: Page) -> float:
    """How much of the focused element's outline is drawn as a ring: clearly changed pixels per pixel of its perimeter.

    1.0 is a line of one pixel all around. The same screen is photographed with and without focus; handlers of the page
    do not hear of it, so nothing closes meanwhile.
    """
    with_focus = _photograph(page)
    _unfocus(page)
    without = _photograph(page)
    x, y, width, height = deep(page, "const r = window.__kept.getBoundingClientRect(); return [r.x, r.y, r.width, r.height];")
    deep(page, "window.__silent = true; window.__kept.focus({ preventScroll: true, focusVisible: true }); window.__silent = false;")
    rows = slice(max(0, int(y - MARGIN)), int(y + height + MARGIN))
    columns = slice(max(0, int(x - MARGIN)), int(x + width + MARGIN))
    changed = _contrast(with_focus[rows, columns], without[rows, columns]) >= RING
    return float(changed.sum()) / max(1.0, 2 * (width + height))


def _unfocus(page: Page) -> None:
    deep(page, """
      if (!("__silent" in window)) for (const type of ["blur", "focus", "focusin", "focusout"])
        window.addEventListener(type, (event) => { if (window.__silent) event.stopImmediatePropagation(); }, true);
      window.__kept = deepActive(); window.__silent = true; window.__kept.blur(); window.__silent = false;""")


def _photograph(page: Page) -> np.ndarray:
    """float32 (height, width, 3), 0 to 255, in CSS pixels."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot(animations="disabled", scale="css"))).convert("RGB"), dtype=np.float32)


def _contrast(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """WCAG contrast of each pixel against the same one of the other picture, 1 to 21, (height, width)."""
    light = [_luminance(picture) + 0.05 for picture in (one, other)]
    return np.maximum(*light) / np.minimum(*light)


def _luminance(picture: np.ndarray) -> np.ndarray:
    part = picture / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
