/** <mot-cua-chat>: the conversation in a page, in a shadow root of its own, so that neither styles the other. */

import { Actions } from "./actions.js";
import { Api } from "./api.js";
import { Chat } from "./chat.js";
import { Dock } from "./dock.js";
import { make } from "./dom.js";
import { apiBase } from "./links.js";
import { Menu } from "./menu.js";
import { buildPanel } from "./panel.js";
import { Speech } from "./speech.js";
import { storageOf, Store } from "./store.js";
import { dress } from "./styling.js";
import { follow, keepLettersIn } from "./surroundings.js";
import { accentProperties, schemeOf } from "./themes.js";
import { textOf } from "./welcome.js";
import { EN } from "./words_en.js";
import { VI } from "./words_vi.js";

const MODES = ["bubble", "page", "inline"];
const PLAIN = "#don-gian"; // the page's own form without script was asked for

/** script: {base, nonce} of the tag that brought this code. */
export function elementClass(script) {
  return class MotCuaChat extends HTMLElement {
    static observedAttributes = ["accent", "theme", "position", "title"];

    connectedCallback() {
      this.life = new AbortController();
      if (!this.root) this.build();
      this.endLetters = follow(this, this.life.signal);
      this.stepAside();
    }

    disconnectedCallback() {
      this.life.abort();
      this.endLetters();
      this.speech.stop();
      if (this.dock?.isOpen) this.dock.close();
    }

    attributeChangedCallback(name, _, value) {
      if (name === "title" && value !== null) this.takeTitle(value);
      else if (this.root) this.paint();
    }

    build() {
      const mode = MODES.includes(this.getAttribute("mode")) ? this.getAttribute("mode") : "bubble";
      const lang = this.getAttribute("lang") === "en" ? "en" : "vi";
      const base = apiBase(this.getAttribute("api") ?? script.base, document.baseURI) ?? script.base;
      const href = (path) => (base === location.origin ? path : `${base}${path}`);
      const site = { words: lang === "en" ? EN : VI, href, lang, level: mode === "page" ? 2 : 3 };
      const remembers = this.hasAttribute("remember");
      const store = new Store(storageOf("sessionStorage"), remembers ? storageOf("localStorage") : null);
      this.mode = mode;
      this.info = {};
      this.root = make("div", { class: `root root--${mode}`, lang });
      this.speech = new Speech(window.speechSynthesis, () => this.showVoices());
      this.chat = new Chat(site, new Api(base, site.words), store, this.hooks());
      this.menu = new Menu(site, (name) => this.actions.run(name));
      this.view = buildPanel(mode, site, this, mode === "bubble" ? () => this.dock.close() : null);
      this.dock = mode === "bubble" ? new Dock(site.words, this.view.panel, () => this.opened(), () => this.speech.stop()) : null;
      this.actions = new Actions(this.chat, this.speech, {
        root: this.root, opener: () => this.menu.button, info: () => this.info, title: () => this.name, offersRemember: remembers,
        setLarge: (large) => this.setLarge(large),
      });
      keepLettersIn(this.root);
      this.root.append(this.view.panel, ...(this.dock ? [this.dock.launcher, this.dock.news] : []));
      const shadow = this.attachShadow({ mode: "open" });
      dress(shadow, this.nonce || script.nonce);
      shadow.append(this.root);
      this.paint();
      this.chat.restore();
      this.setLarge(this.chat.log.large);
      if (mode !== "bubble") this.opened(false);
    }

    hooks() {
      return {
        scroller: () => [this.view.scroll, this.view.frame].find((one) => getComputedStyle(one).overflowY === "auto"),
        answered: (count) => this.dock?.answered(count),
        rate: () => this.actions.run("rate"),
        read: (entry, button) => this.actions.read(entry, button),
        copy: (entry) => this.actions.copyEntry(entry),
        speaks: () => Boolean(this.speech.voice),
      };
    }

    stepAside() {
      if (this.mode === "page") this.hidden = location.hash === PLAIN;
    }

    /** The panel is to be seen: now ask the server what it says about itself, once. focus: the citizen has opened it. */
    opened(focus = true) {
      this.chat.composer.measure();
      if (this.chat.entries.length) this.chat.log.showNewest("instant");
      if (focus) this.welcomeFocus();
      this.asked ??= this.chat.api.widget().then((info) => this.introduce(info));
    }

    /** Into the box; a finger's keyboard would cover what there is to read first. */
    welcomeFocus() {
      if (matchMedia("(pointer: coarse)").matches) this.view.title.focus({ preventScroll: true });
      else this.chat.composer.focus();
    }

    introduce(info) {
      this.info = info;
      if (Number.isInteger(info.max_length) && info.max_length > 0) this.chat.composer.limit = info.max_length;
      if (!this.chat.welcome.box.contains(this.shadowRoot.activeElement)) this.chat.welcome.draw(info); // nothing is taken from under a finger
      this.chat.refresh();
      this.paint();
    }

    /** A `title` on the element would pop up over every word in it: taken as the name, then removed. */
    takeTitle(value) {
      this.givenName = value;
      this.removeAttribute("title");
    }

    get name() {
      return textOf(this.givenName) ?? textOf(this.info.title) ?? this.chat.words.brand;
    }

    paint() {
      const scheme = schemeOf(this.getAttribute("theme"), matchMedia("(prefers-color-scheme: dark)").matches);
      const own = accentProperties(this.getAttribute("accent"), scheme === "dark");
      this.root.dataset.scheme = scheme;
      this.root.dataset.position = this.getAttribute("position") === "left" ? "left" : "right";
      for (const name of ["--masthead", "--bubble", "--on-bubble", "--accent", "--accent-strong", "--tint"]) this.root.style.setProperty(name, own[name] ?? "");
      this.view.name(this.name, textOf(this.info.province));
    }

    setLarge(large) {
      this.root.classList.toggle("large", large);
      this.menu.setLarge(large);
      this.chat.log.setLarge(large);
      this.chat.composer.measure();
    }

    showVoices() {
      for (const button of this.root.querySelectorAll(".read")) button.hidden = !this.speech.voice;
    }
  };
}
