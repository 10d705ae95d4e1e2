/** A conversation as plain text, to download, print and copy. Pure. */

const time = (at) => (Number.isFinite(at) ? new Date(at).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" }) : "");

/** Entries -> [{who, when, text, source}], the source as "title: address" or "". */
export function transcriptOf(entries, words) {
  return entries.map((entry) => ({
    who: entry.who === "user" ? words.user : words.bot,
    when: time(entry.at),
    text: entry.text,
    source: entry.source ? [entry.source.title, entry.source.url].filter(Boolean).join(": ") : "",
  }));
}

/** The whole talk, a blank line between messages, CRLF as Notepad wants it, no byte order mark. */
export function transcriptText(entries, words, title, now) {
  const parts = transcriptOf(entries, words).map(({ who, when, text, source }) =>
    [`${who}${when && ` (${when})`}:`, text, source].filter(Boolean).join("\n"));
  return [`${words.transcript(title)}\n${time(now)}`, ...parts, words.transcriptFoot, ""].join("\n\n").replace(/\r?\n/g, "\r\n");
}

/** mot-cua-2026-11-22.txt, the day being the device's own. */
export function transcriptName(now) {
  const day = new Date(now);
  const two = (number) => String(number).padStart(2, "0");
  return `mot-cua-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.txt`;
}
