/** Colours and sizes: what a portal may change, and what stays readable. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { accentProperties, contrast, remOf, schemeOf } from "../../bot/widget/src/themes.js";

test("contrast is WCAG's", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  assert.ok(Number.isNaN(contrast("red", "#ffffff")));
});

test("an accent is taken only when white can be read on it", () => {
  for (const bad of ["#777777", "#ffe000", "red", "#123", "#0b5750; color: red", "", null, undefined]) assert.deepEqual(accentProperties(bad, false), {});
  assert.equal(accentProperties("#7a1f1f", false)["--accent"], "#7a1f1f");
  assert.equal(accentProperties("#7a1f1f", true)["--accent"], undefined);
});

test("text on an accent's tint can be read too", () => {
  for (const accent of ["#767676", "#7a1f1f", "#0b5750", "#6b6b00"]) {
    const { "--tint": tint } = accentProperties(accent, false);
    assert.ok(contrast(accent, tint) >= 4.5, accent);
  }
});

test("our own colours keep 4.5:1 for text and 3:1 for borders, in both themes", () => {
  const css = readFileSync(new URL("../../bot/widget/src/theme.css", import.meta.url), "utf-8");
  for (const block of css.split("}").slice(0, 2)) {
    const colour = Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
    const pairs = [
      ["text", "page"], ["text", "surface"], ["muted", "page"], ["muted", "surface"], ["accent", "surface"], ["accent", "tint"], ["accent", "page"],
      ["text", "tint"], ["on-accent", "accent"], ["on-bubble", "bubble"], ["text", "warn-tint"], ["warn", "warn-tint"], ["warn", "surface"],
    ];
    for (const [one, other] of pairs) assert.ok(contrast(colour[one], colour[other]) >= 4.5, `${one} on ${other}`);
    assert.ok(contrast(colour.control, colour.surface) >= 3);
  }
});

test("the device decides between light and dark unless the portal does", () => {
  assert.deepEqual([["auto", true], ["auto", false], ["light", true], ["dark", false], [null, true]].map(([theme, dark]) => schemeOf(theme, dark)), ["dark", "light", "light", "dark", "dark"]);
});

test("a page that shrinks its root does not shrink the chat, one that enlarges it does, up to twice", () => {
  assert.deepEqual([[16, 16], [10, 16], [12.5, 20], [20, 16], [40, 16], [0, 16]].map(([root, medium]) => remOf(root, medium)), [16, 16, 20, 20, 32, 16]);
});
