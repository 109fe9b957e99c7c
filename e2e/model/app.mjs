// The app with a language model that aimock plays, one provider at a time.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { LLMock } from "@copilotkit/aimock";

import { Account, send } from "../http/account.mjs";

/** Every protocol that LLM_PROVIDER knows, and where aimock speaks it. */
export const PROVIDERS = {
  openai: { base: "/v1", path: "/v1/chat/completions" },
  openai_responses: { base: "/v1", path: "/v1/responses" },
  ollama: { base: "", path: "/api/chat" },
  gemini: { base: "/v1beta", path: "/v1beta/models/test-model:streamGenerateContent" },
  anthropic: { base: "/v1", path: "/v1/messages" },
};

export const KEY = "sk-a-key-that-must-not-be-told";

/** One reply of the model. Text arrives in small chunks. */
export const says = (content, options = {}) => ({ response: { content }, options: { chunkSize: 6, ...options } });

/** Calls of tools: `[name, arguments]` each; arguments that are text are sent as they are. */
export const calls = (...calls) => ({
  response: { toolCalls: calls.map(([name, given]) => ({ name, arguments: typeof given === "string" ? given : JSON.stringify(given) })) },
  options: {},
});

export const refuses = (status) => ({ response: { error: { message: "no", type: "error" }, status }, options: {} });

/** A provider that aimock plays. */
export class Model {
  static async start() {
    const mock = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent", strict: true });
    await mock.start();
    return new Model(mock);
  }

  constructor(mock) {
    this.mock = mock;
  }

  /** What it replies to a message of the user, one reply after the other; the last one again and again. */
  script(said, ...replies) {
    replies.forEach(({ response, options }, at) => {
      const last = at === replies.length - 1;
      const isNext = (request) => spoken(request) === said && (rounds(request) === at || (last && rounds(request) > at));
      this.mock.addFixture({ match: { predicate: isNext }, response, ...options });
    });
  }

  /** Requests that carried this message of the user as the last one. */
  requests(said) {
    return this.mock.getRequests().filter((entry) => entry.body && spoken(entry.body) === said);
  }

  stop() {
    return this.mock.stop();
  }
}

/** What the user said last. */
function spoken({ messages = [] }) {
  const last = messages.filter((message) => message.role === "user" && text(message)).at(-1);
  return last && text(last);
}

/** How often the model got results of its calls since. */
function rounds({ messages = [] }) {
  const from = messages.findLastIndex((message) => message.role === "user" && text(message));
  const since = messages.slice(from);
  return since.filter((message, at) => message.role === "tool" && since[at - 1].role === "assistant").length;
}

function text({ content }) {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => part.text ?? "").join("");
}

/** The program `todo`, with a model or without. */
export class App {
  static async start(settings) {
    const folder = await mkdtemp(join(tmpdir(), "todo-e2e-model-"));
    const port = await freePort();
    const env = { PATH: process.env.PATH, LISTEN: `127.0.0.1:${port}`, DATABASE_URL: `sqlite://${join(folder, "todo.db")}`, ...settings };
    const app = new App(folder, `http://127.0.0.1:${port}`);
    app.program = spawn(process.env.TODO_PROGRAM, ["serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [app.program.stdout, app.program.stderr]) stream.on("data", (text) => (app.log += text));
    for (let waited = 0; waited < 20_000; waited += 50) {
      if (app.program.exitCode !== null) return app;
      const ready = await send("GET", "/health/ready", { base: app.base }).catch(() => null);
      if (ready?.status === 200) return app;
      await pause(50);
    }
    throw new Error(`todo is not ready\n${app.log}`);
  }

  /** With this provider's protocol, spoken to `model`. */
  static with(provider, model, settings = {}) {
    const base = `http://127.0.0.1:${model.mock.port}${PROVIDERS[provider].base}`;
    return App.start({ LLM_PROVIDER: provider, OPENAI_BASE_URL: base, OPENAI_API_KEY: KEY, OPENAI_MODEL: "test-model", ...settings });
  }

  constructor(folder, base) {
    Object.assign(this, { folder, base, log: "" });
  }

  /** Somebody new, with these tasks. */
  async person(...tasks) {
    const account = await Account.signUp("Ana", this.base);
    for (const task of tasks) await account.add(typeof task === "string" ? { title: task } : task);
    return new Person(account);
  }

  async stop() {
    if (this.program.exitCode === null) {
      const gone = new Promise((resolve) => this.program.once("exit", resolve));
      this.program.kill("SIGTERM");
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Somebody who chats. */
class Person {
  constructor(account) {
    this.account = account;
  }

  async say(message, more = {}) {
    const answer = await this.account.call("POST", "/api/me/chat", { json: { message, ...more } });
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }

  /** The events of a streamed turn. `until` may end it early. */
  async stream(message, until = () => false) {
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${this.account.token}`, "content-type": "application/json" };
    const answer = await fetch(`${this.account.base}/api/me/chat/stream`, {
      method: "POST",
      headers,
      body: JSON.stringify({ message }),
      signal: stop.signal,
    });
    assert.equal(answer.status, 200);
    const events = [];
    let rest = "";
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      rest += piece;
      const blocks = rest.split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const name = block.match(/^event: ?(.*)$/m)?.[1];
        const data = block.match(/^data: ?(.*)$/m)?.[1];
        if (name) events.push({ name, at: performance.now(), ...JSON.parse(data ?? "{}") });
      }
      if (until(events)) {
        stop.abort();
        return events;
      }
    }
    return events;
  }

  async titles() {
    return (await this.account.tasks()).filter((task) => !task.completed).map((task) => task.title);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
