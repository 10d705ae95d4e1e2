/** "Thêm": a button that opens a list of buttons. Esc, a choice, or leaving it closes it. */

import { icon, make, newTab, pressable } from "./dom.js";

const ITEMS = ["erase", "download", "print", "copy", "large", "privacy", "rate"];

export class Menu {
  /** site: {words, href(path)}. choose(name): one of ITEMS was pressed. */
  constructor(site, choose) {
    const { words } = site;
    this.button = pressable({ id: "more", class: "head-button", "aria-expanded": "false", "aria-controls": "menu" }, () => this.toggle(),
      icon("more"), make("span", {}, words.more));
    this.items = new Map(ITEMS.map((name) => [name, pressable({ class: "menu-item" }, () => { this.close(true); choose(name); }, icon(name), make("span", {}, words[name]))]));
    const contact = newTab(site.href("/lien-he"), words.contact, words);
    contact.className = "menu-item";
    contact.prepend(icon("contact"));
    this.items.get("large").setAttribute("aria-pressed", "false");
    this.list = make("ul", { id: "menu", class: "menu", role: "list", "aria-label": words.menu, hidden: true },
      ...[...this.items.values()].map((item) => make("li", {}, item)), make("li", {}, contact));
    this.box = make("div", { class: "menu-box" }, this.button, this.list);
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("focusout", (event) => { if (event.relatedTarget && !this.box.contains(event.relatedTarget)) this.close(); });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
  }

  /** refocus: the focus goes back to the button. */
  close(refocus = false) {
    if (!this.isOpen) return;
    if (refocus) this.button.focus();
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  setLarge(large) {
    this.items.get("large").setAttribute("aria-pressed", String(large));
  }

  onKey(event) {
    if (!this.isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation(); // the panel stays open
      this.close(true);
    } else if (step) {
      event.preventDefault();
      const all = [...this.list.querySelectorAll(".menu-item")];
      const at = all.indexOf(event.target.closest(".menu-item"));
      all[(at + step + all.length) % all.length].focus();
    }
  }
}
