/** Between the element and the page around it: what it listens to, and what it keeps to itself. */

import { followKeyboard, followLetterSize } from "./viewport.js";

/** Listen to the window until the signal comes. Returns a function that ends the rest. */
export function follow(element, signal) {
  const { chat, root, speech, menu } = element;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => element.paint(), { signal });
  addEventListener("online", () => chat.online(), { signal });
  addEventListener("offline", () => chat.offline(), { signal });
  addEventListener("storage", (event) => { if (chat.store.lostBy(event)) chat.forget(chat.words.erased); }, { signal });
  addEventListener("hashchange", () => element.stepAside(), { signal });
  addEventListener("pagehide", () => speech.stop(), { signal });
  document.addEventListener("click", (event) => { if (!event.composedPath().includes(menu.box)) menu.close(); }, { signal });
  followKeyboard(root, signal);
  if (element.dock && root.showPopover) {
    root.popover = "manual"; // in front of whatever z-index the page uses
    root.showPopover();
  }
  if (!navigator.onLine) chat.offline();
  return followLetterSize(root);
}

/** Letters typed here are no shortcuts of the page around, for which they would seem to come from no text box. */
export function keepLettersIn(root) {
  for (const type of ["keydown", "keypress", "keyup"]) {
    root.addEventListener(type, (event) => { if (event.key !== "Tab" && event.target.matches("textarea, input")) event.stopPropagation(); });
  }
}
