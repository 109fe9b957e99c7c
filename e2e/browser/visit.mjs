// A browser as its user sees it, and a list of everything that it complained about.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { chromium } from "playwright-core";

export const baseUrl = (process.env.BASE_URL ?? "http://127.0.0.1:3000").replace(/\/$/, "");
export const password = "correct horse battery";

/** Where screenshots go; none are taken without. */
const artifacts = process.env.ARTIFACTS;

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** The browser program; the flags keep it from talking to anyone but the app. HOST_RULES stand in for a hosts file. */
export function launch() {
  const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const names = process.env.HOST_RULES ? [`--host-resolver-rules=${process.env.HOST_RULES}`] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...flags, ...names] });
}

/**
 * One person's window. `javaScript` and `viewport` are its settings; `expects` matches complaints that belong to the
 * test (the browser reports each answer of 4xx).
 */
export class Visit {
  problems = [];

  static async begin(browser, { javaScript = true, viewport = desktop, expects } = {}) {
    const visit = new Visit();
    visit.context = await browser.newContext({
      baseURL: baseUrl,
      javaScriptEnabled: javaScript,
      viewport,
      hasTouch: viewport.width < 600,
      timezoneId: "Europe/Berlin",
      locale: "en-GB",
    });
    visit.javaScript = javaScript;
    visit.context.setDefaultTimeout(10_000);
    visit.page = await visit.context.newPage();
    const note = (text) => expects?.test(text) || visit.problems.push(text);
    visit.page.on("console", (message) => ["error", "warning"].includes(message.type()) && note(`console: ${message.text()}`));
    visit.page.on("pageerror", (error) => note(`script: ${error.message}`));
    visit.page.on("response", (answer) => answer.status() >= 500 && note(`${answer.status()} ${answer.url()}`));
    visit.page.on("request", (request) => new URL(request.url()).origin === baseUrl || note(`talks to ${request.url()}`));
    return visit;
  }

  /** Creates an account through the form. */
  async signUp(name = "Ana") {
    this.email = `${name.toLowerCase()}-${randomUUID()}@example.com`;
    await this.page.goto("/sign-up");
    await this.page.getByLabel("Name", { exact: true }).fill(name);
    await this.page.getByLabel("Email", { exact: true }).fill(this.email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Create account" }).click();
    await this.page.waitForURL(/\/today/);
  }

  /** Says something in the chat and waits until the answer stands there. */
  async say(message) {
    const answers = this.page.locator(".turn--bot");
    const before = await answers.count();
    await this.page.getByLabel("Message", { exact: true }).fill(message);
    await this.page.getByRole("button", { name: "Send" }).click();
    await answers.nth(before).waitFor();
    await this.page.locator('[role="log"]:not([aria-busy="true"])').waitFor();
  }

  /** Does something that posts to an address ending in `end`, and waits for the answer: the page shows it earlier. */
  async post(end, act) {
    const answer = this.page.waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith(end));
    await act();
    await answer;
  }

  /** Adds a task in the field above the list. */
  async quickAdd(text) {
    await this.page.getByLabel("Add a task", { exact: true }).fill(text);
    await this.page.getByRole("button", { name: "Add", exact: true }).click();
  }

  /** The row of a task. */
  row(title) {
    return this.page.locator("main li.task").filter({ hasText: title });
  }

  /** The newest receipt in the conversation. */
  receipt(state = "done") {
    return this.page.locator(`[role="log"] article.receipt[data-state="${state}"]`).last();
  }

  async screenshot(name) {
    if (!artifacts) return;
    await mkdir(artifacts, { recursive: true });
    const suffix = this.javaScript ? "" : "-no-script";
    await this.page.screenshot({ path: join(artifacts, `${name}${suffix}.png`) });
  }

  /** Closes the window; the page must not have complained. */
  async end() {
    await this.context.close();
    assert.deepEqual(this.problems, []);
  }
}

/** Waits until `look` answers what was expected: a page that updates in place needs a moment. */
export async function eventually(look, expected, what, limit = 10_000) {
  const until = Date.now() + limit;
  for (;;) {
    const seen = await look();
    if (seen === expected) return;
    if (Date.now() > until) assert.equal(seen, expected, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
