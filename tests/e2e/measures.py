"""Measures of what a page draws, shadow roots included: page in, faults out as one line each (none: an empty list)."""

from __future__ import annotations

from playwright.sync_api import Page

DEEP = """
const parentOf = (e) => e.assignedSlot ?? e.parentElement ?? (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null);
const within = (e, box) => { for (; e; e = parentOf(e)) if (e === box) return true; return false; };
function* deep(root = document) {
  for (const e of root.querySelectorAll("*")) { yield e; if (e.shadowRoot) yield* deep(e.shadowRoot); }
}
function deepActive() { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e; }
function deepAt(x, y) {
  let e = document.elementFromPoint(x, y);
  while (e?.shadowRoot) { const inner = e.shadowRoot.elementFromPoint(x, y); if (!inner || inner === e) break; e = inner; }
  return e;
}
const words = (e) => (e.textContent ?? "").trim().replace(/\\s+/g, " ").slice(0, 40);
const label = (e) => `<${e.localName}${e.id ? "#" + e.id : ""}${typeof e.className === "string" && e.className ? "." + e.className.replace(/\\s+/g, ".") : ""}> ${words(e)}`;
const drawn = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0;
/** Only for screen readers: cut to a pixel on purpose. */
const forEars = (e) => { for (; e; e = parentOf(e)) { const r = e.getBoundingClientRect(), s = getComputedStyle(e);
  if (s.position === "absolute" || s.position === "fixed") {
    if (r.width <= 2 || r.height <= 2 || s.clipPath.startsWith("inset(50%") || s.clip.startsWith("rect(0px, 0px")) return true; } } return false; };
"""


def deep(page: Page, script: str, argument: object = None):
    """Evaluate the body of a function `(argument) => {...}` that may use DEEP's helpers."""
    return page.evaluate(f"(argument) => {{ {DEEP} {script} }}", argument)


def sideways(page: Page) -> list[str]:
    """The page or a scrolling part of it can be scrolled sideways, or something drawn sticks out of the window's width."""
    return deep(page, """
      const out = [], width = document.documentElement.clientWidth;
      const roller = document.scrollingElement;
      if (roller.scrollWidth > roller.clientWidth) out.push(`page ${roller.scrollWidth} > ${roller.clientWidth}`);
      for (const e of deep()) {
        if (!drawn(e) || forEars(e)) continue;
        const r = e.getBoundingClientRect(), s = getComputedStyle(e);
        if (e !== roller && e !== document.body && /auto|scroll/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
          out.push(`scrolls ${e.scrollWidth} > ${e.clientWidth}: ${label(e)}`);
        if (r.left < -1 || r.right > width + 1) out.push(`sticks out ${Math.round(r.left)}..${Math.round(r.right)} of ${width}: ${label(e)}`);
      }
      return out;""")


def clipped(page: Page) -> list[str]:
    """Text that is drawn outside the box of a part that cuts what does not fit; scrolling parts cut sideways only."""
    return deep(page, """
      const out = [], range = document.createRange();
      for (const e of deep()) {
        if (!drawn(e) || forEars(e)) continue;
        for (const node of e.childNodes) {
          if (node.nodeType !== 3 || !node.data.trim()) continue;
          range.selectNodeContents(node);
          const rects = [...range.getClientRects()].filter((r) => r.width > 1);
          if (!rects.length) continue;
          const left = Math.min(...rects.map((r) => r.left)), right = Math.max(...rects.map((r) => r.right));
          const top = Math.min(...rects.map((r) => r.top)), bottom = Math.max(...rects.map((r) => r.bottom));
          for (let box = e; box; box = parentOf(box)) {
            const s = getComputedStyle(box), b = box.getBoundingClientRect();
            if (s.overflowX !== "visible" && s.display !== "inline" && (left < b.left - 2 || right > b.right + 2))
              { out.push(`cut sideways by ${label(box).split(" ")[0]}: ${label(e)}`); break; }
            if (/hidden|clip/.test(s.overflowY) && s.display !== "inline" && box !== document.body && box !== document.documentElement
                && (top < b.top - 4 || bottom > b.bottom + 4) && !scrollsBetween(e, box))
              { out.push(`cut in height by ${label(box).split(" ")[0]}: ${label(e)}`); break; }
            if (s.position === "fixed") break;
          }
        }
      }
      function scrollsBetween(e, box) { for (; e && e !== box; e = parentOf(e)) if (/auto|scroll/.test(getComputedStyle(e).overflowY)) return true; return false; }
      return out;""")


