/** "Quyền riêng tư": the notice again, the code to erase with later, and whether this device may keep the talk. */

import { make, newTab } from "./dom.js";
import { buttonRow, openModal } from "./modal.js";

/**
 * notice: its words; href: the page in full; code(): promise of the code or null.
 * remember: null when the portal does not offer it, else {checked, change(wanted)}.
 */
export function openPrivacyDialog({ within, opener, level, words, notice, href, code, remember }) {
  const codeLine = make("p", { class: "code", role: "status" });
  const link = newTab(href, words.privacyPage, words);
  const dialog = openModal(within, opener, level, words.privacy, make("p", {}, notice), codeLine, remember && tick(words, remember), make("p", {}, link),
    buttonRow(["primary", words.close, () => dialog.close()]));
  code().then((text) => { if (text) codeLine.append(words.code, make("span", { class: "letters" }, text)); });
}

/** Never ticked beforehand. */
function tick(words, { checked, change }) {
  const box = make("input", { id: "remember", type: "checkbox", "aria-describedby": "remember-hint" });
  box.checked = checked;
  box.addEventListener("change", () => change(box.checked));
  return make("div", { class: "remember" }, make("label", { class: "star", for: "remember" }, box, make("span", {}, words.remember)),
    make("p", { id: "remember-hint" }, words.rememberHint));
}
