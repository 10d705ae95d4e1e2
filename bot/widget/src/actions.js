/** What the menu and an answer's buttons do. */

import { openEraseDialog } from "./erase_dialog.js";
import { copyText, download, printTranscript } from "./output.js";
import { openPrivacyDialog } from "./privacy_dialog.js";
import { openRatingDialog } from "./rating_dialog.js";
import { transcriptName, transcriptOf, transcriptText } from "./transcript.js";
import { noticeOf, privacyPath } from "./welcome.js";

export class Actions {
  /** root: where dialogs stand. opener(): the button that gets the focus back. info(): the body of GET /api/widget. */
  constructor(chat, speech, { root, opener, info, title, offersRemember, setLarge }) {
    Object.assign(this, { chat, speech, root, opener, info, title, offersRemember, setLarge, words: chat.words });
  }

  /** name: see Menu. */
  run(name) {
    const needsTalk = ["download", "print", "copy", "rate"].includes(name);
    if (needsTalk && !this.chat.entries.length) return this.chat.status.announce(this.words.nothingYet);
    this[name]();
  }

  get dialog() {
    return { within: this.root, opener: this.opener(), level: this.chat.site.level, words: this.words };
  }

  erase() {
    const erase = () => this.chat.eraseOnServer();
    openEraseDialog({ ...this.dialog, erase, said: () => this.chat.erasedWords, forget: (said) => { this.speech.stop(); this.setLarge(false); this.chat.forget(said); } });
  }

  get text() {
    return transcriptText(this.chat.entries, this.words, this.title(), Date.now());
  }

  download() {
    download(this.text, transcriptName(Date.now()));
  }

  print() {
    const { words } = this;
    printTranscript(words.transcript(this.title()), transcriptOf(this.chat.entries, words), words.transcriptFoot);
  }

  copy() {
    this.copyText(this.text);
  }

  copyEntry(entry) {
    this.copyText(entry.text);
  }

  async copyText(text) {
    const copied = await copyText(text, this.root);
    this.chat.status.announce(copied ? this.words.copied : this.words.notCopied);
    this.chat.status.flash(copied ? this.words.copied : this.words.notCopied);
  }

  large() {
    const wanted = !this.chat.log.large;
    this.setLarge(wanted);
    this.chat.refresh();
    this.chat.save();
    this.chat.log.showNewest();
    this.chat.status.announce(wanted ? this.words.largeOn : this.words.largeOff);
  }

  privacy() {
    const { site, store, conversation, api } = this.chat;
    const info = this.info();
    const notice = noticeOf(info, site) ?? this.words.notice(Number.isInteger(info.keep_days) ? info.keep_days : 30);
    const remember = this.offersRemember && { checked: store.onDevice, change: (wanted) => { store.keepOnDevice(wanted, null); this.chat.save(); } };
    const code = async () => (conversation === null ? null : api.code(conversation));
    openPrivacyDialog({ ...this.dialog, notice, href: site.href(privacyPath(info)), code, remember });
  }

  rate() {
    const { api, conversation, status } = this.chat;
    openRatingDialog({ ...this.dialog, rate: (stars, comment) => api.rating(conversation, stars, comment), announce: (text) => { status.announce(text); status.flash(text); } });
  }

  /** Read an answer, or stop when it is the one being read. */
  read(entry, button) {
    const { speech, words } = this;
    if (button.getAttribute("aria-pressed") === "true") return speech.stop();
    speech.read(entry.text, () => this.mark(button, false, words.readAloud));
    this.mark(button, true, words.stopReading);
  }

  mark(button, reading, words) {
    button.setAttribute("aria-pressed", String(reading));
    button.lastChild.textContent = words;
  }
}