def small_targets(page: Page, least: float, selector: str = "button, [role=button], summary, input, textarea, select, a[href]") -> list[str]:
    """What can be pressed and is smaller than `least` CSS pixels in a direction. Links within a sentence are exempt (2.5.8).

    A radio or a tick box counts with its label, which can be pressed as well.
    """
    return deep(page, """
      const [least, selector] = argument, out = [];
      for (const e of deep()) {
        if (!e.matches(selector) || !drawn(e) || e.closest("[inert]") || e.disabled) continue;
        const inSentence = e.localName === "a" && getComputedStyle(e).display === "inline";
        if (inSentence) continue;
        const boxes = [e, ...(e.matches("[type=radio], [type=checkbox]") ? e.labels ?? [] : [])].map((one) => one.getBoundingClientRect());
        const width = Math.max(...boxes.map((b) => b.width)), height = Math.max(...boxes.map((b) => b.height));
        if (forEars(e) && boxes.length < 2) continue;
        if (Math.min(width, height) < least - 0.5) out.push(`${Math.round(width)}x${Math.round(height)}: ${label(e)}`);
      }
      return out;""", [least, selector])


def room_to_read(page: Page, selector: str = "[role=log]") -> float:
    """Share of the window's height in which the log can be read (0 to 1), sampled down the middle."""
    return deep(page, """
      let seen = 0; const all = 40, log = [...deep()].find((e) => e.matches(argument));
      if (!log) return 0;
      const middle = log.getBoundingClientRect(), x = middle.left + middle.width / 2;
      for (let n = 0; n < all; n++) { const e = deepAt(x, (n + 0.5) * innerHeight / all); if (e && within(e, log)) seen++; }
      return seen / all;""", selector)


def pale(page: Page) -> list[str]:
    """Text below 4.5:1 on its ground (large text 3:1), by the colours that are painted; what is disabled is exempt (1.4.3).

    For forced colours, where axe-core is misled: it reads -webkit-text-fill-color, which Chromium leaves as the author wrote it.
    """
    return deep(page, """
      const rgb = (text) => { const v = text.match(/[\\d.]+/g).map(Number); return v.length < 4 ? [...v, 1] : v; };
      const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
      const canvas = (() => { const e = document.createElement("div"); e.style.color = "Canvas"; document.body.append(e);
        const c = rgb(getComputedStyle(e).color); e.remove(); return c; })();
      const ground = (e) => { for (; e; e = parentOf(e)) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return canvas; };
      const out = [];
      for (const e of deep()) {
        if (!drawn(e) || forEars(e) || e.closest(":disabled, [aria-disabled=true]")) continue;
        if (e.localName !== "textarea" && ![...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const s = getComputedStyle(e), size = parseFloat(s.fontSize), big = size >= 24 || (size >= 18.66 && s.fontWeight >= 700);
        const [a, b] = [light(rgb(s.color)), light(ground(e))].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
        if (ratio < (big ? 3 : 4.5)) out.push(`${ratio.toFixed(2)}:1 ${label(e)}`);
      }
      return out;""")


SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"


def space_text(page: Page) -> None:
    """The text spacing of WCAG 1.4.12, in the page and in every shadow root, as citizens' bookmarklets do it."""
    deep(page, """
      const sheet = new CSSStyleSheet(); sheet.replaceSync(argument);
      for (const root of [document, ...[...deep()].map((e) => e.shadowRoot).filter(Boolean)]) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    """, SPACING)


def text_size(page: Page, pixels: int) -> None:
    """The browser's own text size setting (16 is usual; 32 is 200 %), which a page must follow (1.4.4)."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})
