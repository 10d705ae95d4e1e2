/** "Đánh giá": one of five, in words, and a comment for whoever wants to write one. */

import { make } from "./dom.js";
import { buttonRow, openModal } from "./modal.js";

/** rate(stars, comment): promise of true when it was noted. announce(words): said afterwards. */
export function openRatingDialog({ within, opener, level, words, rate, announce }) {
  const radios = words.stars.map((text, n) => make("label", { class: "star" }, make("input", { type: "radio", name: "stars", value: n + 1 }), make("span", {}, `${n + 1}. ${text}`)));
  const group = make("fieldset", {}, make("legend", { class: "visually-hidden" }, words.rateTitle), ...radios);
  const comment = make("textarea", { id: "comment", rows: 2, maxlength: 500 });
  const failed = make("p", { class: "warn", role: "alert" });
  const row = buttonRow(["secondary", words.later, () => dialog.close()], ["primary", words.sendRating, send]);
  const dialog = openModal(within, opener, level, words.rateTitle, group, make("label", { for: "comment" }, words.comment), comment, failed, row);
  radios[0].firstChild.focus();

  async function send() {
    const chosen = group.querySelector("input:checked");
    failed.textContent = "";
    if (!chosen) {
      failed.textContent = words.chooseFirst;
      return radios[0].firstChild.focus();
    }
    const noted = await rate(Number(chosen.value), comment.value.trim().normalize("NFC"));
    if (!dialog.isConnected) return;
    if (!noted) {
      failed.textContent = words.notRated;
      return;
    }
    dialog.close();
    announce(words.rated);
  }
}
