// What was acknowledged is there after kill -9, in the middle of writes.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Account, send } from "../http/account.mjs";

const WRITERS = 4;
const ROUNDS = 3;

describe("durability", () => {
  let folder, port, base, running;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "todo-e2e-durability-"));
    port = await freePort();
    base = `http://127.0.0.1:${port}`;
  });

  after(async () => {
    running?.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  async function start() {
    const env = { PATH: process.env.PATH, LISTEN: `127.0.0.1:${port}`, DATABASE_URL: `sqlite://${join(folder, "todo.db")}` };
    let log = "";
    running = spawn(process.env.TODO_PROGRAM, ["serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [running.stdout, running.stderr]) stream.on("data", (text) => (log += text));

    for (let waited = 0; waited < 20_000; waited += 50) {
      if (running.exitCode !== null) throw new Error(`todo ended with ${running.exitCode}\n${log}`);
      const ready = await send("GET", "/health/ready", { base }).catch(() => null);
      if (ready?.status === 200) return;
      await pause(50);
    }
    throw new Error(`todo is not ready\n${log}`);
  }

  async function kill() {
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await gone;
  }

  test("every acknowledged write survives kill -9 under load, three times", async () => {
    await start();
    const ana = await Account.signUp("Ana", base);
    const acknowledged = new Map();
    const unsure = [];

    for (let round = 1; round <= ROUNDS; round += 1) {
      let stop = false;
      const writer = async (name) => {
        for (let n = 1; !stop; n += 1) {
          const key = randomUUID();
          const json = { title: `${name} ${round}.${n}` };
          try {
            const answer = await ana.call("POST", "/api/me/tasks", { json, headers: { "idempotency-key": key } });
            assert.equal(answer.status, 201, answer.text);
            acknowledged.set(answer.json.id, answer.json);
          } catch (error) {
            if (error instanceof assert.AssertionError) throw error;
            unsure.push({ key, json });
            return;
          }
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, n) => writer(`writer ${n}`));
      await pause(400);
      await kill();
      stop = true;
      await Promise.all(writers);
      await start();

      const there = new Map((await ana.tasks()).map((task) => [task.id, task]));
      for (const [id, task] of acknowledged) assert.deepEqual(there.get(id), task, `task ${id} in round ${round}`);
      assert.ok(there.size <= acknowledged.size + unsure.length, "nothing that nobody asked for");
    }

    // Sent again with their keys, the unsure ones are there exactly once.
    for (const { key, json } of unsure) {
      const answer = await ana.call("POST", "/api/me/tasks", { json, headers: { "idempotency-key": key } });
      assert.equal(answer.status, 201, answer.text);
      acknowledged.set(answer.json.id, answer.json);
    }
    const titles = (await ana.tasks()).map((task) => task.title);
    assert.equal(titles.length, acknowledged.size);
    assert.equal(new Set(titles).size, titles.length, "no task twice");
    assert.ok(acknowledged.size > ROUNDS * WRITERS, `only ${acknowledged.size} writes`);
    console.log(`${acknowledged.size} writes acknowledged, ${unsure.length} cut off and sent again`);
  });

  test("a conversation with its receipts survives kill -9", async () => {
    const ben = await Account.signUp("Ben", base);
    const said = await ben.say("add pay rent every month on the 1st !high #home");
    const messages = `/api/me/conversations/${said.conversation_id}/messages`;
    const before = await ben.call("GET", messages);
    assert.equal(before.status, 200, before.text);

    await kill();
    await start();

    assert.deepEqual((await ben.call("GET", messages)).json, before.json);
    const [task] = await ben.tasks();
    assert.equal(task.title.toLowerCase(), "pay rent");
    await ben.call("POST", `/api/me/changes/${said.tool_calls[0].change_id}/undo`);
    assert.deepEqual(await ben.tasks(), []);
  });
});

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
