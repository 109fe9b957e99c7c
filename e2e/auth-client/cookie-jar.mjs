// The part of a browser that the Better Auth client relies on: it keeps cookies and says where it comes from.

export class CookieJar {
  #cookies = new Map();
  /** Every Set-Cookie line so far, the newest first. */
  lines = [];

  constructor(origin) {
    this.origin = origin;
  }

  get size() {
    return this.#cookies.size;
  }

  /** `fetch` with the cookies. */
  fetch = async (url, options = {}) => {
    const headers = new Headers(options.headers);
    headers.set("origin", this.origin);
    if (this.size > 0) headers.set("cookie", [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "));

    const answer = await fetch(url, { ...options, headers });
    answer.headers.getSetCookie().forEach((line) => this.#keep(line));
    return answer;
  };

  #keep(line) {
    this.lines.unshift(line);
    const [pair, ...attributes] = line.split("; ");
    const at = pair.indexOf("=");
    if (attributes.includes("Max-Age=0")) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
