/** Above the box: why a question was not answered, how long to wait, sending again, the way to the plain page. */

import { make, pressable } from "./dom.js";

const PLAIN_AFTER = 2; // failures in a row

export class Banner {
  /** onResend: the button; onFree: the server takes messages again. */
  constructor(words, site, onResend, onFree) {
    this.words = words;
    this.onFree = onFree;
    this.kind = null; // null | "offline" | "failure"
    this.failures = 0;
    this.waitUntil = 0; // Date.now() from which the server takes messages again (429)
    this.text = make("p", { id: "banner-text", role: "alert" });
    this.countdown = make("p", { id: "countdown", role: "timer", "aria-live": "off" });
    this.resend = pressable({ id: "resend", class: "secondary strong" }, onResend, words.resend);
    this.plain = make("a", { id: "plain-page", href: site.href("/chat#don-gian"), hidden: true }, words.plainPage);
    this.box = make("div", { id: "banner", class: "banner", hidden: true },
      make("div", { class: "banner-words" }, this.text, this.countdown), make("div", { class: "banner-ways" }, this.resend, this.plain));
  }

  get waiting() {
    return Date.now() < this.waitUntil;
  }

  open(text, kind, mayResend) {
    this.kind = kind;
    this.box.hidden = false;
    this.text.textContent = text;
    this.resend.hidden = !mayResend;
    this.plain.hidden = this.failures < PLAIN_AFTER;
  }

  close() {
    this.kind = null;
    this.box.hidden = true;
    this.text.textContent = "";
    this.countdown.textContent = "";
  }

  /** A question failed: say so. failure: see Failure. */
  fail(failure) {
    this.failures += 1;
    this.open(failure.message, failure.offline ? "offline" : "failure", failure.retry);
    if (failure.wait) this.wait(failure.wait);
  }

  wait(seconds) {
    this.waitUntil = Date.now() + seconds * 1000;
    clearInterval(this.timer);
    const tick = () => {
      const left = Math.ceil((this.waitUntil - Date.now()) / 1000);
      this.countdown.textContent = left > 0 ? this.words.countdown(left) : this.words.mayResend;
      if (left > 0) return;
      clearInterval(this.timer);
      this.onFree(this.words.mayResend);
    };
    tick();
    this.timer = setInterval(tick, 1000);
  }
}
