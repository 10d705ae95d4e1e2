/**
 * One conversation: a question in, POST /api/chat, the answer shown. A question counts as asked when its answer has come; until
 * then it is kept, and a failure puts it back into the box.
 */

import { Failure } from "./api.js";
import { Banner } from "./banner.js";
import { Composer } from "./composer.js";
import { botEntries, userEntry } from "./entries.js";
import { recall, snapshot } from "./keeping.js";
import { Log } from "./log.js";
import { Status } from "./status.js";
import { Welcome } from "./welcome.js";

export class Chat {
  /** site: {words, href, level, lang}. hooks: scroller(), answered(count), rate(), read(entry, button), copy(entry), speaks(). */
  constructor(site, api, store, hooks) {
    Object.assign(this, { site, words: site.words, api, store, hooks });
    this.conversation = null; // the server's opaque id
    this.entries = []; // what the log shows, oldest first
    this.offered = false; // a rating is offered once a conversation
    this.pending = null; // the question on its way: {message, title, typed}; typed: the text as it stood in the box, null for a tap
    this.unsent = null; // the question that failed last; a typed one is back in the box
    this.abort = null; // AbortController of the request on its way
    this.asking = null; // promise of its answer
    this.adrift = false; // a question went out that began a conversation, and which one it began never came back
    this.status = new Status(this.words);
    const announce = (text) => this.status.announce(text);
    this.banner = new Banner(this.words, site, () => this.resend(), (text) => { announce(text); this.refresh(); });
    this.composer = new Composer(this.words, this.banner.box, { onSubmit: () => this.submit(), onChange: () => this.save(), announce });
    const tap = (question, event) => this.tap(question, event);
    this.welcome = new Welcome(site, tap);
    this.log = new Log(site, {
      ...hooks, tap, announce, refresh: () => this.refresh(), save: () => this.save(),
      feedback: (turn, value, reason) => this.api.feedback(this.conversation, turn, value, reason),
    }, hooks.scroller);
  }

  /* Keeping */

  save() {
    this.store.write(snapshot(this));
  }

  restore() {
    const kept = this.store.read();
    if (kept) recall(this, kept);
    this.refresh();
  }

  /**
   * True when the server keeps nothing of it any more. Which conversation the first question began is known with its answer only, so
   * that is waited for; false when it does not come and the question may have reached the server all the same.
   */
  async eraseOnServer() {
    let id = this.conversation;
    if (id === null && this.pending) {
      try {
        id = (await this.asking).conversation;
      } catch (error) {
        return error.unheard === true;
      }
    }
    return id === null || this.api.erase(id);
  }

  /** What an erasure that succeeded is called: never more than was done. */
  get erasedWords() {
    return this.adrift ? this.words.erasedPart : this.words.erased;
  }

  /** Nothing is left of it on this device. */
  forget(said) {
    this.abort?.abort();
    Object.assign(this, { abort: null, pending: null, unsent: null, conversation: null, entries: [], offered: false, adrift: false });
    this.status.stop();
    this.log.clear();
    this.composer.value = "";
    this.banner.failures = 0;
    if (this.banner.waiting) this.banner.resend.hidden = true; // the server still asks to wait: that stays true
    else this.banner.close();
    this.store.clear();
    this.refresh();
    this.hooks.scroller()?.scrollTo({ top: 0 });
    this.status.announce(said);
  }

  /* Asking */

  /** The box's text, when there is any and it is short enough. */
  submit() {
    const message = this.composer.value.trim().normalize("NFC");
    if (this.pending) return;
    if (this.banner.waiting) this.status.announce(this.banner.countdown.textContent);
    else if (!message) this.status.announce(this.words.empty);
    else if (this.composer.tooLong) this.status.announce(this.composer.counter.textContent);
    else this.send({ message, title: message, typed: this.composer.value });
  }

  /** A choice or a suggestion. A finger leaves the keyboard down; mouse and keys go back to the box. */
  tap(question, event) {
    if (this.pending) return;
    if (this.banner.waiting) return this.status.announce(this.banner.countdown.textContent);
    const byFinger = event.detail > 0 && matchMedia("(pointer: coarse)").matches;
    if (!byFinger) this.composer.focus();
    this.send(question);
  }

  resend() {
    if (this.pending || !this.unsent) return;
    if (this.banner.waiting) return this.status.announce(this.banner.countdown.textContent);
    this.composer.focus();
    if (this.unsent.typed === null) this.send(this.unsent);
    else this.submit();
  }

  /** Its bubble at once, then the answer, or the text back in the box and the reason above it. */
  async send(question) {
    const mine = this.begin(question);
    const [bubble] = this.log.add(userEntry(question.title, Date.now()));
    bubble.classList.add("is-pending");
    this.refresh();
    this.save();
    this.status.start(() => this.log.showEnd());
    this.log.showEnd();
    const begins = this.conversation === null;
    let failure = null;
    let answers = [];
    try {
      this.asking = this.api.ask(question.message, this.conversation, mine.signal, () => { this.adrift ||= begins; this.status.retrying(); });
      const body = await this.asking;
      if (this.abort !== mine) return; // the conversation was deleted meanwhile
      answers = botEntries(body, question, this.words.again, Date.now());
      if (!answers.length) throw new Failure(this.words.failed);
      this.conversation = body.conversation;
    } catch (error) {
      if (this.abort !== mine) return;
      failure = error instanceof Failure ? error : new Failure(this.words.failed);
      this.adrift ||= begins && !failure.unheard;
    }
    this.status.stop();
    this.pending = null;
    if (failure) this.giveBack(question, failure, bubble);
    else this.show(question, answers, bubble);
    this.refresh();
    this.save();
    if (!failure) this.log.showNewest();
  }

  begin(question) {
    this.banner.close();
    this.unsent = null;
    this.pending = question;
    this.abort = new AbortController();
    if (question.typed !== null) this.composer.value = "";
    return this.abort;
  }

  show(question, answers, bubble) {
    this.banner.failures = 0;
    const last = answers.at(-1);
    last.offersRating = last.status === "smalltalk_goodbye" && !this.offered && this.entries.length > 0;
    this.offered ||= last.offersRating;
    bubble.classList.remove("is-pending");
    this.entries.push(userEntry(question.title, Date.now()), ...answers);
    this.log.add(...answers);
    this.hooks.answered(answers.length);
  }

  giveBack(question, failure, bubble) {
    bubble.remove();
    this.unsent = failure.retry ? question : null;
    if (question.typed !== null) this.composer.giveBack(question.typed);
    this.banner.fail(failure);
  }

  /* States */

  refresh() {
    const busy = Boolean(this.pending);
    this.log.refresh(busy, this.banner.waiting);
    this.welcome.box.hidden = !this.log.isEmpty;
    for (const button of this.welcome.box.querySelectorAll(".choice")) button.setAttribute("aria-disabled", String(busy || this.banner.waiting));
    this.banner.resend.setAttribute("aria-disabled", String(this.banner.waiting));
    this.composer.refresh(busy || this.banner.waiting);
  }

  offline() {
    if (!this.pending) this.banner.open(this.unsent ? this.words.offline : this.words.offlineIdle, "offline", Boolean(this.unsent));
  }

  online() {
    if (this.banner.kind !== "offline") return;
    if (this.unsent) return this.banner.open(this.words.onlineUnsent, "failure", true);
    this.banner.close();
    this.status.announce(this.words.online);
  }

}
