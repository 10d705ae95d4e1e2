/** Blocks of an answer -> elements. A line that introduces a list, and a short label before a colon, stand out. */

import { make, newTab } from "./dom.js";
import { ownPage, safeUrl } from "./links.js";
import { blocksOf, labelled, namedPage } from "./text.js";

/** site: {words, href(path)}; source: {title, url} or null. */
export function drawText(text, source, site) {
  return blocksOf(text.normalize("NFC")).flatMap((block, index, blocks) => {
    if (block.kind === "ol") return [make("ol", { class: "items" }, ...block.lines.map(([value, item]) => make("li", { value }, item)))];
    if (block.kind === "ul") return [make("ul", { class: "items" }, ...block.lines.map((item) => make("li", {}, item)))];
    if (block.kind === "source") return [drawSource(block.lines[0], source, site)];
    const introduces = ["ol", "ul"].includes(blocks[index + 1]?.kind);
    return block.lines.map((line, n) => drawLine(line, introduces && n === block.lines.length - 1, site));
  });
}

function drawLine(line, introducesList, site) {
  const named = namedPage(line);
  if (named) return make("p", {}, drawNamed(named, site));
  if (introducesList && line.endsWith(":")) return make("p", { class: "lead" }, line);
  const label = labelled(line);
  return label ? make("p", {}, make("strong", {}, label[0]), ...withPage(label[1], site)) : make("p", {}, ...withPage(line, site));
}

/** "Xem đầy đủ: /thu-tuc/…": the words lead there. */
function drawNamed({ words, path }, site) {
  if (path.startsWith("/api/")) return make("a", { href: site.href(path) }, words); // a file opens where the phone wants it, not in a tab
  return newTab(site.href(path), words, site.words);
}

/** The text, the address of one of our pages in it a link. Only its path is followed, so that no text leads to another host. */
function withPage(text, site) {
  const page = ownPage(text);
  return page ? [page.before, newTab(site.href(page.path), page.shown, site.words), page.after] : [text];
}

/** "Nguồn: <title>, mã …": the title leads to the source when its address is an http(s) one. */
function drawSource(line, source, site) {
  const href = source && safeUrl(source.url);
  if (!href) return make("p", { class: "source" }, line);
  const at = source.title ? line.indexOf(source.title) : -1;
  if (at < 0) return make("p", { class: "source" }, `${line} `, newTab(href, site.words.sourcePage, site.words));
  return make("p", { class: "source" }, line.slice(0, at), newTab(href, source.title, site.words), line.slice(at + source.title.length));
}
