/** A conversation out of the page: to a file, to paper, to the clipboard. */

import { make } from "./dom.js";

const PRINT_CSS = "body{font:12pt/1.5 system-ui,sans-serif;margin:1.5rem;color:#000;background:#fff;overflow-wrap:anywhere}"
  + "h1{font-size:1.2em}h2{font-size:1em;margin:1em 0 .2em;break-after:avoid}p{margin:0 0 .4em;white-space:pre-line}.small{font-size:.85em}";

/** Offer the text as a file. The mark at its beginning tells old editors that it is UTF-8. */
export function download(text, name) {
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Print messages from a window of their own: the page around the element stays out of it. False when the browser opens none. */
export function printTranscript(title, messages, foot) {
  const paper = window.open("", "_blank");
  if (!paper) return false;
  const sheet = paper.document;
  const add = (tag, text, name = "") => {
    const element = sheet.createElement(tag);
    element.className = name;
    element.textContent = text;
    sheet.body.append(element);
  };
  sheet.title = title;
  sheet.documentElement.lang = "vi";
  if (paper.CSSStyleSheet && "adoptedStyleSheets" in sheet) {
    const style = new paper.CSSStyleSheet();
    style.replaceSync(PRINT_CSS);
    sheet.adoptedStyleSheets = [style];
  }
  add("h1", title);
  for (const { who, when, text, source } of messages) {
    add("h2", when ? `${who}, ${when}` : who);
    add("p", text);
    if (source) add("p", source, "small");
  }
  add("p", foot, "small");
  paper.focus();
  paper.print();
  return true;
}

/** True when the text is on the clipboard. within: where a helper box may stand for browsers without navigator.clipboard. */
export async function copyText(text, within) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = within.getRootNode().activeElement;
    const box = make("textarea", { class: "visually-hidden", "aria-hidden": "true", tabindex: "-1" });
    box.value = text;
    within.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    focused?.focus();
    return done;
  }
}
