/**
 * The citizen's chat page: a question in, POST /api/chat, the answer drawn. No framework, no other host.
 *
 * What the server or the citizen wrote becomes text nodes only, never markup. A question counts as asked when its answer has
 * come: until then it is kept, and a failure puts it back into the box. This tab's sessionStorage holds the transcript, so a
 * reload keeps it and closing the tab forgets it.
 */

const LIMIT = 2000; // characters after NFC, as the server counts them
const WARN_FROM = 1800; // from here the counter shows
const TIMEOUT_MS = 20_000; // the gateway answers or apologises well before
const TYPING_AFTER_MS = 400; // a quick answer needs no "searching"
const STILL_TYPING_MS = 8_000;
const WAIT_SECONDS = { default: 10, max: 600 }; // 429 without a usable Retry-After; longest one believed
const KEPT_ENTRIES = 120; // newest ones, in sessionStorage
const STORE = "mot-cua.chat.1";

const WORDS = {
  user: "Anh/chị hỏi",
  bot: "Máy trả lời",
  typing: "Đang tìm câu trả lời…",
  still: "Vẫn đang tìm, anh/chị đợi thêm chút nhé…",
  next: "Anh/chị có thể hỏi tiếp:",
  which: "Các lựa chọn",
  again: "Hỏi lại câu này",
  newTab: " (mở trang mới)",
  sourcePage: "Xem trang nguồn",
  offline: "Máy của anh/chị đang mất kết nối mạng. Câu hỏi vẫn được giữ lại, có mạng thì anh/chị bấm “Gửi lại”.",
  offlineIdle: "Máy của anh/chị đang mất kết nối mạng. Anh/chị cứ viết câu hỏi, chữ đã viết không bị mất.",
  unreachable: "Chưa gửi được câu hỏi. Anh/chị kiểm tra kết nối mạng rồi bấm “Gửi lại” nhé.",
  online: "Đã có mạng trở lại.",
  onlineUnsent: "Đã có mạng trở lại. Anh/chị bấm “Gửi lại” để gửi câu hỏi.",
  timeout: "Máy chưa trả lời kịp. Câu hỏi vẫn được giữ lại, anh/chị bấm “Gửi lại” nhé.",
  failed: "Xin lỗi anh/chị, máy đang gặp lỗi nên chưa trả lời được. Anh/chị gửi lại sau ít phút, hoặc hỏi Trung tâm Phục vụ hành chính công xã, phường nơi mình ở.",
  tooFast: "Anh/chị gửi hơi nhanh, xin đợi một chút.",
  countdown: (seconds) => `Còn ${seconds} giây nữa thì gửi được.`,
  mayResend: "Bây giờ anh/chị gửi lại được rồi.",
  empty: "Anh/chị nhập câu hỏi trước nhé.",
  left: (count) => `Còn ${count.toLocaleString("vi-VN")} ký tự`,
  over: (count) => `Thừa ${count.toLocaleString("vi-VN")} ký tự, anh/chị rút ngắn giúp nhé`,
  deleted: "Đã xóa cuộc trò chuyện.",
};

const byId = (id) => document.getElementById(id);
const [welcome, log, typing, status, composer, input, counter, banner, bannerText, countdown, resend, sendButton, deleteButton, dialog] = [
  "welcome", "log", "typing", "status", "composer", "question", "counter", "banner", "banner-text", "countdown", "resend", "send", "delete", "confirm",
].map(byId);

let conversation = null; // the server's opaque id
let entries = []; // what the log shows, oldest first; see userEntry and botEntry
let pending = null; // the question on its way: {message, title, typed}; typed is the text as it stood in the box, null for a tap
let unsent = null; // the question that failed last; a typed one is back in the box
let abort = null; // AbortController of the request on its way
let waitUntil = 0; // Date.now() from which the server takes messages again (429)
let waitTimer = 0;
let typingTimers = [];
let bannerKind = null; // null | "offline" | "failure"

/* Small helpers */

/** An element with attributes and children; strings become text nodes. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** Characters as the server counts them. */
const lengthOf = (text) => [...text.trim().normalize("NFC")].length;

/** Said by screen readers, shown nowhere. */
function announce(text) {
  status.textContent = "";
  setTimeout(() => { status.textContent = text; }, 50); // an emptied region speaks again even when the words are the same
}

/** The address when it is an absolute http(s) one, else null. */
function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/* Text -> blocks -> DOM */

