/** A conversation as plain data for the store, and back again. */

import { readEntries } from "./entries.js";
import { joinedText } from "./text.js";

/** What a reload needs. */
export function snapshot({ conversation, entries, offered, log, composer, pending, adrift }) {
  const typed = pending?.typed ?? null; // a reload in the middle of a question gives its text back
  const draft = typed === null ? composer.value : joinedText(typed, composer.value);
  const begun = pending !== null && conversation === null; // what it begins is not known to whoever loads the page again
  return { conversation, entries: readEntries(entries), offered, large: log.large, draft, adrift: adrift || begun };
}

/** kept: an object from the store, in which others may have written; what does not fit is left out. */
export function recall(chat, kept) {
  chat.conversation = typeof kept.conversation === "string" ? kept.conversation : null;
  chat.entries = readEntries(kept.entries);
  chat.offered = kept.offered === true;
  chat.adrift = kept.adrift === true;
  chat.log.setLarge(kept.large === true);
  if (typeof kept.draft === "string") chat.composer.value = kept.draft;
  chat.log.restore(chat.entries);
}
