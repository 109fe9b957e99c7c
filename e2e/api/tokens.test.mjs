// Only a token that the app gave, and that still holds, opens a door.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { before, describe, test } from "node:test";

import { Account, send } from "../http/account.mjs";
import { assertProblem, showsNothingInside } from "../http/problem.mjs";

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part) => JSON.parse(Buffer.from(part, "base64url"));

describe("tokens", () => {
  let ana, forged;

  before(async () => {
    ana = await Account.signUp("Ana");
    await ana.add({ title: "a secret of Ana" });
    const real = (await ana.call("GET", "/api/auth/token")).json.token;
    const [head, body, signature] = real.split(".");
    const claims = decode(body);
    const { privateKey } = generateKeyPairSync("ed25519");
    const signed = (header, payload) => {
      const text = `${encode(header)}.${encode(payload)}`;
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString("base64url")}`;
    };
    const now = Math.floor(Date.now() / 1000);
    forged = {
      "signed with a key of one's own": signed(decode(head), claims),
      "signed with a key that it names itself": signed({ ...decode(head), kid: "mine" }, claims),
      "that needs no signature": `${encode({ alg: "none", typ: "JWT" })}.${body}.`,
      "signed with the public key as a secret": `${encode({ ...decode(head), alg: "HS256" })}.${body}.${signature}`,
      "with a longer life written in": `${head}.${encode({ ...claims, exp: now + 86_400 })}.${signature}`,
      "for somebody else": `${head}.${encode({ ...claims, sub: "someone-else" })}.${signature}`,
      "that expired an hour ago": signed(decode(head), { ...claims, iat: now - 7200, exp: now - 3600 }),
      "with a broken signature": real.slice(0, -6) + "AAAAAA",
      "that is a made-up session": "0123456789abcdefghijklmnopqrstuv",
      "that is a session with another signature": `${ana.token}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=`,
      "that is nothing": "",
      "that is very long": "x".repeat(6000),
    };
  });

  test("a forged or expired token opens neither REST nor MCP nor a page", async () => {
    const rpc = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
    for (const [what, token] of Object.entries(forged)) {
      const headers = { authorization: `Bearer ${token}` };
      assertProblem(await send("GET", "/api/me/tasks", { headers }), 401, `REST, a token ${what}`);
      assertProblem(await send("POST", "/api/me/tasks", { headers, json: { title: "a" } }), 401, `REST, a token ${what}`);

      // The MCP server has no secret to look at the signature with: there the token itself decides.
      if (what === "that is a session with another signature") continue;
      const tool = await send("POST", "/mcp", { json: rpc, headers: { ...headers, accept: "application/json, text/event-stream" } });
      assert.equal(tool.status, 401, `MCP, a token ${what}: ${tool.text}`);
      assert.match(tool.headers.get("www-authenticate") ?? "", /^Bearer/, what);
      showsNothingInside(tool, what);

      const cookie = `better-auth.session_token=${encodeURIComponent(token)}`;
      const page = await send("GET", "/all", { headers: { cookie } });
      assert.ok(page.status === 303 || page.status === 302 || page.status === 401, `page, ${what}: ${page.status}`);
      assert.doesNotMatch(page.text, /secret of Ana/);
    }
    assert.equal((await ana.tasks()).length, 1);
  });

  test("without any token every door says that one is needed", async () => {
    assertProblem(await send("GET", "/api/me/tasks"), 401, "REST");
    assertProblem(await send("GET", `/api/${ana.user.id}/tasks`), 401, "REST by id");
    assertProblem(await send("POST", "/api/me/chat", { json: { message: "help" } }), 401, "chat");
    const tool = await send("POST", "/mcp", { json: { jsonrpc: "2.0", id: 1, method: "tools/list" } });
    assert.equal(tool.status, 401);
    assert.match(tool.headers.get("www-authenticate") ?? "", /^Bearer/);
  });

  test("a session that was signed out is over", async () => {
    const ben = await Account.signUp("Ben");
    assert.equal((await ben.call("GET", "/api/me/tasks")).status, 200);

    const out = await ben.browse("POST", "/api/auth/sign-out", { json: {}, headers: { origin: ben.base } });
    assert.equal(out.status, 200, out.text);

    assertProblem(await ben.call("GET", "/api/me/tasks"), 401, "bearer after sign-out");
    assertProblem(await ben.browse("GET", "/api/me/tasks"), 401, "cookie after sign-out");
  });

  test("a form from another site is refused", async () => {
    const headers = { origin: "http://evil.example", "sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded" };
    const form = await ana.browse("POST", "/tasks", { body: "text=from+afar", headers });
    assert.equal(form.status, 403, form.text.slice(0, 200));
    const json = await ana.browse("POST", "/api/me/tasks", { json: { title: "from afar" }, headers: { origin: "http://evil.example", "sec-fetch-site": "cross-site" } });
    assert.equal(json.status, 403, json.text);
    assert.equal((await ana.tasks()).length, 1);
  });
});
