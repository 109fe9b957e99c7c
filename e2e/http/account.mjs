// A person with an account, speaking plain HTTP to the app at BASE_URL.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

/** Where the app answers; set by `cargo xtask test`. */
export const baseUrl = (process.env.BASE_URL ?? "http://127.0.0.1:3000").replace(/\/$/, "");

export const password = "correct horse battery";

/** One request. `json` is sent as JSON, `body` as it is. Answers `{status, headers, text, json}`. */
export async function send(method, path, { json, body, headers = {}, base = baseUrl } = {}) {
  const sent = new Headers(headers);
  if (json !== undefined) {
    body = JSON.stringify(json);
    if (!sent.has("content-type")) sent.set("content-type", "application/json");
  }
  const answer = await fetch(base + path, { method, body, headers: sent, redirect: "manual" });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: parse(text) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export class Account {
  constructor({ base, user, token, cookie, email }) {
    Object.assign(this, { base, user, token, cookie, email });
  }

  /** A fresh account. */
  static async signUp(name = "Ana", base = baseUrl) {
    const email = `${name.toLowerCase()}-${randomUUID()}@example.com`;
    const answer = await send("POST", "/api/auth/sign-up/email", { json: { name, email, password }, base });
    assert.equal(answer.status, 200, answer.text);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
    return new Account({ base, user: answer.json.user, token: answer.json.token, cookie, email });
  }

  /** A request with this person's bearer token. */
  call(method, path, options = {}) {
    const headers = { authorization: `Bearer ${this.token}`, ...options.headers };
    return send(method, path, { ...options, headers, base: this.base });
  }

  /** A request as a browser makes it: with the cookie. */
  browse(method, path, options = {}) {
    return send(method, path, { ...options, headers: { cookie: this.cookie, ...options.headers }, base: this.base });
  }

  /** A form as a browser sends it. */
  submit(path, fields) {
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: this.base, "sec-fetch-site": "same-origin" };
    return this.browse("POST", path, { body: new URLSearchParams(fields).toString(), headers });
  }

  /** Adds a task and answers it. */
  async add(task, headers = {}) {
    const answer = await this.call("POST", "/api/me/tasks", { json: task, headers });
    assert.equal(answer.status, 201, answer.text);
    return answer.json;
  }

  /** Every task that is not in the trash, by number. */
  async tasks() {
    const tasks = [];
    let cursor = "";
    do {
      const answer = await this.call("GET", `/api/me/tasks?status=all&sort=oldest&limit=200${cursor}`);
      assert.equal(answer.status, 200, answer.text);
      tasks.push(...answer.json.tasks);
      cursor = answer.json.next_cursor ? `&cursor=${encodeURIComponent(answer.json.next_cursor)}` : "";
    } while (cursor);
    return tasks.sort((a, b) => a.id - b.id);
  }

  /** One turn of chat. */
  async say(message, more = {}) {
    const answer = await this.call("POST", "/api/me/chat", { json: { message, ...more } });
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }

  /** Everything that a test may not change unnoticed. */
  async state() {
    const [tasks, changes, trash, settings, talks] = await Promise.all([
      this.tasks(),
      ...["changes", "trash", "settings", "conversations"].map((what) => this.call("GET", `/api/me/${what}`)),
    ]);
    for (const answer of [changes, trash, settings, talks]) assert.equal(answer.status, 200, answer.text);
    return { tasks, changes: changes.json, trash: trash.json, settings: settings.json, conversations: talks.json };
  }
}
