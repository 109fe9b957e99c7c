// Several at once: one effect for one key, one winner for one version, no number twice.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";

import { Account } from "../http/account.mjs";
import { assertProblem } from "../http/problem.mjs";

const times = (count, make) => Promise.all(Array.from({ length: count }, (_, n) => make(n)));
const upTo = (count) => Array.from({ length: count }, (_, n) => n + 1);

describe("writers at once", () => {
  let ana;

  before(async () => {
    ana = await Account.signUp("Ana");
  });

  test("one key sent twenty times at once has one effect and twenty equal answers", async () => {
    const headers = { "idempotency-key": randomUUID() };

    const answers = await times(20, () => ana.call("POST", "/api/me/tasks", { json: { title: "only once" }, headers }));

    for (const answer of answers) {
      assert.equal(answer.status, 201, answer.text);
      assert.deepEqual(answer.json, answers[0].json);
      assert.equal(answer.headers.get("etag"), answers[0].headers.get("etag"));
    }
    const tasks = await ana.tasks();
    assert.deepEqual(tasks.map((task) => task.title), ["only once"]);
    const again = await ana.call("POST", "/api/me/tasks", { json: { title: "only once" }, headers });
    assert.deepEqual(again.json, answers[0].json);
  });

  test("the same key with another request is refused", async () => {
    const headers = { "idempotency-key": randomUUID() };
    await ana.add({ title: "the first request" }, headers);
    const before = await ana.tasks();

    const other = await ana.call("POST", "/api/me/tasks", { json: { title: "the second request" }, headers });

    assertProblem(other, 422, "another request under the same key");
    assert.deepEqual(await ana.tasks(), before);
  });

  test("the same key of two people are two keys", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const ben = await Account.signUp("Ben");

    const mine = await ana.add({ title: "of Ana" }, headers);
    const his = await ben.add({ title: "of Ben" }, headers);

    assert.equal(mine.title, "of Ana");
    assert.equal(his.title, "of Ben");
  });

  for (const [what, path, json] of [
    ["complete", "/api/me/tasks/1/complete", { completed: true }],
    ["patch", "/api/me/tasks/1", { title: "renamed once" }],
  ]) {
    test(`one key sent twenty times at once with a ${what} writes one change`, async () => {
      const ben = await Account.signUp("Ben");
      await ben.add({ title: "a task" });
      const headers = { "idempotency-key": randomUUID() };

      const answers = await times(20, () => ben.call("PATCH", path, { json, headers }));

      for (const answer of answers) {
        assert.equal(answer.status, 200, answer.text);
        assert.deepEqual(answer.json, answers[0].json);
      }
      assert.equal((await ben.call("GET", "/api/me/changes")).json.changes.length, 2);
    });
  }

  test("two writers on one account get every number once and a history without gaps", async () => {
    const ben = await Account.signUp("Ben");
    const each = 40;
    const writer = async (name) => {
      const numbers = [];
      for (let n = 0; n < each; n += 1) numbers.push((await ben.add({ title: `${name} ${n}` })).id);
      return numbers;
    };

    const [left, right] = await Promise.all([writer("left"), writer("right")]);

    const numbers = [...left, ...right].sort((a, b) => a - b);
    assert.deepEqual(numbers, upTo(2 * each));
    assert.ok([left, right].every((own) => own.every((n, i) => i === 0 || n > own[i - 1])), "a writer's numbers rise");
    const { changes } = (await ben.call("GET", "/api/me/changes?after=0&limit=200")).json;
    assert.deepEqual(changes.map((change) => change.id), upTo(2 * each));
  });

  test("a burst of forty adds at once loses none", async () => {
    const ben = await Account.signUp("Ben");

    const added = await times(40, (n) => ben.add({ title: `burst ${n}` }));

    assert.deepEqual(added.map((task) => task.id).sort((a, b) => a - b), upTo(40));
    assert.equal((await ben.tasks()).length, 40);
    const stats = (await ben.call("GET", "/api/me/stats")).json;
    assert.equal(stats.open, 40);
  });

  test("of ten changes of one version exactly one wins", async () => {
    const ben = await Account.signUp("Ben");
    const made = await ben.call("POST", "/api/me/tasks", { json: { title: "wanted by ten" } });
    const headers = { "if-match": made.headers.get("etag") };

    const answers = await times(10, (n) => ben.call("PATCH", "/api/me/tasks/1", { json: { title: `mine ${n}` }, headers }));

    const won = answers.filter((answer) => answer.status === 200);
    assert.equal(won.length, 1, answers.map((answer) => answer.status).join(" "));
    for (const answer of answers.filter((one) => one !== won[0])) assertProblem(answer, 412, "a change that came too late");
    assert.equal((await ben.tasks())[0].title, won[0].json.title);
  });

  test("an undo sent ten times at once takes back one change once", async () => {
    const ben = await Account.signUp("Ben");
    await ben.add({ title: "kept" });
    await ben.add({ title: "taken back" });
    const newest = (await ben.call("GET", "/api/me/changes?limit=1")).json.changes[0].id;

    const answers = await times(10, () => ben.call("POST", `/api/me/changes/${newest}/undo`));

    assert.ok(answers.some((answer) => answer.status === 200), answers.map((answer) => `${answer.status} ${answer.text}`).join("\n"));
    assert.ok(answers.every((answer) => answer.status < 500));
    assert.deepEqual((await ben.tasks()).map((task) => task.title), ["kept"]);
    assert.equal((await ben.call("GET", "/api/me/changes")).json.changes.filter((change) => change.verb === "undo").length, 1);
  });

  test("one message sent five times at once is one turn", async () => {
    const ben = await Account.signUp("Ben");
    const { conversation_id } = await ben.say("help");
    const turn = { conversation_id, message_id: randomUUID() };

    const answers = await times(5, () => ben.say("add buy milk", turn));

    for (const answer of answers) assert.equal(answer.response, answers[0].response);
    assert.deepEqual((await ben.tasks()).map((task) => task.title.toLowerCase()), ["buy milk"]);
  });
});