const NUMBERED = /^\s*(\d{1,3})[.)]\s+(\S.*)$/;
const BULLETED = /^\s*[-–•*]\s+(\S.*)$/;
const LABELLED = /^([^:.,;?!“”"()]{2,48}:)(\s\S.*)$/;
/** Our own pages and calendar files, also after a public address: only the path is followed, so never another host. */
const OWN = String.raw`(?:https?:\/\/[^\s/]+)?(\/(?:thu-tuc\/\d\.\d{6}(?:\/checklist)?|viec\/[a-z-]+|api\/deadline\.ics\?[\w.=&:-]+))`;
const PAGE = new RegExp(OWN);
const NAMED_PAGE = new RegExp(String.raw`^(\S.{1,80}):\s${OWN}\.?$`);

/** Lines of an answer -> [{kind: "ol" | "ul" | "source" | "text", lines}]; an ol's lines are [number, text]. */
function blocksOf(text) {
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

/** An answer's blocks as elements. A line that introduces a list, and a short label before a colon, stand out. */
function drawText(text, source) {
  return blocksOf(text.normalize("NFC")).flatMap((block, index, blocks) => {
    if (block.kind === "ol") return [make("ol", { class: "items" }, ...block.lines.map(([number, item]) => make("li", { value: number }, item)))];
    if (block.kind === "ul") return [make("ul", { class: "items" }, ...block.lines.map((item) => make("li", {}, item)))];
    if (block.kind === "source") return [drawSource(block.lines[0], source)];
    const introduces = ["ol", "ul"].includes(blocks[index + 1]?.kind);
    return block.lines.map((line, n) => drawLine(line, introduces && n === block.lines.length - 1));
  });
}

/** "Xem đầy đủ: /thu-tuc/…": the words lead there. */
function drawNamed([, words, path]) {
  if (path.startsWith("/api/")) return make("a", { href: path }, words); // a file opens where the phone wants it, not in a tab
  return make("a", { href: path, target: "_blank", rel: "noopener" }, words, make("span", { class: "visually-hidden" }, WORDS.newTab));
}

function drawLine(line, introducesList) {
  const named = NAMED_PAGE.exec(line);
  if (named) return make("p", {}, drawNamed(named));
  if (introducesList && line.endsWith(":")) return make("p", { class: "lead" }, line);
  const label = LABELLED.exec(line);
  return label ? make("p", {}, make("strong", {}, label[1]), ...withPage(label[2])) : make("p", {}, ...withPage(line));
}

/** The text, the address of one of our pages in it a link. Only its path is followed, so that no text leads to another host. */
function withPage(text) {
  const page = PAGE.exec(text);
  if (!page) return [text];
  return [text.slice(0, page.index), newTab(page[1], page[0]), text.slice(page.index + page[0].length)];
}

function newTab(href, words) {
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, words, make("span", { class: "visually-hidden" }, WORDS.newTab));
}

/** "Nguồn: <title>, mã …": the title leads to the source when its address is an http(s) one. */
function drawSource(line, source) {
  const href = source && safeUrl(source.url);
  if (!href) return make("p", { class: "source" }, line);
  const at = source.title ? line.indexOf(source.title) : -1;
  if (at < 0) return make("p", { class: "source" }, `${line} `, newTab(href, WORDS.sourcePage));
  return make("p", { class: "source" }, line.slice(0, at), newTab(href, source.title), line.slice(at + source.title.length));
}

/* Messages */

const userEntry = (text) => ({ who: "user", text });

/** One message of the server's reply, reduced to what the page shows; null when it holds no text. */
function botEntry(raw, question) {
  if (typeof raw?.text !== "string" || !raw.text.trim()) return null;
  const answer = raw.answer ?? {};
  const isChoice = (choice) => typeof choice?.title === "string" && typeof choice?.message === "string" && choice.title.trim() && choice.message.trim();
  const candidates = (Array.isArray(answer.candidates) ? answer.candidates : []).map(({ name }) => ({ title: name, message: name }));
  let choices = (Array.isArray(answer.choices) ? answer.choices : []).filter(isChoice).map(({ title, message }) => ({ title, message }));
  if (!choices.length) choices = candidates.filter(isChoice);
  const failed = typeof answer.status === "string" && answer.status.startsWith("error_") && answer.status !== "error_bad_input";
  if (failed && !choices.length && question) choices = [{ title: WORDS.again, message: question.message, shown: question.title }];
  const source = answer.sources?.[0];
  return {
    who: "bot",
    text: raw.text.trim(),
    notice: raw.notice === true,
    status: typeof answer.status === "string" ? answer.status : null,
    choices,
    source: typeof source?.url === "string" ? { title: String(source.title ?? ""), url: source.url } : null,
  };
}

/** The entry as an article, its speaker's name a heading that only screen readers meet. */
function drawEntry(entry) {
  const mine = entry.who === "user";
  const alert = !mine && /^(error_|redirected_emergency|answered_expired)/.test(entry.status ?? "");
  const names = ["message", mine ? "message--user" : "message--bot", entry.notice && "message--notice", alert && "message--alert"];
  const article = make("article", { class: names.filter(Boolean).join(" ") });
  const bubble = make("div", { class: "bubble" }, make("h2", { class: "visually-hidden" }, mine ? WORDS.user : WORDS.bot));
  article.append(bubble);
  if (mine) {
    bubble.append(make("p", {}, entry.text));
    return article;
  }
  const { text, numbered } = withoutRepeatedList(entry);
  bubble.append(...drawText(text, entry.source));
  if (entry.choices.length) article.append(drawChoices(entry, numbered));
  return article;
}

/** A question back lists its choices as "1. …" for channels without buttons; here the buttons carry the numbers instead. */
function withoutRepeatedList({ text, choices }) {
  const lines = text.split("\n");
  const rest = lines.filter((line) => !NUMBERED.test(line));
  const listed = lines.map((line) => NUMBERED.exec(line)).filter(Boolean);
  const same = choices.length > 1 && listed.length === choices.length
    && listed.every(([, number, item], n) => Number(number) === n + 1 && item.trim() === choices[n].title.trim());
  return same && rest.some((line) => line.trim()) ? { text: rest.join("\n"), numbered: true } : { text, numbered: false };
}

function drawChoices(entry, numbered) {
  const buttons = entry.choices.map((choice, n) => {
    const words = numbered ? [make("span", { class: "number" }, `${n + 1}.`), make("span", {}, choice.title)] : [choice.title];
    const button = make("button", { class: "choice", type: "button" }, ...words);
    button.addEventListener("click", (event) => tap({ message: choice.message, title: choice.shown ?? choice.title, typed: null }, event));
    return make("li", {}, button);
  });
  const follows = entry.status?.startsWith("answered");
  const list = make(numbered ? "ol" : "ul", {
    class: numbered ? "choices choices--numbered" : "choices", role: "list", "aria-label": follows ? WORDS.next : WORDS.which,
  }, ...buttons);
  return make("div", { class: "choices-box" }, ...(follows ? [make("p", { class: "choices-title", "aria-hidden": "true" }, WORDS.next)] : []), list);
}

/** Only what follows the last question may still be tapped, and nothing while the server asks to wait. */
function refreshControls() {
  const articles = [...log.children];
  const lastQuestion = articles.findLastIndex((article) => article.classList.contains("message--user"));
  const waiting = Date.now() < waitUntil;
  articles.forEach((article, n) => {
    for (const button of article.querySelectorAll(".choice")) button.disabled = Boolean(pending) || n < lastQuestion;
  });
  for (const button of document.querySelectorAll(".choice, #resend")) button.setAttribute("aria-disabled", String(waiting));
  sendButton.setAttribute("aria-disabled", String(Boolean(pending) || waiting || lengthOf(input.value) > LIMIT));
  welcome.hidden = log.childElementCount > 0;
}

/** The newest question at the top, so that a long answer is read from its beginning; a short one simply ends the page. */
function showNewest(behavior = "auto") {
  const questions = log.querySelectorAll(".message--user");
  (questions[questions.length - 1] ?? log).scrollIntoView({ block: "start", behavior });
}

/* Keeping */

function save() {
  const typed = pending?.typed ?? null; // a reload in the middle of a question gives its text back
  const draft = typed === null ? input.value : joined(typed, input.value);
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ conversation, entries: entries.slice(-KEPT_ENTRIES), draft }));
  } catch {
    // Storage is full or forbidden: the page goes on, only a reload forgets.
  }
}

