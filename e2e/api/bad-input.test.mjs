// Whatever is sent: a clear error, nothing changed, nothing of the inside shown.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { Account, password, send } from "../http/account.mjs";
import { assertAuthRefusal, assertProblem, showsNothingInside } from "../http/problem.mjs";

const REFUSED = [400, 413, 415, 422];
const TEN_MEGABYTES = 10 * 1024 * 1024;

describe("bad input", () => {
  let ana, untouched;

  before(async () => {
    ana = await Account.signUp("Ana");
    await ana.add({ title: "water the plants", tags: ["home"], due: { date: "2031-03-14" } });
    await ana.say("add call the bank");
    untouched = await ana.state();
  });

  const nothingChanged = async () => assert.deepEqual(await ana.state(), untouched);

  const badTasks = {
    "no title": {},
    "an empty title": { title: "" },
    "a title of spaces": { title: "   " },
    "a title of 201 characters": { title: "x".repeat(201) },
    "a title of 201 characters outside the basic plane": { title: "🌱".repeat(201) },
    "NUL in the title": { title: "a\0b" },
    "a title that is a number": { title: 7 },
    "a title that is a list": { title: ["a"] },
    "a title that is null": { title: null },
    "a description of 1001 characters": { title: "a", description: "x".repeat(1001) },
    "NUL in the description": { title: "a", description: "a\0b" },
    "an unknown priority": { title: "a", priority: "urgent" },
    "a priority that is a number": { title: "a", priority: 3 },
    "tags that are a string": { title: "a", tags: "home" },
    "NUL in a tag": { title: "a", tags: ["ho\0me"] },
    "an endless tag": { title: "a", tags: ["x".repeat(5000)] },
    "very many tags": { title: "a", tags: Array.from({ length: 5000 }, (_, n) => `t${n}`) },
    "a day that does not exist": { title: "a", due: { date: "2031-02-30" } },
    "a time that does not exist": { title: "a", due: { date: "2031-02-03", time: "25:00" } },
    "a zone that does not exist": { title: "a", due: { date: "2031-02-03", time: "10:00", timezone: "Moon/Base" } },
    "a year beyond the calendar": { title: "a", due: { date: "99999-01-01" } },
    "a due date that is a number": { title: "a", due: 20310314 },
    "a repeat that is no rule": { title: "a", due: { date: "2031-02-03" }, repeat: "FREQ=SOMETIMES" },
    "an unknown field": { title: "a", colour: "red" },
    "somebody's user id": { title: "a", user_id: "someone-else" },
    "an id of one's own choice": { title: "a", id: 77 },
  };

  for (const [what, task] of Object.entries(badTasks)) {
    test(`a new task with ${what} is refused`, async () => {
      assertProblem(await ana.call("POST", "/api/me/tasks", { json: task }), REFUSED, what);
      await nothingChanged();
    });
  }

  test("a change of a task is read as strictly as a new one", async () => {
    const bad = ["an empty title", "a title of 201 characters", "NUL in the title", "an unknown priority", "an unknown field", "a day that does not exist"];
    for (const what of bad) {
      assertProblem(await ana.call("PATCH", "/api/me/tasks/1", { json: badTasks[what] }), REFUSED, `PATCH with ${what}`);
      assertProblem(await ana.call("PUT", "/api/me/tasks/1", { json: badTasks[what] }), REFUSED, `PUT with ${what}`);
    }
    assertProblem(await ana.call("PATCH", "/api/me/tasks/1/complete", { json: { completed: "yes" } }), REFUSED, "completed: yes");
    assertProblem(await ana.call("PATCH", "/api/me/tasks/1/complete", { json: {} }), REFUSED, "completed missing");
    await nothingChanged();
  });

  const badBodies = {
    "no JSON": "title=a",
    "half of a JSON object": '{"title": "a"',
    nothing: "",
    "a JSON string": '"a"',
    "a lone high surrogate": '{"title":"a\\ud800b"}',
    "a lone low surrogate": '{"title":"\\udc00"}',
    "bytes that are no UTF-8": Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('"}')]),
    "a thousand brackets": "[".repeat(1000),
  };

  for (const [what, body] of Object.entries(badBodies)) {
    test(`a body that is ${what} is refused`, async () => {
      const headers = { "content-type": "application/json" };
      assertProblem(await ana.call("POST", "/api/me/tasks", { body, headers }), REFUSED, what);
      await nothingChanged();
    });
  }

  test("a body of another type is refused", async () => {
    const headers = { "content-type": "text/plain" };
    const answer = await ana.call("POST", "/api/me/tasks", { body: '{"title":"a"}', headers });
    assertProblem(answer, [400, 415], "text/plain");
    await nothingChanged();
  });

  test("a body of 10 MB is refused at every door", async () => {
    const json = { title: "x".repeat(TEN_MEGABYTES) };
    assertProblem(await ana.call("POST", "/api/me/tasks", { json }), 413, "a task");
    assertProblem(await ana.call("POST", "/api/me/chat", { json: { message: json.title } }), 413, "a message");
    const signUp = await send("POST", "/api/auth/sign-up/email", { json: { name: json.title, email: "a@example.com", password } });
    assertAuthRefusal(signUp, 413, "a sign-up");
    const rpc = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "add_task", arguments: json } };
    const tool = await ana.call("POST", "/mcp", { json: rpc, headers: { accept: "application/json, text/event-stream" } });
    assert.equal(tool.status, 413, tool.text.slice(0, 200));
    const form = await ana.submit("/tasks", { text: json.title });
    assert.equal(form.status, 413, form.text.slice(0, 200));
    await nothingChanged();
  });

  test("an id that is no task's is refused as missing or malformed", async () => {
    const ids = ["0", "-1", "999999999", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "1.5", "one", "1%00", "%F0%9F%8C%B1", "1;drop table tasks"];
    for (const id of ids) {
      const path = `/api/me/tasks/${id.includes("%") ? id : encodeURIComponent(id)}`;
      assertProblem(await ana.call("GET", path), [400, 404, 422], `GET ${path}`);
      assertProblem(await ana.call("DELETE", path), [400, 404, 422], `DELETE ${path}`);
      assertProblem(await ana.call("PATCH", path, { json: { title: "a" } }), [400, 404, 422], `PATCH ${path}`);
    }
    for (const path of ["/api/me/changes/9223372036854775808/undo", "/api/me/changes/-1/undo", "/api/me/trash/99999999999999999999/restore", "/api/me/plans/x/confirm"]) {
      assertProblem(await ana.call("POST", path), [400, 404, 422], `POST ${path}`);
    }
    await nothingChanged();
  });

  test("a query that makes no sense is refused", async () => {
    const queries = ["status=done-ish", "due=someday-maybe-never", "due=2031-02-30..", "priority=urgent", "sort=colour", "limit=0", "limit=201", "limit=-5", "limit=ten", "cursor=not-a-cursor", "cursor=AAAA", "colour=red"];
    for (const query of queries) {
      assertProblem(await ana.call("GET", `/api/me/tasks?${query}`), [400, 422], query);
    }
    showsNothingInside(await ana.call("GET", `/api/me/tasks?q=${encodeURIComponent("'\") OR 1=1 -- * NEAR \0")}`), "a search for syntax");
    showsNothingInside(await ana.call("GET", `/api/me/tasks?q=${"x".repeat(5000)}`), "an endless search");
  });

  test("headers that make no sense are refused", async () => {
    const json = { title: "a" };
    assertProblem(await ana.call("POST", "/api/me/tasks", { json, headers: { "idempotency-key": "k".repeat(5000) } }), REFUSED, "an endless key");
    assertProblem(await ana.call("PATCH", "/api/me/tasks/1", { json, headers: { "if-match": "not-a-tag" } }), [400, 412], "If-Match");
    assertProblem(await ana.call("PATCH", "/api/me/tasks/1", { json, headers: { "if-match": '"999"' } }), 412, "a stale If-Match");
    await nothingChanged();
  });

  test("a message that cannot be one is refused", async () => {
    const messages = { "no message": {}, "an empty one": { message: "" }, "one of spaces": { message: "  " }, "one of 4001 characters": { message: "x".repeat(4001) }, "one with NUL": { message: "add a\0b" }, "a number": { message: 5 }, "an unknown field": { message: "help", tool: "delete_task" }, "a conversation that is not there": { message: "help", conversation_id: 4711 }, "a conversation id that is a word": { message: "help", conversation_id: "x" } };
    for (const [what, json] of Object.entries(messages)) {
      assertProblem(await ana.call("POST", "/api/me/chat", { json }), [...REFUSED, 404], what);
    }
    await nothingChanged();
  });

  test("settings that cannot be are refused", async () => {
    for (const json of [{ timezone: "Moon/Base" }, { timezone: "" }, { theme: "pink" }, { week_start: "someday" }, { shortcuts: "yes" }, { colour: "red" }]) {
      assertProblem(await ana.call("PATCH", "/api/me/settings", { json }), REFUSED, JSON.stringify(json));
    }
    await nothingChanged();
  });

  test("an account that cannot be is refused", async () => {
    const good = { name: "Ben", email: "ben@example.com", password };
    const bad = { "no name": { ...good, name: undefined }, "no e-mail": { ...good, email: undefined }, "an e-mail without @": { ...good, email: "ben" }, "NUL in the name": { ...good, name: "B\0n" }, "NUL in the e-mail": { ...good, email: "b\0n@example.com" }, "a short password": { ...good, password: "short" }, "an endless password": { ...good, password: "x".repeat(100_000) }, "an endless name": { ...good, name: "x".repeat(100_000) }, "a password that is a number": { ...good, password: 1234567890 } };
    for (const [what, json] of Object.entries(bad)) {
      assertAuthRefusal(await send("POST", "/api/auth/sign-up/email", { json }), [400, 413, 422], what);
    }
  });

  test("paths and methods that do not exist say so", async () => {
    assertProblem(await ana.call("GET", "/api/me/nothing-here"), 404, "an unknown path");
    assertProblem(await ana.call("POST", "/api/me/tasks/1", { json: {} }), 405, "a method that it does not have");
    for (const path of ["/no-such-page", "/tasks/..%2f..%2fetc%2fpasswd", "/%00", "/assets/..%2f..%2fCargo.toml"]) {
      const answer = await ana.browse("GET", path);
      assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
      showsNothingInside(answer, path);
    }
  });

  test("a form that cannot be answered shows a page with the reason, not the inside", async () => {
    const forms = [["/tasks", { text: "" }], ["/tasks", { text: "x".repeat(5000) }], ["/tasks", { text: "a\0b" }], ["/tasks/99999999999999999999", { title: "a" }], ["/tasks/1", { title: "" }], ["/chat", { message: "" }], ["/chat", { message: "x".repeat(4001) }]];
    for (const [path, fields] of forms) {
      const answer = await ana.submit(path, fields);
      assert.ok(answer.status < 500, `${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      showsNothingInside(answer, path);
    }
    await nothingChanged();
  });
});
