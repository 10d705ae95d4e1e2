/** The box in which a question is written: it grows, counts, leaves Enter to input methods, and never loses text. */

import { icon, make } from "./dom.js";
import { joinedText, lengthOf } from "./text.js";

const WARN_BELOW = 200; // characters left from which on the counter shows

export class Composer {
  /** onSubmit(): Enter or the button. onChange(): the text has changed. announce(text): for screen readers. */
  constructor(words, banner, { onSubmit, onChange, announce }) {
    Object.assign(this, { words, onSubmit, onChange, announce });
    this.limit = 2000; // characters after NFC, as the server counts them
    this.level = "";
    this.busy = false;
    this.input = make("textarea", {
      id: "question", rows: 1, autocomplete: "off", autocapitalize: "sentences", enterkeyhint: "send", placeholder: words.placeholder,
      "aria-describedby": "hint counter",
    });
    this.sendButton = make("button", { id: "send", class: "send", type: "submit" }, icon("send"), make("span", {}, words.send));
    this.counter = make("span", { id: "counter", class: "counter" });
    const label = make("label", { for: "question" }, words.question);
    const under = make("p", { class: "under" }, make("span", { id: "hint" }, words.hint), this.counter);
    const box = make("div", { class: "box" }, this.input, this.sendButton);
    this.form = make("form", { id: "composer", class: "composer", "aria-label": words.composer, autocomplete: "off" },
      make("div", { class: "column" }, banner, label, box, under));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.focus(); onSubmit(); });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("input", () => this.changed());
  }

  get value() {
    return this.input.value;
  }

  set value(text) {
    this.input.value = text;
    this.measure();
  }

  get tooLong() {
    return lengthOf(this.value) > this.limit;
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Text that could not be sent comes back before what was typed meanwhile. */
  giveBack(text) {
    this.value = joinedText(text, this.value);
  }

  changed() {
    this.measure();
    this.onChange();
  }

  /** Height, counter and button as the text wants them. */
  measure() {
    this.input.style.height = "auto"; // grows with its text; the style sheet stops it at five lines
    if (this.input.scrollHeight) this.input.style.height = `${this.input.scrollHeight + 2}px`;
    const left = this.limit - lengthOf(this.value);
    const level = left < 0 ? "over" : left <= WARN_BELOW ? "near" : "";
    this.counter.textContent = level === "over" ? this.words.over(-left) : level ? this.words.left(left) : "";
    this.counter.classList.toggle("is-over", level === "over");
    this.input.setAttribute("aria-invalid", String(level === "over"));
    if (level && level !== this.level) this.announce(this.counter.textContent); // at the two thresholds, not at every key
    this.level = level;
    this.refresh(this.busy);
  }

  /** busy: nothing can be sent now. */
  refresh(busy) {
    this.busy = busy;
    this.sendButton.setAttribute("aria-disabled", String(busy || this.tooLong));
  }

  onKey(event) {
    // While an input method composes a Vietnamese letter, Enter belongs to it (229: Safari says so only there).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.onSubmit();
  }
}
