/** The bubble: a button in the corner that opens the panel beside the page, or over it where the screen is small. */

import { icon, make, pressable } from "./dom.js";
import { FULL_SCREEN } from "./viewport.js";

const FOCUSABLE = "a[href], button:not(:disabled), textarea, input, summary";

export class Dock {
  /** panel: role dialog. onOpen(), onClose(): after it has. */
  constructor(words, panel, onOpen, onClose) {
    Object.assign(this, { words, panel, onOpen, onClose });
    this.pageOverflow = "";
    this.unread = 0;
    this.badge = make("span", { class: "badge", "aria-hidden": "true", hidden: true });
    this.news = make("span", { id: "news", class: "visually-hidden" });
    this.launcher = pressable({ class: "launcher", "aria-expanded": "false", "aria-controls": panel.id, "aria-describedby": "news" }, () => this.toggle(),
      icon("chat"), make("span", { class: "launcher-words" }, words.launcher), this.badge);
    this.news.setAttribute("role", "status");
    this.full = matchMedia(FULL_SCREEN);
    this.panel.hidden = true;
    this.panel.addEventListener("keydown", (event) => this.onKey(event));
    this.full.addEventListener("change", () => this.arrange());
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    this.panel.hidden = false;
    this.launcher.setAttribute("aria-expanded", "true");
    this.count(0);
    this.arrange();
    this.onOpen();
  }

  close() {
    this.panel.hidden = true;
    this.launcher.setAttribute("aria-expanded", "false");
    this.arrange();
    this.onClose();
    this.launcher.focus();
  }

  /** Answers came: counted while nobody looks. */
  answered(count) {
    if (!this.isOpen) this.count(this.unread + count);
  }

  count(unread) {
    this.unread = unread;
    this.badge.hidden = unread === 0;
    this.badge.textContent = String(unread);
    this.news.textContent = unread ? this.words.unread(unread) : "";
  }

  /** On a small screen nothing of the page is to be seen, so the keys stay in the panel and the page behind does not scroll. */
  arrange() {
    const covers = this.isOpen && this.full.matches;
    this.launcher.hidden = covers;
    this.panel.setAttribute("aria-modal", String(covers));
    const page = document.documentElement.style;
    if (covers && page.overflow !== "hidden") [this.pageOverflow, page.overflow] = [page.overflow, "hidden"];
    else if (!covers && page.overflow === "hidden") page.overflow = this.pageOverflow;
  }

  onKey(event) {
    if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && this.full.matches) {
      this.turn(event);
    }
  }

  /** Tab at the end goes on at the beginning. */
  turn(event) {
    const all = [...this.panel.querySelectorAll(FOCUSABLE)].filter((one) => one.getClientRects().length);
    const [edge, other] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (this.panel.getRootNode().activeElement !== edge) return;
    event.preventDefault();
    other.focus();
  }
}
