import assert from "node:assert/strict";
import { test } from "node:test";

import { carry, label, pieces } from "../quick-add.js";

const span = (start, end) => ({ start, end });

test("a span before an edit stays and one behind it moves along", () => {
  const before = "rent tomorrow #home";
  const after = "rent for tomorrow #home";

  assert.deepEqual(carry([span(0, 4), span(5, 13)], before, after), [span(0, 4), span(9, 17)]);
});

test("a span that an edit touched is dropped", () => {
  assert.deepEqual(carry([span(5, 13)], "rent tomorrow", "rent tomrow"), []);
});

test("deleting everything drops every span", () => {
  assert.deepEqual(carry([span(0, 4)], "rent", ""), []);
});

test("text is cut at its spans", () => {
  assert.deepEqual(pieces("pay tomorrow !high", [span(13, 18), span(4, 12)]), [
    { text: "pay ", marked: false },
    { text: "tomorrow", marked: true },
    { text: " ", marked: false },
    { text: "!high", marked: true },
  ]);
});

test("positions count UTF-16 units, so an emoji before a span does not move it", () => {
  const text = "🥛 milk today";

  assert.deepEqual(pieces(text, [span(8, 13)]).at(-1), { text: "today", marked: true });
});

test("spans that overlap or lie outside are left out", () => {
  assert.deepEqual(pieces("abc", [span(0, 2), span(1, 3), span(5, 9)]), [
    { text: "ab", marked: true },
    { text: "c", marked: false },
  ]);
});

test("a chip shows what a span means, or else its words", () => {
  assert.equal(label({ ...span(0, 5), kind: "priority", value: "high" }, "!high"), "High");
  assert.equal(label({ ...span(4, 9), kind: "tag", value: null }, "pay #home"), "#home");
});
