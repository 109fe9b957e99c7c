// The npm Better Auth client, unchanged, against our accounts.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";

import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";

import { baseUrl, password, send } from "../http/account.mjs";
import { CookieJar } from "./cookie-jar.mjs";

/** A client with cookies of its own, like one browser. */
function browser() {
  const jar = new CookieJar(baseUrl);
  const client = createAuthClient({
    baseURL: baseUrl,
    plugins: [jwtClient()],
    fetchOptions: { customFetchImpl: jar.fetch },
  });
  return { client, jar };
}

/** What the client hands back when all went well. */
function data(answer) {
  assert.equal(answer.error, null, JSON.stringify(answer.error));
  return answer.data;
}

const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));

describe("the Better Auth client", () => {
  const email = `ana-${randomUUID()}@example.com`;
  let client, jar, user;

  before(async () => {
    ({ client, jar } = browser());
    ({ user } = data(await client.signUp.email({ name: "Ana", email, password })));
  });

  test("sign-up answers the user and sets a signed cookie that scripts cannot read", () => {
    assert.equal(user.email, email);
    assert.equal(user.name, "Ana");
    assert.equal(user.emailVerified, false);
    assert.ok(!Number.isNaN(Date.parse(user.createdAt)));
    const line = jar.lines.find((one) => one.startsWith("better-auth.session_token="));
    assert.match(decodeURIComponent(line.split(";")[0]), /=[\w-]+\.[A-Za-z0-9+/]{43}=$/);
    for (const attribute of ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=604800"]) {
      assert.ok(line.split("; ").includes(attribute), `${attribute} in ${line}`);
    }
    assert.ok(!line.includes("Secure"), "no Secure on plain http");
  });

  test("get-session knows the session by its cookie", async () => {
    const { session, user: known } = data(await client.getSession());

    assert.equal(known.id, user.id);
    assert.equal(session.userId, user.id);
    assert.ok(new Date(session.expiresAt) > new Date());
  });

  test("get-session without a session is null, not an error", async () => {
    assert.equal(data(await browser().client.getSession()), null);
  });

  test("token gives a JWT of fifteen minutes that the published keys name", async () => {
    const { token } = data(await client.token());

    const { sub, exp, iat } = claims(token);
    assert.equal(sub, user.id);
    assert.equal(exp - iat, 15 * 60);
    const header = JSON.parse(Buffer.from(token.split(".")[0], "base64url"));
    assert.equal(header.alg, "EdDSA");
    const { keys } = (await send("GET", "/api/auth/jwks")).json;
    const key = keys.find(({ kid }) => kid === header.kid);
    assert.deepEqual([key?.kty, key?.crv, key?.alg], ["OKP", "Ed25519", "EdDSA"]);
    assert.ok(keys.every((one) => one.d === undefined), "no private half");
  });

  test("the session token is a bearer token of the REST API", async () => {
    const { session } = data(await client.getSession());

    const answer = await send("GET", "/api/me/tasks", { headers: { authorization: `Bearer ${session.token}` } });

    assert.equal(answer.status, 200, answer.text);
  });

  test("a second sign-up with the same e-mail is refused", async () => {
    const { error } = await browser().client.signUp.email({ name: "Eve", email: email.toUpperCase(), password });

    assert.deepEqual([error.status, error.code], [422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"]);
  });

  test("a short password is refused", async () => {
    const { error } = await browser().client.signUp.email({ name: "Eve", email: `eve-${randomUUID()}@example.com`, password: "short" });

    assert.deepEqual([error.status, error.code], [400, "PASSWORD_TOO_SHORT"]);
  });

  test("a wrong password and an unknown e-mail are refused with the same words", async () => {
    const wrong = await browser().client.signIn.email({ email, password: "not the password" });
    const unknown = await browser().client.signIn.email({ email: `nobody-${randomUUID()}@example.com`, password });

    assert.deepEqual([wrong.error.status, wrong.error.code], [401, "INVALID_EMAIL_OR_PASSWORD"]);
    assert.deepEqual(unknown.error, wrong.error);
  });

  test("sign-in opens another session, which sign-out ends", async () => {
    const other = browser();
    const signedIn = data(await other.client.signIn.email({ email, password, rememberMe: true }));
    assert.equal(signedIn.user.id, user.id);
    assert.equal(signedIn.redirect, false);

    assert.deepEqual(data(await other.client.signOut()), { success: true });

    assert.equal(data(await other.client.getSession()), null);
    assert.equal(other.jar.size, 0, "the cookies are gone");
    assert.ok(data(await client.getSession()), "the first session goes on");
  });

  test("not to be remembered means a cookie that ends with the browser", async () => {
    const other = browser();
    data(await other.client.signIn.email({ email, password, rememberMe: false }));

    const line = other.jar.lines.find((one) => one.startsWith("better-auth.session_token="));
    assert.ok(!/Max-Age|Expires/i.test(line), line);
  });
});
