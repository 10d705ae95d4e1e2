/** The messages on the screen: added, taken back, scrolled to; in large type only the newest question unless more is asked for. */

import { make, pressable } from "./dom.js";
import { drawEntry } from "./message.js";

export class Log {
  /** site and hooks: as in drawEntry. scroller(): the element that scrolls just now. */
  constructor(site, hooks, scroller) {
    Object.assign(this, { site, hooks, scroller });
    this.large = false;
    this.showsAll = false;
    this.list = make("div", { id: "log", class: "log", role: "log", "aria-live": "polite", "aria-label": site.words.log });
    this.earlier = pressable({ class: "secondary earlier", hidden: true }, () => this.toggleEarlier(), site.words.earlier);
    this.box = make("div", { class: "log-box" }, this.earlier, this.list);
  }

  get isEmpty() {
    return this.list.childElementCount === 0;
  }

  add(...entries) {
    const articles = entries.map((entry) => drawEntry(entry, this.site, this.hooks));
    this.list.append(...articles);
    return articles;
  }

  /** An old transcript is not news to read out. */
  restore(entries) {
    this.list.setAttribute("aria-busy", "true");
    this.list.replaceChildren();
    this.add(...entries);
    setTimeout(() => this.list.removeAttribute("aria-busy"), 100);
  }

  clear() {
    this.list.replaceChildren();
    this.showsAll = false;
  }

  /** The index of the newest question among the articles, 0 when there is none. */
  newest() {
    return Math.max(0, [...this.list.children].findLastIndex((article) => article.classList.contains("message--user")));
  }

  /** Only what follows the last question may still be tapped, and nothing while a question is on its way. */
  refresh(busy, waiting) {
    const from = this.newest();
    [...this.list.children].forEach((article, n) => {
      article.hidden = this.large && !this.showsAll && n < from;
      for (const button of article.querySelectorAll(".choice")) {
        button.disabled = busy || n < from;
        button.setAttribute("aria-disabled", String(waiting));
      }
    });
    this.earlier.hidden = !this.large || from === 0;
    this.earlier.textContent = this.showsAll ? this.site.words.newestOnly : this.site.words.earlier;
  }

  setLarge(large) {
    this.large = large;
    this.showsAll = false;
  }

  toggleEarlier() {
    this.showsAll = !this.showsAll;
    this.hooks.refresh();
  }

  /** The newest question at the top, so that a long answer is read from its beginning; a short one simply ends the view. */
  showNewest(behavior = "auto") {
    const question = this.list.children[this.newest()];
    const scroller = this.scroller();
    if (!question || !scroller) return;
    const by = question.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTo({ top: scroller.scrollTop + by - 12, behavior });
  }

  /** The end of the log: where a question has just been put. */
  showEnd() {
    const scroller = this.scroller();
    scroller?.scrollTo({ top: scroller.scrollHeight });
  }
}
