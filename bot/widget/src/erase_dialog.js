/** "Xóa cuộc trò chuyện": asks first, then erases on the server and here; says plainly when the server did not do it. */

import { make } from "./dom.js";
import { buttonRow, openModal } from "./modal.js";

/** erase(): promise of true when the server has erased what is known of it. said(): what that is called. forget(words): what this device does then. */
export function openEraseDialog({ within, opener, level, words, erase, said, forget }) {
  const failed = make("p", { class: "warn", role: "alert" });
  const state = make("p", { role: "status" });
  const row = buttonRow(["secondary", words.keep, () => dialog.close()], ["secondary", words.eraseHere, () => done(words.erasedHere)], ["primary", words.eraseNow, run]);
  const [keep, here, now] = row.children;
  here.hidden = true;
  keep.autofocus = true;
  const dialog = openModal(within, opener, level, words.eraseTitle, make("p", {}, words.eraseText), failed, state, row);
  keep.focus();

  function done(told) {
    dialog.close();
    forget(told);
  }

  async function run() {
    if (now.getAttribute("aria-disabled") === "true") return;
    now.setAttribute("aria-disabled", "true");
    failed.textContent = "";
    state.textContent = words.erasing;
    const erased = await erase();
    if (!dialog.isConnected) return erased && forget(said()); // closed meanwhile, yet erased on the server
    now.setAttribute("aria-disabled", "false");
    state.textContent = "";
    if (erased) return done(said());
    failed.textContent = words.notErased;
    now.textContent = words.eraseAgain;
    here.hidden = false;
  }
}
