/** Reading an answer aloud with the device's own Vietnamese voice, only when the citizen asks for it. */

const MOST_CHARACTERS = 180; // some engines fall silent in the middle of longer texts

/** Sentences of at most MOST_CHARACTERS; a longer one is cut at a blank. Pure. */
export function spokenParts(text) {
  const sentences = text.replace(/https?:\/\/\S+|\/(?:thu-tuc|viec|api)\/\S+/g, "").replace(/([.?!:;])\s+/g, "$1\n").split(/\n+/);
  return sentences.flatMap((sentence) => cut(sentence.trim())).filter(Boolean);
}

function cut(sentence) {
  if (sentence.length <= MOST_CHARACTERS) return [sentence];
  const blank = sentence.lastIndexOf(" ", MOST_CHARACTERS);
  const at = blank > 0 ? blank : MOST_CHARACTERS;
  return [sentence.slice(0, at), ...cut(sentence.slice(at).trim())];
}

export class Speech {
  /** synthesis: window.speechSynthesis or undefined. onVoices: called when a Vietnamese voice turns up later. */
  constructor(synthesis, onVoices) {
    this.synthesis = synthesis;
    this.onEnd = null;
    synthesis?.addEventListener?.("voiceschanged", onVoices);
  }

  /** The first voice that speaks Vietnamese, undefined when there is none. */
  get voice() {
    return this.synthesis?.getVoices().find((voice) => /^vi\b/i.test(voice.lang.replace("_", "-")));
  }

  /** Read from the beginning; what was being read stops. onEnd: called once when it has ended or was stopped. */
  read(text, onEnd) {
    this.stop();
    this.onEnd = onEnd;
    const parts = spokenParts(text);
    parts.forEach((part, n) => {
      const utterance = new SpeechSynthesisUtterance(part);
      Object.assign(utterance, { voice: this.voice, lang: "vi-VN" });
      if (n === parts.length - 1) utterance.addEventListener("end", () => { if (this.onEnd === onEnd) this.ended(); });
      utterance.addEventListener("error", () => { if (this.onEnd === onEnd) this.ended(); });
      this.synthesis.speak(utterance);
    });
  }

  stop() {
    if (this.onEnd) this.synthesis.cancel();
    this.ended();
  }

  ended() {
    const onEnd = this.onEnd;
    this.onEnd = null;
    onEnd?.();
  }
}
