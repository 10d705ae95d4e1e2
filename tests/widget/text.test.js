/** Answers as text -> blocks; what may become a link. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { apiBase, ownPage, safeUrl, sectionsOf } from "../../bot/widget/src/links.js";
import { blocksOf, joinedText, labelled, lengthOf, namedPage, withoutRepeatedList } from "../../bot/widget/src/text.js";

test("an answer becomes lists, lines and a source", () => {
  const kinds = blocksOf("Dạ:\n1. Một\n2) Hai\n\n3. Ba\n- a\n• b\nNguồn: X\nNguồn: Y\r\nHết").map(({ kind, lines }) => [kind, lines.length]);
  assert.deepEqual(kinds, [["text", 1], ["ol", 2], ["ol", 1], ["ul", 2], ["source", 1], ["source", 1], ["text", 1]]);
  assert.deepEqual(blocksOf("12. Tờ khai")[0].lines, [[12, "Tờ khai"]]);
});

test("no line of an answer is lost or doubled", () => {
  const lines = ["Dạ.", "1. a", "2. b", "- c", "Nguồn: d", "1.5 triệu", "– e", "Phí: 1.000 đồng"];
  const shown = blocksOf(lines.join("\n")).flatMap(({ lines: own }) => own.map((line) => (Array.isArray(line) ? line[1] : line)));
  assert.deepEqual(shown, ["Dạ.", "a", "b", "c", "Nguồn: d", "1.5 triệu", "e", "Phí: 1.000 đồng"]);
});

test("a short label before a colon stands out, a sentence with a colon does not", () => {
  assert.deepEqual(labelled("Thời hạn: trong ngày."), ["Thời hạn:", " trong ngày."]);
  assert.equal(labelled("Anh/chị chuẩn bị giấy tờ, rồi nộp: ở xã"), null);
  assert.equal(labelled("Nộp lúc 8:30"), null);
});

test("length is counted as the server counts", () => {
  assert.equal(lengthOf("  ệ".normalize("NFD")), 1);
  assert.equal(lengthOf("🙂🙂 "), 2);
  assert.equal(joinedText("a", "  "), "a");
  assert.equal(joinedText("a", "b"), "a\nb");
});

test("a list that repeats the choices is left to the buttons", () => {
  const choices = [{ title: "A" }, { title: "B" }];
  assert.deepEqual(withoutRepeatedList({ text: "Nào?\n1. A\n2. B", choices }), { text: "Nào?", numbered: true });
  for (const text of ["Nào?\n1. A\n2. C", "1. A\n2. B", "Nào?\n1. A"]) assert.equal(withoutRepeatedList({ text, choices }).numbered, false);
});

test("only absolute web addresses of sources are followed", () => {
  assert.equal(safeUrl("https://dichvucong.gov.vn/p?a=1"), "https://dichvucong.gov.vn/p?a=1");
  for (const url of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "/thu-tuc", "ftp://a/", "", null]) assert.equal(safeUrl(url), null);
});

test("only paths of our own pages are followed, never their host", () => {
  const paths = {
    "Xem /thu-tuc/1.001193 nhé": "/thu-tuc/1.001193", "https://x.example/thu-tuc/1.001193/checklist.": "/thu-tuc/1.001193/checklist",
    "Xem /viec/sinh-con.": "/viec/sinh-con", "Gửi lời nhắn: /lien-he": "/lien-he", "ở /quyen-rieng-tu": "/quyen-rieng-tu",
    "/api/deadline.ics?code=1.001193&row=0": "/api/deadline.ics?code=1.001193&row=0",
  };
  for (const [text, path] of Object.entries(paths)) assert.equal(ownPage(text)?.path, path);
  for (const text of ["/thu-tuc/<b>", "/api/chat", "/lien-he-gi", "/lien-he/../api", "/viec/", "//evil/thu-tuc/"]) assert.equal(ownPage(text), null, text);
  const { before, shown, after } = ownPage("Xem https://x.example/viec/sinh-con nhé");
  assert.deepEqual([before, shown, after], ["Xem ", "https://x.example/viec/sinh-con", " nhé"]);
  assert.deepEqual(namedPage("Xem đầy đủ: /thu-tuc/1.001193"), { words: "Xem đầy đủ", path: "/thu-tuc/1.001193" });
});

test("facts lead to the sections of the procedure's page", () => {
  const facts = ["fees[0].amount_vnd", "fees[1].name", "duration[0]", "source.url", "post.envelope", "place.agency", "steps[0]"].map((field) => ({ field, code: "1.001193" }));
  assert.deepEqual(sectionsOf(facts).map(({ path }) => path), ["fees", "duration", "place"].map((part) => `/thu-tuc/1.001193#${part}`));
  for (const odd of [null, [null], [{ field: "fees", code: "x/../y" }], [{ field: 3, code: "1.001193" }]]) assert.deepEqual(sectionsOf(odd), []);
});

test("the API's base is an http(s) address without a slash at its end", () => {
  assert.equal(apiBase("https://chat.example/", "https://portal.example/a"), "https://chat.example");
  assert.equal(apiBase("/chatbot/", "https://portal.example/a"), "https://portal.example/chatbot");
  assert.equal(apiBase("javascript:alert(1)", "https://portal.example/"), null);
});
