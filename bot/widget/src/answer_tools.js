/** Below an answer: was it useful, and why not; hear it; copy it. */

import { icon, make, pressable, unseen } from "./dom.js";

let reasons = 0; // for ids of labels

/**
 * entry: the last message of an answered turn; its `vote` ("up", "down" or none) and `reasoned` are kept in it.
 * hooks: feedback(turn, value, reason) -> promise of true, read(entry, button), copy(entry), speaks(), save(), announce(text).
 */
export function answerTools(entry, words, hooks) {
  const note = make("p", { class: "tool-note" });
  const reason = reasonForm(words, (text) => send(entry.vote, text));
  const up = toggle("useful", "up");
  const down = toggle("wrong", "down");
  const read = pressable({ class: "tool read", "aria-pressed": "false", hidden: !hooks.speaks() }, () => hooks.read(entry, read), icon("speak"), unseen(words.readAloud));
  const copy = pressable({ class: "tool" }, () => hooks.copy(entry), icon("copy"), unseen(words.copyAnswer));

  function toggle(name, value) {
    return pressable({ class: "tool" }, () => send(entry.vote === value ? null : value, ""), icon(name), make("span", {}, words[name]));
  }

  function show(said = "") {
    up.setAttribute("aria-pressed", String(entry.vote === "up"));
    down.setAttribute("aria-pressed", String(entry.vote === "down"));
    reason.hidden = entry.vote !== "down" || entry.reasoned === true;
    note.textContent = said;
    if (said) hooks.announce(said);
  }

  /** Shown at once; what the server did not take is taken back and said. */
  async function send(value, text) {
    const before = [entry.vote, entry.reasoned];
    [entry.vote, entry.reasoned] = [value, Boolean(text)];
    show(!value ? words.takenBack : text || value === "up" ? words.thanks : "");
    if (!reason.hidden) reason.scrollIntoView({ block: "nearest" });
    if (!(await hooks.feedback(entry.turn, value, text))) {
      [entry.vote, entry.reasoned] = before;
      show(words.notNoted);
    }
    hooks.save();
  }

  show();
  // Said by a button's own name only: a live region would read all of this after every answer.
  return make("div", { class: "tools", role: "group", "aria-label": words.aboutAnswer, "aria-live": "off" },
    make("div", { class: "tools-row" }, ...(entry.turn ? [up, down] : []), read, copy), reason, note);
}

/** onSend(text): with what was written, which may be nothing. */
function reasonForm(words, onSend) {
  reasons += 1;
  const id = `reason-${reasons}`;
  const box = make("textarea", { id, rows: 2, maxlength: 500 });
  const form = make("form", { class: "reason", hidden: true }, make("label", { for: id }, words.reason), box,
    make("button", { class: "secondary", type: "submit" }, words.sendReason));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSend(box.value.trim().normalize("NFC"));
  });
  return form;
}
