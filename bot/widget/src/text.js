/** An answer's plain text -> blocks that can be drawn as lists, paragraphs and a source. Pure. */

import { OWN_PATH } from "./links.js";

const NUMBERED = /^\s*(\d{1,3})[.)]\s+(\S.*)$/;
const BULLETED = /^\s*[-–•*]\s+(\S.*)$/;
const LABELLED = /^([^:.,;?!“”"()]{2,48}:)(\s\S.*)$/;
const NAMED_PAGE = new RegExp(String.raw`^(\S.{1,80}):\s${OWN_PATH}\.?$`);

/** Characters as the server counts them: trimmed, after NFC, one a code point. */
export const lengthOf = (text) => [...text.trim().normalize("NFC")].length;

/** Unsent text first, then what was typed meanwhile. */
export const joinedText = (first, second) => [first, second].filter((text) => text.trim()).join("\n");

/** Lines of an answer -> [{kind: "ol" | "ul" | "source" | "text", lines}]; an ol's lines are [number, text]. */
export function blocksOf(text) {
  const blocks = [];
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const numbered = NUMBERED.exec(line);
    const bulleted = BULLETED.exec(line);
    const kind = numbered ? "ol" : bulleted ? "ul" : /^Nguồn:\s/u.test(line) ? "source" : line.trim() ? "text" : "gap";
    const item = numbered ? [Number(numbered[1]), numbered[2]] : bulleted ? bulleted[1] : line.trim();
    const last = blocks.at(-1);
    if (last?.kind === kind && kind !== "source") last.lines.push(item);
    else blocks.push({ kind, lines: [item] });
  }
  return blocks.filter((block) => block.kind !== "gap");
}

/** "Xem đầy đủ: /thu-tuc/…" -> {words, path}; null for any other line. */
export function namedPage(line) {
  const found = NAMED_PAGE.exec(line);
  return found && { words: found[1], path: found[2] };
}

/** "Thời hạn: trong ngày." -> ["Thời hạn:", " trong ngày."]; null when no short label stands before a colon. */
export function labelled(line) {
  const found = LABELLED.exec(line);
  return found && [found[1], found[2]];
}

/** A question back lists its choices as "1. …" for channels without buttons; here the buttons carry the numbers instead. */
export function withoutRepeatedList({ text, choices }) {
  const lines = text.split("\n");
  const rest = lines.filter((line) => !NUMBERED.test(line));
  const listed = lines.map((line) => NUMBERED.exec(line)).filter(Boolean);
  const same = choices.length > 1 && listed.length === choices.length
    && listed.every(([, number, item], n) => Number(number) === n + 1 && item.trim() === choices[n].title.trim());
  return same && rest.some((line) => line.trim()) ? { text: rest.join("\n"), numbered: true } : { text, numbered: false };
}
