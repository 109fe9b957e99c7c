// Somebody else's things look like missing ones, through every door.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { Account, send } from "../http/account.mjs";
import { assertProblem } from "../http/problem.mjs";

const SECRET = "rehearse the zanzibar speech";
/** An id that nobody has. */
const NOBODYS = 987_654;

/** Every route that names a thing: `[method, path after /api/{user_id}, body]`. */
const ROUTES = [
  ["GET", "/tasks/{id}"],
  ["PUT", "/tasks/{id}", { title: "taken over" }],
  ["PATCH", "/tasks/{id}", { title: "taken over" }],
  ["PATCH", "/tasks/{id}/complete", { completed: true }],
  ["DELETE", "/tasks/{id}"],
  ["POST", "/trash/{id}/restore"],
  ["POST", "/changes/{id}/undo"],
  ["GET", "/plans/{id}"],
  ["POST", "/plans/{id}/confirm"],
  ["DELETE", "/plans/{id}"],
  ["GET", "/conversations/{id}"],
  ["PUT", "/conversations/{id}", { title: "taken over" }],
  ["DELETE", "/conversations/{id}"],
  ["GET", "/conversations/{id}/messages"],
  ["GET", "/conversations/{id}/export"],
];

/** Every route without an id in it; under somebody else's user id it is not there. */
const ROOTS = ["/tasks", "/tags", "/stats", "/trash", "/changes", "/plans", "/conversations", "/settings", "/screen"];

describe("somebody else's things", () => {
  let ana, ben, untouched;

  before(async () => {
    ana = await Account.signUp("Ana");
    ben = await Account.signUp("Ben");
    for (let n = 1; n <= 8; n += 1) await ana.add({ title: `${SECRET} ${n}`, tags: ["zanzibar"] });
    await ana.call("DELETE", "/api/me/tasks/8");
    const asked = await ana.say("delete all my tasks");
    assert.ok(asked.plan, `a plan waits: ${asked.response}`);
    untouched = await everythingOf(ana);
  });

  async function everythingOf(account) {
    const plans = await account.call("GET", "/api/me/plans");
    return { ...(await account.state()), plans: plans.json };
  }

  const stillThere = async () => assert.deepEqual(await everythingOf(ana), untouched);

  test("an id of somebody else's answers like one that nobody has", async () => {
    for (const [method, path, json] of ROUTES) {
      for (const id of [1, 7, 8]) {
        const theirs = await ben.call(method, `/api/me${path.replace("{id}", id)}`, { json });
        const nobodys = await ben.call(method, `/api/me${path.replace("{id}", NOBODYS)}`, { json });

        assertProblem(theirs, 404, `${method} ${path} of somebody else`);
        const without = (answer, n) => answer.text.replaceAll(String(n), "N");
        assert.equal(without(theirs, id), without(nobodys, NOBODYS), `${method} ${path}`);
      }
    }
    await stillThere();
  });

  test("somebody else's user id answers like one that nobody has", async () => {
    const paths = [...ROOTS, ...ROUTES.filter(([method]) => method === "GET").map(([, path]) => path.replace("{id}", 1))];
    for (const path of paths) {
      const theirs = await ben.call("GET", `/api/${ana.user.id}${path}`);
      const nobodys = await ben.call("GET", `/api/${"0".repeat(ana.user.id.length)}${path}`);

      assertProblem(theirs, 404, `GET ${path} under somebody else`);
      assert.equal(theirs.text, nobodys.text, path);
    }
    assertProblem(await ben.call("POST", `/api/${ana.user.id}/tasks`, { json: { title: "a gift" } }), 404, "a write under somebody else");
    assertProblem(await ben.call("POST", `/api/${ana.user.id}/chat`, { json: { message: "help" } }), 404, "a chat under somebody else");
    await stillThere();
  });

  test("one's own user id is as good as me", async () => {
    const answer = await ana.call("GET", `/api/${ana.user.id}/tasks`);

    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.tasks.length, 7);
  });

  test("lists, counts and searches show nothing of somebody else", async () => {
    for (const path of [...ROOTS, "/tasks?status=all&q=zanzibar", "/tasks?tag=zanzibar", "/changes?after=0", "/conversations?q=delete"]) {
      const answer = await ben.call("GET", `/api/me${path}`);
      assert.equal(answer.status, 200, `${path}: ${answer.text}`);
      assert.doesNotMatch(answer.text, /zanzibar/i, path);
    }
  });

  test("undoing what somebody else did is not possible by naming a time", async () => {
    const json = { actor: "person", since: "2020-01-01T00:00:00Z" };
    const answer = await ben.call("POST", "/api/me/changes/undo", { json });
    assert.ok(answer.status < 500, answer.text);
    await stillThere();
  });

  test("chat neither tells nor changes somebody else's tasks", async () => {
    const wishes = ["show task 1", "what's pending?", "complete task 1", "delete task 7", `delete ${SECRET} 2`, "rename 3 to taken over", "restore task 8", "undo", "search zanzibar", "yes"];
    // Somebody of his own: what he says himself would stand on Ben's pages.
    const cleo = await Account.signUp("Cleo");
    for (const wish of wishes) {
      const answer = await cleo.say(wish);
      // What Cleo said may come back, what Ana wrote may not.
      assert.doesNotMatch(JSON.stringify(answer.tool_calls.map((call) => call.result)), /zanzibar/i, `${wish}: ${answer.response}`);
    }
    const theirs = await cleo.call("POST", "/api/me/chat", { json: { message: "undo that", conversation_id: untouched.conversations.conversations[0].id + 50 } });
    assertProblem(theirs, 404, "a conversation that is not one's own");
    await stillThere();
  });

  test("pages neither show nor change somebody else's tasks", async () => {
    for (const path of ["/today", "/upcoming", "/all", "/completed", "/history", "/trash", "/search?q=zanzibar", "/all?task=1", "/tags/zanzibar", "/today?conversation=1"]) {
      const page = await ben.browse("GET", path);
      assert.ok(page.status < 500, `${path}: ${page.status}`);
      assert.doesNotMatch(page.text, /rehearse the zanzibar/i, path);
    }
    const forms = [["/tasks/1", { title: "taken over" }], ["/tasks/1/complete", { completed: "true" }], ["/tasks/7/delete", {}], ["/trash/8/restore", {}], ["/changes/1/undo", {}], ["/plans/1/confirm", {}]];
    for (const [path, fields] of forms) {
      const page = await ben.submit(path, fields);
      assert.ok(page.status < 500, `${path}: ${page.status}`);
      assert.doesNotMatch(page.text, /rehearse the zanzibar/i, path);
    }
    await stillThere();
  });

  test("the list of routes above is the whole list", async (t) => {
    const document = await send("GET", "/api/openapi.json");
    if (document.status !== 200) return t.skip("the app describes no routes yet");
    const known = new Set([...ROUTES.map(([method, path]) => `${method} ${path}`)]);

    const unknown = Object.entries(document.json.paths)
      .filter(([path]) => path.startsWith("/api/{user_id}/"))
      .flatMap(([path, item]) => Object.keys(item).map((method) => [method.toUpperCase(), path.slice("/api/{user_id}".length)]))
      .filter(([, path]) => path.includes("{"))
      .map(([method, path]) => `${method} ${path.replace(/\{\w+\}/, "{id}")}`)
      .filter((route) => !known.has(route));

    assert.deepEqual(unknown, [], "add these to ROUTES");
  });
});
