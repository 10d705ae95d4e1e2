/** The server's reply -> what the log shows and storage keeps: plain values, checked. Pure. */

import { isSectionPath, sectionsOf } from "./links.js";

const KEPT_ENTRIES = 120; // newest ones

export const userEntry = (text, at) => ({ who: "user", text, at });

/** A reply's messages as entries. The last one carries the turn's id when there is something to judge in it. */
export function botEntries(body, question, again, at) {
  const entries = body.messages.map((raw) => botEntry(raw, question, again, at)).filter(Boolean);
  const last = entries.at(-1);
  if (last?.status && !/^(error_|smalltalk_)/.test(last.status) && typeof body.turn === "string") last.turn = body.turn;
  return entries;
}

/** One message, reduced to what is shown; null when it holds no text. again: words of the button that repeats a failed question. */
function botEntry(raw, question, again, at) {
  if (typeof raw?.text !== "string" || !raw.text.trim()) return null;
  const answer = raw.answer ?? {};
  const status = typeof answer.status === "string" ? answer.status : null;
  let choices = choicesOf(answer);
  const failed = status?.startsWith("error_") && status !== "error_bad_input";
  if (failed && !choices.length && question) choices = [{ title: again, message: question.message, shown: question.title }];
  const source = answer.sources?.[0];
  return {
    who: "bot", text: raw.text.trim(), notice: raw.notice === true, status, choices, at,
    source: typeof source?.url === "string" ? { title: String(source.title ?? ""), url: source.url } : null,
    sections: sectionsOf(answer.facts),
  };
}

/** Choices, else the candidates' names, as [{title, message}]. */
function choicesOf(answer) {
  const listed = (Array.isArray(answer.choices) ? answer.choices : []).filter(usableChoice);
  if (listed.length) return listed.map(({ title, message }) => ({ title, message }));
  return (Array.isArray(answer.candidates) ? answer.candidates : []).map((one) => ({ title: one?.name, message: one?.name })).filter(usableChoice);
}

/** Entries as they were kept, whatever else lies in the storage. The entries themselves, not copies. */
export function readEntries(kept) {
  return (Array.isArray(kept) ? kept : []).filter(isEntry).slice(-KEPT_ENTRIES);
}

function isEntry(entry) {
  if (typeof entry?.text !== "string") return false;
  if (entry.who === "user") return true;
  return entry.who === "bot" && allOf(entry.choices, usableChoice)
    && allOf(entry.sections ?? [], (one) => typeof one?.section === "string" && isSectionPath(one.path))
    && (!entry.source || typeof entry.source.title === "string");
}

const allOf = (list, holds) => Array.isArray(list) && list.every(holds);
const usableChoice = (choice) => [choice?.title, choice?.message].every((text) => typeof text === "string" && text.trim());
