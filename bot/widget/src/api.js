/** The server, spoken to: questions, feedback, ratings, erasing. Never with cookies. */

import { pause, withRetries } from "./backoff.js";

const TIMEOUT_MS = 20_000; // the gateway answers or apologises well before
const SHORT_MS = 10_000; // everything that is not a question
const WIDGET = "/api/widget"; // the same for everybody, and kept by the browser as long as the server says
const WAIT_SECONDS = { default: 10, max: 600 }; // 429 without a usable Retry-After; longest one believed

/**
 * Why a question got no answer. words: for the citizen; retry: sending the same again may help; wait: seconds until then; unheard: the
 * server surely keeps nothing of it, for it never left or was refused.
 */
export class Failure extends Error {
  constructor(words, { retry = true, wait = 0, offline = false, lost = false, unheard = offline } = {}) {
    super(words);
    Object.assign(this, { retry, wait, offline, lost, unheard });
  }
}

export class Api {
  /** base: the server's address without a slash at the end. */
  constructor(base, words) {
    this.base = base;
    this.words = words;
  }

  /** POST /api/chat. Returns the checked body; throws Failure. A lost connection is tried again, an answer of the server never. */
  async ask(message, conversation, signal, onRetry) {
    return withRetries(() => this.askOnce(message, conversation, signal), {
      again: (error) => error.lost && !signal.aborted, onRetry, wait: (ms) => pause(ms, signal).catch(() => { throw new Failure(this.words.timeout); }),
    });
  }

  async askOnce(message, conversation, signal) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
    const give = () => late.abort();
    signal.addEventListener("abort", give, { once: true });
    let response;
    let body;
    try {
      response = await this.fetch("POST", "/api/chat", { message, conversation }, late.signal);
      body = await response.json().catch((error) => { if (late.signal.aborted) throw error; return null; });
    } catch {
      if (late.signal.aborted) throw new Failure(this.words.timeout);
      throw navigator.onLine ? new Failure(this.words.unreachable, { lost: true }) : new Failure(this.words.offline, { offline: true });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", give);
    }
    if (!response.ok) throw refusal(response, body, this.words);
    if (typeof body?.conversation !== "string" || !Array.isArray(body.messages)) throw new Failure(this.words.failed);
    return body;
  }

  fetch(method, path, body, signal, headers = {}) {
    const json = body === null ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    return fetch(`${this.base}${path}`, { method, signal, credentials: "omit", cache: path === WIDGET ? "default" : "no-store", ...json, headers: { ...json.headers, ...headers } });
  }

  /** Anything but a question: {ok, body}, ok false also when nobody answers in time. body: parsed JSON or null. */
  async tell(method, path, body = null, headers = {}) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), SHORT_MS);
    try {
      const response = await this.fetch(method, path, body, late.signal, headers);
      return { ok: response.ok, body: response.status === 204 ? null : await response.json().catch(() => null) };
    } catch {
      return { ok: false, body: null };
    } finally {
      clearTimeout(timer);
    }
  }

  /** True when the server has noted it. value: "up", "down" or null to take it back. */
  async feedback(conversation, turn, value, reason = "") {
    return (await this.tell("POST", "/api/feedback", { conversation, turn, value, ...(reason && { reason }) })).ok;
  }

  async rating(conversation, stars, comment) {
    return (await this.tell("POST", "/api/rating", { conversation, stars, ...(comment && { comment }) })).ok;
  }

  /** True when nothing of the conversation is kept any more. */
  async erase(conversation) {
    const { ok, body } = await this.tell("DELETE", "/api/conversation", { conversation });
    return ok && body?.erased === true;
  }

  /** The code with which the conversation can be erased later, null when it cannot be had. */
  async code(conversation) {
    const { ok, body } = await this.tell("GET", "/api/conversation/code", null, { Conversation: conversation });
    return ok && typeof body?.code === "string" ? body.code : null;
  }

  /** What the server tells the element about itself; {} when it cannot be reached. */
  async widget() {
    const { ok, body } = await this.tell("GET", WIDGET);
    return ok && body && typeof body === "object" ? body : {};
  }
}

/** The server's own sentence where it gave one. */
export function refusal(response, body, words) {
  const said = typeof body?.error?.message === "string" ? body.error.message.trim() : "";
  if (response.status === 429) {
    const seconds = Math.ceil(Number(response.headers.get("Retry-After") ?? NaN));
    return new Failure(said || words.tooFast, { wait: seconds > 0 ? Math.min(seconds, WAIT_SECONDS.max) : WAIT_SECONDS.default, unheard: true });
  }
  return new Failure(said || words.failed, { retry: ![400, 403, 413, 415].includes(response.status), unheard: response.status < 500 });
}
