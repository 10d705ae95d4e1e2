/** A question in front of everything: a native modal dialog, which keeps the focus and closes on Esc. */

import { make, pressable } from "./dom.js";

/**
 * Show it until it is closed; then it is gone and the focus is back on `opener`.
 * Returns the dialog; its content and buttons are the caller's.
 */
export function openModal(within, opener, level, title, ...content) {
  const id = "modal-title";
  const dialog = make("dialog", { class: "modal", "aria-labelledby": id }, make(`h${level}`, { id }, title), ...content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  within.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A row of buttons, [class, words, onPress] each. */
export function buttonRow(...buttons) {
  return make("div", { class: "modal-buttons" }, ...buttons.map(([name, words, onPress]) => pressable({ class: name }, onPress, words)));
}
