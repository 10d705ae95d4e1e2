/** One entry of the log as an article, its speaker's name a heading that only screen readers meet. */

import { answerTools } from "./answer_tools.js";
import { make, newTab, pressable } from "./dom.js";
import { drawText } from "./draw_text.js";
import { withoutRepeatedList } from "./text.js";

const ALERT = /^(error_|redirected_emergency|answered_expired)/;

/** site: {words, href(path), level: of headings}. hooks: tap(question, event), rate(), and those of answerTools. */
export function drawEntry(entry, site, hooks) {
  const mine = entry.who === "user";
  const names = ["message", mine ? "message--user" : "message--bot", entry.notice && "message--notice", !mine && ALERT.test(entry.status ?? "") && "message--alert"];
  const article = make("article", { class: names.filter(Boolean).join(" ") });
  const speaker = make(`h${site.level}`, { class: "visually-hidden" }, mine ? site.words.user : site.words.bot);
  const bubble = make("div", { class: "bubble", lang: "vi" }, speaker);
  speaker.lang = site.lang;
  article.append(bubble);
  if (mine) {
    bubble.append(make("p", {}, entry.text));
    return article;
  }
  const { text, numbered } = withoutRepeatedList(entry);
  bubble.append(...drawText(text, entry.source, site));
  if (entry.sections?.length) bubble.append(drawSections(entry.sections, site));
  if (entry.turn) article.append(answerTools(entry, site.words, hooks));
  if (entry.choices.length) article.append(drawChoices(entry, numbered, site.words, hooks));
  if (entry.offersRating) article.append(pressable({ class: "choice offer" }, hooks.rate, site.words.offerRating));
  return article;
}

/** The parts of the procedure's page where the answer's facts stand. */
function drawSections(sections, site) {
  const { words } = site;
  const links = sections.map(({ section, path }) => newTab(site.href(path), words.sections[section] ?? section, words));
  const parted = links.flatMap((link, n) => (n ? [" · ", link] : [link]));
  return make("p", { class: "source sections", lang: site.lang }, `${words.inRecord}: `, ...parted);
}

function drawChoices(entry, numbered, words, hooks) {
  const buttons = entry.choices.map((choice, n) => {
    const shown = numbered ? [make("span", { class: "number" }, `${n + 1}.`), make("span", {}, choice.title)] : [choice.title];
    const question = { message: choice.message, title: choice.shown ?? choice.title, typed: null };
    return make("li", {}, pressable({ class: "choice", lang: "vi" }, (event) => hooks.tap(question, event), ...shown));
  });
  const follows = entry.status?.startsWith("answered");
  const list = make(numbered ? "ol" : "ul", {
    class: numbered ? "choices choices--numbered" : "choices", role: "list", "aria-label": follows ? words.next : words.which,
  }, ...buttons);
  return make("div", { class: "choices-box" }, follows && make("p", { class: "choices-title", "aria-hidden": "true" }, words.next), list);
}