function restore() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(STORE) ?? "null");
  } catch {
    return; // not ours, or forbidden
  }
  if (!kept || typeof kept !== "object") return;
  conversation = typeof kept.conversation === "string" ? kept.conversation : null;
  entries = (Array.isArray(kept.entries) ? kept.entries : []).filter((entry) =>
    typeof entry?.text === "string" && (entry.who === "user" || (entry.who === "bot" && Array.isArray(entry.choices))));
  if (typeof kept.draft === "string") input.value = kept.draft;
  log.setAttribute("aria-busy", "true"); // an old transcript is not news to read out
  log.append(...entries.map(drawEntry));
  log.removeAttribute("aria-busy");
}

/** Unsent text first, then what was typed meanwhile. */
const joined = (first, second) => [first, second].filter((text) => text.trim()).join("\n");

/* Asking */

/** Why a question got no answer. words: for the citizen; retry: sending the same again may help; wait: seconds until then. */
class Failure extends Error {
  constructor(words, { retry = true, wait = 0, offline = false } = {}) {
    super(words);
    Object.assign(this, { retry, wait, offline });
  }
}

/** One POST /api/chat. Returns the checked body; throws Failure. */
async function ask(message, signal) {
  let response;
  let body = null;
  try {
    response = await fetch("api/chat", {
      method: "POST", signal, credentials: "omit", cache: "no-store",
      headers: { "Content-Type": "application/json" }, body: JSON.stringify({ message, conversation }),
    });
    body = await response.json().catch((error) => { if (signal.aborted) throw error; return null; });
  } catch {
    if (signal.aborted) throw new Failure(WORDS.timeout);
    throw navigator.onLine ? new Failure(WORDS.unreachable) : new Failure(WORDS.offline, { offline: true });
  }
  if (!response.ok) throw refusal(response, body);
  if (typeof body?.conversation !== "string" || !Array.isArray(body.messages)) throw new Failure(WORDS.failed);
  return body;
}

