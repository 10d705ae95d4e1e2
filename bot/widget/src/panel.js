/** The panel around a conversation: header with menu, what scrolls, the box. */

import { icon, make, mark, pressable, unseen } from "./dom.js";

/**
 * mode: "bubble" | "page" | "inline". parts: {menu, chat} as built. onClose: null when the panel cannot be closed.
 * Returns {panel, frame, scroll, title, name(title, province)}.
 */
export function buildPanel(mode, site, { menu, chat }, onClose) {
  const { words } = site;
  const page = mode === "page";
  const brand = make("span", { class: "brand" });
  const tagline = make("span", { class: "tagline" });
  const title = make(page ? "h1" : "h2", { id: "title", class: "title", tabindex: mode === "bubble" ? -1 : null }, brand, page && unseen(" – "), page && tagline);
  const close = onClose && pressable({ id: "close", class: "head-button" }, onClose, icon("close"), make("span", { class: "wide-only" }, words.close));
  const skip = page && make("a", { class: "skip", href: "#question" }, words.skip);
  const head = make(page ? "header" : "div", { id: "header", class: "header" }, skip, // in another's page it is no banner
    make("div", { class: "masthead" }, make("div", { class: "column masthead-row" }, mark(), title, menu.box, close)),
    make("div", { class: "strip" }, make("p", { class: "column label" }, words.label)));
  const content = make("div", { class: "column" }, chat.welcome.box, chat.log.box, chat.status.typing);
  const scroll = make(page ? "main" : "div", { class: "scroll" }, content);
  const roles = { page: {}, inline: { role: "region", "aria-labelledby": "title" }, bubble: { role: "dialog", "aria-labelledby": "title" } }[mode];
  const frame = make("div", { class: "frame" }, head, scroll, chat.composer.form, chat.status.spoken, chat.status.note);
  const panel = make("div", { id: "panel", class: "panel", ...roles }, frame);
  if (skip) skip.addEventListener("click", (event) => { event.preventDefault(); chat.composer.focus(); });
  const name = (text, province) => {
    brand.textContent = text;
    tagline.textContent = province ? words.provinceTagline(province) : words.tagline;
  };
  return { panel, frame, scroll, title, name };
}
