/** Addresses that may be followed: absolute http(s) ones of sources, and paths of our own pages. Pure. */

/** Our own pages and calendar files, also after a public address: only the path is followed, so never another host. */
export const OWN_PATH = String.raw`(?:https?:\/\/[^\s/]+)?(\/(?:thu-tuc\/\d\.\d{6}(?:\/checklist)?|viec\/[a-z-]+|lien-he|quyen-rieng-tu|api\/deadline\.ics\?[\w.=&:-]+))(?![\w/-])`;
const PAGE = new RegExp(OWN_PATH);
const CODE = /^\d\.\d{6}$/;
const MOST_SECTIONS = 3;
const SECTIONS = [
  "documents", "duration", "fees", "post_submit", "post_return", "online", "place", "steps", "conditions", "result", "template", "legal_basis",
  "decision", "applicants",
];

/** The address when it is an absolute http(s) one, else null. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** {before, shown, path, after} of the first address of one of our pages in the text, null when there is none. */
export function ownPage(text) {
  const found = PAGE.exec(text);
  return found && { before: text.slice(0, found.index), shown: found[0], path: found[1], after: text.slice(found.index + found[0].length) };
}

/** Is it the address of a section of a procedure's page? Kept answers are asked again: others can write into the page's storage. */
export const isSectionPath = (path) => /^\/thu-tuc\/\d\.\d{6}#[a-z_]+$/.test(path);

/** Facts of an answer -> [{section, path}]: the parts of the procedure's page where they stand, in their order, three at most. */
export function sectionsOf(facts) {
  const found = new Map();
  for (const fact of Array.isArray(facts) ? facts : []) {
    const section = /^[a-z_]+/.exec(String(fact?.field ?? ""))?.[0];
    if (!SECTIONS.includes(section) || !CODE.test(fact.code)) continue;
    const path = `/thu-tuc/${fact.code}#${section}`;
    if (!found.has(path)) found.set(path, { section, path });
  }
  return [...found.values()].slice(0, MOST_SECTIONS);
}

/** The API's base as it may stand in the attribute `api`: http(s), no slash at the end; null when it is not usable. */
export function apiBase(text, page) {
  try {
    const parsed = new URL(text, page);
    return ["http:", "https:"].includes(parsed.protocol) ? `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, "") : null;
  } catch {
    return null;
  }
}