/** The server's own sentence where it gave one. */
function refusal(response, body) {
  const words = body?.error?.message;
  const said = typeof words === "string" && words.trim() ? words.trim() : null;
  if (response.status === 429) {
    const seconds = Math.ceil(Number(response.headers.get("Retry-After") ?? NaN));
    const wait = seconds > 0 ? Math.min(seconds, WAIT_SECONDS.max) : WAIT_SECONDS.default;
    return new Failure(said ?? WORDS.tooFast, { wait });
  }
  return new Failure(said ?? WORDS.failed, { retry: ![400, 413].includes(response.status) });
}

/** Ask one question: its bubble at once, then the answer, or the text back in the box and the reason above it. */
async function send(question) {
  closeBanner();
  unsent = null;
  pending = question;
  const mine = new AbortController();
  abort = mine;
  if (question.typed !== null) setInput("");
  const bubble = drawEntry(userEntry(question.title));
  bubble.classList.add("is-pending");
  log.append(bubble);
  refreshControls();
  save();
  startTyping();
  window.scrollTo({ top: document.documentElement.scrollHeight });
  const timer = setTimeout(() => mine.abort(), TIMEOUT_MS);
  let failure = null;
  let answers = [];
  try {
    const body = await ask(question.message, mine.signal);
    if (abort !== mine) return; // the conversation was deleted meanwhile
    answers = body.messages.map((message) => botEntry(message, question)).filter(Boolean);
    if (!answers.length) throw new Failure(WORDS.failed);
    conversation = body.conversation;
  } catch (error) {
    if (abort !== mine) return;
    failure = error instanceof Failure ? error : new Failure(WORDS.failed);
  } finally {
    clearTimeout(timer);
    if (abort === mine) {
      stopTyping();
      pending = null;
    }
  }
  if (failure) {
    bubble.remove();
    giveBack(question, failure);
  } else {
    bubble.classList.remove("is-pending");
    entries.push(userEntry(question.title), ...answers);
    log.append(...answers.map(drawEntry));
  }
  refreshControls();
  save();
  if (!failure) showNewest();
}

function giveBack(question, failure) {
  unsent = failure.retry ? question : null;
  if (question.typed !== null) setInput(joined(question.typed, input.value));
  openBanner(failure.message, failure.offline ? "offline" : "failure");
  if (failure.wait) startWait(failure.wait);
}

/** The box's text, when there is any and it is short enough. */
function submit() {
  const message = input.value.trim().normalize("NFC");
  if (pending) return;
  if (Date.now() < waitUntil) return announce(countdown.textContent);
  if (!message) return announce(WORDS.empty);
  if (lengthOf(message) > LIMIT) return announce(counter.textContent);
  send({ message, title: message, typed: input.value });
}

/** A choice or an example. A finger leaves the keyboard down; mouse and keys go back to the box. */
function tap(question, event) {
  if (pending) return;
  if (Date.now() < waitUntil) return announce(countdown.textContent);
  const byFinger = event.detail > 0 && matchMedia("(pointer: coarse)").matches;
  if (!byFinger) input.focus({ preventScroll: true });
  send(question);
}

/* States */

