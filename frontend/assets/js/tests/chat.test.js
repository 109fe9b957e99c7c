import assert from "node:assert/strict";
import { test } from "node:test";

import { eventReader, wholeWords } from "../chat.js";

test("an event may arrive in several chunks", () => {
  const feed = eventReader();

  assert.deepEqual(feed('event: token\ndata: {"te'), []);
  assert.deepEqual(feed('xt":"hi"}\n\nevent: done\n'), [{ type: "token", data: '{"text":"hi"}' }]);
  assert.deepEqual(feed("data: {}\n\n"), [{ type: "done", data: "{}" }]);
});

test("several events in one chunk come in order, comments are skipped", () => {
  const events = eventReader()(": heartbeat\n\nevent: a\ndata: 1\n\nevent: b\r\ndata: 2\r\n\r\n");

  assert.deepEqual(events.map(({ type, data }) => type + data), ["a1", "b2"]);
});

test("data of several lines is joined", () => {
  assert.deepEqual(eventReader()("data: one\ndata: two\n\n"), [{ type: "message", data: "one\ntwo" }]);
});

test("text is shown in whole words", () => {
  assert.equal(wholeWords("Two tasks. Satur"), "Two tasks. ");
  assert.equal(wholeWords("Sat"), "");
  assert.equal(wholeWords("done. "), "done. ");
});
