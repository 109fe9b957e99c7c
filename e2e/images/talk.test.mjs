// The app in containers: one person, one turn of chat, and nothing for somebody without a token.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Account, send } from "../http/account.mjs";

test("a turn of chat adds a task, and another deletes it", async () => {
  const ana = await Account.signUp("Ana");

  await ana.say("add buy milk tomorrow");
  const [added, ...others] = await ana.tasks();
  assert.equal(added.title, "Buy milk");
  assert.deepEqual(others, []);

  await ana.say("delete buy milk");
  assert.deepEqual(await ana.tasks(), []);
});

test("the pages are there", async () => {
  const landing = await send("GET", "/");

  assert.equal(landing.status, 200);
  assert.match(landing.headers.get("content-type"), /^text\/html/);
});

test("tools are for those with a token", async () => {
  const headers = { accept: "application/json, text/event-stream" };
  const answer = await send("POST", "/mcp", { json: { jsonrpc: "2.0", id: 1, method: "tools/list" }, headers });

  assert.equal(answer.status, 401, answer.text);
});
