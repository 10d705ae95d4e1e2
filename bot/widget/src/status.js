/** What is going on, in words: the typing line that everybody sees, and the line that only screen readers meet. */

import { make } from "./dom.js";

const TYPING_AFTER_MS = 400; // a quick answer needs no "searching"
const STILL_TYPING_MS = 8_000;
const SAY_AFTER_MS = 50;
const FLASH_MS = 4_000;

export class Status {
  constructor(words) {
    this.words = words;
    this.typing = make("p", { id: "typing", class: "typing", role: "status" });
    this.spoken = make("p", { id: "status", class: "visually-hidden", role: "status" });
    this.note = make("p", { class: "flash", "aria-hidden": "true", hidden: true });
    this.timers = [];
  }

  /** Shown for a moment to those who see; `announce` says the same to those who hear. */
  flash(text) {
    clearTimeout(this.noteTimer);
    this.note.textContent = text;
    this.note.hidden = false;
    this.noteTimer = setTimeout(() => { this.note.hidden = true; }, FLASH_MS);
  }

  /** Said by screen readers, shown nowhere. An emptied region speaks again even when the words are the same. */
  announce(text) {
    this.spoken.textContent = "";
    setTimeout(() => { this.spoken.textContent = text; }, SAY_AFTER_MS);
  }

  /** onShow: called when the line appears, so that it can be scrolled to. */
  start(onShow) {
    this.stop();
    const first = () => { this.show(this.words.typing); onShow(); };
    this.timers = [setTimeout(first, TYPING_AFTER_MS), setTimeout(() => this.show(this.words.still), STILL_TYPING_MS)];
  }

  retrying() {
    this.timers.forEach(clearTimeout);
    this.show(this.words.retrying);
  }

  show(text) {
    const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    this.typing.replaceChildren(dots, make("span", {}, text));
  }

  stop() {
    this.timers.forEach(clearTimeout);
    this.timers = [];
    this.typing.replaceChildren();
  }
}
