// What a refusal looks like: a clear error for the client, nothing of the inside.
import assert from "node:assert/strict";

/** Words that only a look behind the scenes would show. */
const INSIDE = /panicked|unwrap|backtrace|sqlx|sea.?orm|rusqlite|\bsqlite\b|postgres|\bconstraint\b|[\w/]+\.rs\b|thread '|tokio|hyper/i;

/** Statements shout; the element of a form does not. */
const SQL = /\b(SELECT|INSERT|UPDATE|DELETE)\b .*\b(FROM|INTO|SET)\b/;

/** Nothing of the inside shows in an answer. */
export function showsNothingInside(answer, what) {
  const shown = answer.text.slice(0, 300);
  assert.doesNotMatch(answer.text, INSIDE, `${what}: ${shown}`);
  assert.doesNotMatch(answer.text, SQL, `${what}: ${shown}`);
}

/** An RFC 9457 refusal with one of these statuses and a stable code. */
export function assertProblem(answer, statuses, what) {
  const told = `${what}: ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.ok([statuses].flat().includes(answer.status), told);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/, told);
  assert.equal(answer.json?.status, answer.status, told);
  assert.match(answer.json?.code ?? "", /^[a-z][a-z0-9_]+$/, told);
  assert.ok(answer.json?.detail?.length > 0, told);
  showsNothingInside(answer, what);
}

/** A refusal under /api/auth, in Better Auth's shape. */
export function assertAuthRefusal(answer, statuses, what) {
  const told = `${what}: ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.ok([statuses].flat().includes(answer.status), told);
  assert.match(answer.json?.code ?? "", /^[A-Z][A-Z0-9_]+$/, told);
  assert.ok(answer.json?.message?.length > 0, told);
  showsNothingInside(answer, what);
}
