/** Before the first message: who answers, what is kept, what people often ask. */

import { make, newTab, pressable } from "./dom.js";

const MOST = 6;

export class Welcome {
  /** site: {words, href, level, lang}. tap(question, event): a suggestion was chosen. */
  constructor(site, tap) {
    Object.assign(this, { site, tap });
    this.box = make("section", { id: "welcome", class: "welcome", "aria-labelledby": "welcome-title" });
    this.draw({});
  }

  /** info: the body of GET /api/widget, {} for what is built in. */
  draw(info) {
    const { words, level } = this.site;
    const heading = (deeper, id, text) => make(`h${level + deeper}`, { id }, text);
    this.box.replaceChildren(
      heading(0, "welcome-title", words.welcome),
      make("p", {}, words.welcomeText),
      this.notice(info),
      heading(1, "suggestions-title", words.suggestions),
      make("ul", { id: "examples", class: "choices examples", role: "list", "aria-labelledby": "suggestions-title" }, ...this.suggestions(info)),
      make("p", { class: "aside" }, textOf(info.office?.text) ?? words.office),
    );
  }

  notice(info) {
    const { words, href } = this.site;
    const days = Number.isInteger(info.keep_days) ? info.keep_days : 30;
    return make("div", { class: "privacy", role: "note", "aria-label": words.noticeTitle }, make("p", {}, noticeOf(info, this.site) ?? words.notice(days)),
      make("p", {}, newTab(href(privacyPath(info)), words.privacy, words)));
  }

  suggestions(info) {
    const usable = (one) => textOf(one?.title) && textOf(one?.message);
    const told = (Array.isArray(info.suggestions) ? info.suggestions : []).filter(usable).slice(0, MOST);
    const shown = told.length ? told : this.site.words.suggested.map((text) => ({ title: text, message: text }));
    return shown.map(({ title, message }) =>
      make("li", {}, pressable({ class: "choice", lang: "vi" }, (event) => this.tap({ message, title, typed: null }, event), title)));
  }
}

export const textOf = (value) => (typeof value === "string" && value.trim() ? value.trim() : null);

/** The server's notice, which is Vietnamese: only where the element speaks Vietnamese too. */
export const noticeOf = (info, site) => (site.lang === "vi" ? textOf(info.notice?.text) : null);

/** The path of the page on privacy; only a path is believed. */
export const privacyPath = (info) => (/^\/[\w/-]*$/.test(info.notice?.privacy ?? "") ? info.notice.privacy : "/quyen-rieng-tu");