function startTyping() {
  stopTyping();
  const say = (words) => typing.replaceChildren(make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")), make("span", {}, words));
  const first = () => {
    say(WORDS.typing);
    typing.scrollIntoView({ block: "nearest" });
  };
  typingTimers = [setTimeout(first, TYPING_AFTER_MS), setTimeout(() => say(WORDS.still), STILL_TYPING_MS)];
}

function stopTyping() {
  typingTimers.forEach(clearTimeout);
  typing.replaceChildren();
}

function openBanner(words, kind) {
  bannerKind = kind;
  banner.hidden = false;
  bannerText.textContent = words;
  resend.hidden = !unsent;
}

function closeBanner() {
  bannerKind = null;
  banner.hidden = true;
  bannerText.textContent = "";
  countdown.textContent = "";
}

function startWait(seconds) {
  waitUntil = Date.now() + seconds * 1000;
  clearInterval(waitTimer);
  const tick = () => {
    const left = Math.ceil((waitUntil - Date.now()) / 1000);
    countdown.textContent = left > 0 ? WORDS.countdown(left) : WORDS.mayResend;
    if (left > 0) return;
    clearInterval(waitTimer);
    announce(WORDS.mayResend);
    refreshControls();
  };
  tick();
  waitTimer = setInterval(tick, 1000);
}

function onOffline() {
  if (!pending) openBanner(unsent ? WORDS.offline : WORDS.offlineIdle, "offline");
}

function onOnline() {
  if (bannerKind !== "offline") return;
  if (unsent) return openBanner(WORDS.onlineUnsent, "failure");
  closeBanner();
  announce(WORDS.online);
}

function forget() {
  abort?.abort();
  abort = null;
  pending = null;
  unsent = null;
  conversation = null;
  entries = [];
  stopTyping();
  log.replaceChildren();
  setInput("");
  if (Date.now() >= waitUntil) closeBanner(); // the server still asks to wait: that stays true
  else resend.hidden = true;
  try {
    sessionStorage.removeItem(STORE);
  } catch {
    // nothing was kept
  }
  refreshControls();
  scrollTo({ top: 0 });
  announce(WORDS.deleted);
}

/* The box */

function setInput(text) {
  input.value = text;
  onInput();
}

let counted = "";
function onInput() {
  input.style.height = "auto"; // grows with its text; chat.css stops it at five lines
  input.style.height = `${input.scrollHeight + 2}px`;
  const length = lengthOf(input.value);
  const over = length > LIMIT;
  counter.textContent = over ? WORDS.over(length - LIMIT) : length >= WARN_FROM ? WORDS.left(LIMIT - length) : "";
  counter.classList.toggle("is-over", over);
  input.setAttribute("aria-invalid", String(over));
  const level = over ? "over" : length >= WARN_FROM ? "near" : "";
  if (level && level !== counted) announce(counter.textContent); // at the two thresholds, not at every key
  counted = level;
  sendButton.setAttribute("aria-disabled", String(Boolean(pending) || Date.now() < waitUntil || over));
}

function onKey(event) {
  // While an input method composes a Vietnamese letter, Enter belongs to it (229: Safari says so only there).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
}

/** Heights for scroll-padding (focus never hides under the bars) and, on iOS, the keyboard that covers the page. */
function measure() {
  const root = document.documentElement.style;
  root.setProperty("--header-height", `${byId("header").offsetHeight}px`);
  root.setProperty("--composer-height", `${composer.offsetHeight}px`);
  const view = window.visualViewport;
  const covered = view && view.scale < 1.05 ? Math.max(0, window.innerHeight - view.height - view.offsetTop) : 0;
  root.setProperty("--keyboard", `${Math.round(covered)}px`);
}

function start() {
  byId("loading").remove();
  composer.hidden = false;
  deleteButton.hidden = false;
  restore();
  onInput();
  refreshControls();
  measure();
  if (entries.length) showNewest("instant");

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    input.focus({ preventScroll: true });
    submit();
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("input", () => { onInput(); save(); });
  resend.addEventListener("click", () => {
    if (pending || !unsent) return;
    if (Date.now() < waitUntil) return announce(countdown.textContent);
    input.focus({ preventScroll: true });
    if (unsent.typed === null) send(unsent);
    else submit();
  });
  for (const button of byId("examples").querySelectorAll("button")) {
    button.addEventListener("click", (event) => tap({ message: button.textContent, title: button.textContent, typed: null }, event));
  }
  deleteButton.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "delete") forget();
    dialog.returnValue = "";
  });
  addEventListener("offline", onOffline);
  addEventListener("online", onOnline);
  if (!navigator.onLine) onOffline();

  const sizes = new ResizeObserver(measure);
  sizes.observe(composer);
  sizes.observe(byId("header"));
  window.visualViewport?.addEventListener("resize", measure);
  window.visualViewport?.addEventListener("scroll", measure);
}

start();
