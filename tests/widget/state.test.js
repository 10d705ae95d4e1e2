/** What is kept, what is repeated, what is taken along. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Failure, refusal } from "../../bot/widget/src/api.js";
import { pause, pauseBefore, RETRIES, withRetries } from "../../bot/widget/src/backoff.js";
import { botEntries, readEntries } from "../../bot/widget/src/entries.js";
import { spokenParts } from "../../bot/widget/src/speech.js";
import { Store, STORE_KEY } from "../../bot/widget/src/store.js";
import { transcriptName, transcriptText } from "../../bot/widget/src/transcript.js";
import { EN } from "../../bot/widget/src/words_en.js";
import { VI } from "../../bot/widget/src/words_vi.js";

class Shelf {
  constructor(kept = {}) { this.kept = kept; }
  getItem(key) { return this.kept[key] ?? null; }
  setItem(key, value) { this.kept[key] = value; }
  removeItem(key) { delete this.kept[key]; }
}

test("the tab keeps by default, the device only when asked to, and never both", () => {
  const [tab, device] = [new Shelf(), new Shelf()];
  const store = new Store(tab, device);
  store.write({ a: 1 });
  assert.deepEqual([Object.keys(tab.kept), Object.keys(device.kept)], [[STORE_KEY], []]);
  store.keepOnDevice(true, { a: 2 });
  assert.deepEqual([Object.keys(tab.kept), Object.keys(device.kept)], [[], [STORE_KEY]]);
  assert.deepEqual(new Store(new Shelf(), device).read(), { a: 2 });
  store.clear();
  assert.deepEqual([tab.kept, device.kept], [{}, {}]);
});

test("a storage that is missing, full or damaged does no harm", () => {
  const broken = { getItem() { throw new Error("forbidden"); }, setItem() { throw new Error("full"); }, removeItem() { throw new Error("no"); } };
  for (const tab of [null, broken, new Shelf({ [STORE_KEY]: "{" }), new Shelf({ [STORE_KEY]: "7" }), new Shelf({ [STORE_KEY]: "[]" })]) {
    const store = new Store(tab, null);
    assert.equal(store.read(), null);
    store.write({ a: 1 });
    store.clear();
  }
  assert.deepEqual(readEntries([null, 7, { who: "bot", text: "x" }, { who: "user", text: "ok" }]), [{ who: "user", text: "ok" }]);
  assert.equal(readEntries(Array.from({ length: 500 }, () => ({ who: "user", text: "a" }))).length, 120);
});

test("a kept talk that somebody changed is left out", () => {
  const entry = { who: "bot", text: "x", choices: [], source: null, sections: [{ section: "fees", path: "/thu-tuc/1.001193#fees" }] };
  assert.deepEqual(readEntries([entry]), [entry]);
  for (const path of ["javascript:alert(1)", "@evil.example/", "//evil.example", "/thu-tuc/1.001193#fees\n", 7]) {
    assert.deepEqual(readEntries([{ ...entry, sections: [{ section: "fees", path }] }]), [], String(path));
  }
  for (const odd of [{ choices: [null] }, { choices: [{ title: 7, message: "x" }] }, { source: { title: 7 } }, { sections: 7 }]) assert.deepEqual(readEntries([{ ...entry, ...odd }]), []);
});

test("the last message of a turn can be judged, unless there is nothing to judge", () => {
  const body = (status) => ({ turn: "t", messages: [{ text: "N", notice: true, answer: null }, { text: "A", answer: { status } }] });
  const turns = (status) => botEntries(body(status), null, "", 1).map(({ turn }) => turn);
  assert.deepEqual(turns("answered"), [undefined, "t"]);
  for (const status of ["error_engine", "smalltalk_thanks", null]) assert.deepEqual(turns(status), [undefined, undefined]);
  assert.deepEqual(botEntries({ messages: [null, {}, { text: " " }, { text: 7 }] }, null, "", 1), []);
});

test("a failed answer can be asked again, a choice without words cannot be chosen", () => {
  const [entry] = botEntries({ messages: [{ text: "Lỗi", answer: { status: "error_engine", choices: [{ title: "", message: "x" }] } }] }, { message: "m", title: "t" }, "Hỏi lại", 1);
  assert.deepEqual(entry.choices, [{ title: "Hỏi lại", message: "m", shown: "t" }]);
});

test("pauses grow and differ", () => {
  assert.deepEqual([0, 1, 2, 9].map((n) => pauseBefore(n, () => 0)), [1000, 2000, 4000, 8000]);
  assert.equal(pauseBefore(1, () => 1), 1000);
});

test("a lost connection is tried three times more, an answer of the server never", async () => {
  const run = async (error, until) => {
    let tries = 0;
    const waited = [];
    const attempt = async () => { tries += 1; if (tries <= until) throw error; return "ok"; };
    const result = await withRetries(attempt, { again: (one) => one.lost, wait: async (ms) => waited.push(ms), random: () => 0 }).catch((one) => one);
    return [result, tries, waited];
  };
  const lost = new Failure("x", { lost: true });
  assert.deepEqual(await run(lost, 2), ["ok", 3, [1000, 2000]]);
  assert.deepEqual(await run(lost, 9), [lost, 1 + RETRIES, [1000, 2000, 4000]]);
  const refused = refusal({ status: 400, headers: new Headers() }, { error: { message: " Không. " } }, VI);
  assert.deepEqual(await run(refused, 9), [refused, 1, []]);
  assert.deepEqual([refused.message, refused.retry], ["Không.", false]);
});

test("waiting ends at once when it is no longer wanted", async () => {
  const stop = new AbortController();
  const waiting = assert.rejects(pause(60_000, stop.signal));
  stop.abort();
  await waiting;
});

test("429 says how long to wait, within reason", () => {
  const wait = (value) => refusal({ status: 429, headers: new Headers(value ? { "Retry-After": value } : {}) }, null, VI).wait;
  assert.deepEqual(["12", "1.2", "99999", "-1", "Fri, 1 Jan", ""].map(wait), [12, 2, 600, 10, 10, 10]);
});

test("a transcript names speakers, times and sources, and has its day in its name", () => {
  const at = new Date(2026, 10, 22, 9, 5).getTime();
  const entries = [{ who: "user", text: "Hỏi\nhai", at }, { who: "bot", text: "Đáp", at, choices: [], source: { title: "Cổng", url: "https://a.example/" } }, { who: "bot", text: "Cũ", choices: [] }];
  const text = transcriptText(entries, VI, "Một Cửa", at);
  for (const part of ["Một Cửa: cuộc trò chuyện\r\n", "Anh/chị hỏi (", "09:05", "22/11/2026", "Hỏi\r\nhai", "Cổng: https://a.example/", "Máy trả lời:\r\nCũ"]) assert.ok(text.includes(part), part);
  assert.equal(text.replaceAll("\r\n", "").includes("\n"), false);
  assert.equal(transcriptName(at), "mot-cua-2026-11-22.txt");
});

test("speech gets short sentences without addresses", () => {
  const parts = spokenParts(`Dạ. Thời hạn: trong ngày.\nXem /thu-tuc/1.001193 ở https://a.example/x\n${"từ ".repeat(200)}`);
  assert.ok(parts.every((part) => part.length <= 180 && part.trim() && !/https|thu-tuc/.test(part)));
  assert.equal(parts.join(" ").match(/từ/g).length, 200);
});

test("both languages say the same things", () => {
  const shape = (words) => Object.entries(words).map(([key, value]) => [key, Array.isArray(value) ? value.length : typeof value === "object" ? Object.keys(value) : typeof value]);
  assert.deepEqual(shape(EN).sort(), shape(VI).sort());
  for (const text of Object.values(VI).filter((value) => typeof value === "string")) {
    assert.equal(text, text.normalize("NFC"));
    assert.doesNotMatch(text, /\bbạn\b/iu);
  }
});
