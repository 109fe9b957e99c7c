// Accounts in the browser: mistakes are forgiven, and what is mine is only mine.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Visit, launch, password } from "./visit.mjs";

/** The browser reports every answer of 4xx; here they belong to the test. */
const REFUSALS = /status of 4\d\d/;

describe("accounts", () => {
  let browser;

  before(async () => {
    browser = await launch();
  });

  after(async () => browser?.close());

  for (const javaScript of [true, false]) {
    const how = javaScript ? "with JavaScript" : "without JavaScript";

    test(`a wrong password shows an error and keeps the e-mail, ${how}`, async () => {
      const ana = await Visit.begin(browser, { javaScript });
      await ana.signUp("Ana");
      const visit = await Visit.begin(browser, { javaScript, expects: REFUSALS });
      await visit.page.goto("/sign-in");
      await visit.page.getByLabel("Email", { exact: true }).fill(ana.email);
      await visit.page.getByLabel("Password", { exact: true }).fill("not the password");
      await visit.page.getByRole("button", { name: "Sign in" }).click();

      await visit.page.getByRole("alert").first().waitFor();
      assert.equal(await visit.page.getByLabel("Email", { exact: true }).inputValue(), ana.email);
      assert.equal(await visit.page.getByLabel("Password", { exact: true }).inputValue(), "");
      await visit.screenshot("wrong-password");

      await visit.page.getByLabel("Password", { exact: true }).fill(password);
      await visit.page.getByRole("button", { name: "Sign in" }).click();
      await visit.page.waitForURL(/\/today/);
      await visit.end();
      await ana.end();
    });

    test(`a short password on signing up says so and keeps the rest, ${how}`, async () => {
      const visit = await Visit.begin(browser, { javaScript, expects: REFUSALS });
      await visit.page.goto("/sign-up");
      await visit.page.getByLabel("Name", { exact: true }).fill("Ben");
      await visit.page.getByLabel("Email", { exact: true }).fill("ben@example.com");
      await visit.page.getByLabel("Password", { exact: true }).fill("short");
      await visit.page.locator("form[action='/sign-up']").evaluate((form) => (form.noValidate = true));
      await visit.page.getByRole("button", { name: "Create account" }).click();

      await visit.page.getByText(/at least 8 characters/i).first().waitFor();
      assert.equal(await visit.page.getByLabel("Email", { exact: true }).inputValue(), "ben@example.com");
      assert.equal(await visit.page.getByLabel("Name", { exact: true }).inputValue(), "Ben");
      await visit.end();
    });
  }

  test("another person does not see the first one's tasks", async () => {
    const ana = await Visit.begin(browser);
    await ana.signUp("Ana");
    await ana.page.goto("/all");
    await ana.quickAdd("rehearse the zanzibar speech");
    await ana.row(/zanzibar/).waitFor();

    const ben = await Visit.begin(browser, { expects: REFUSALS });
    await ben.signUp("Ben");
    for (const path of ["/all", "/history", "/trash", "/search?q=zanzibar", "/all?task=1"]) {
      await ben.page.goto(path);
      assert.doesNotMatch(await ben.page.locator("main").innerText(), /rehearse the zanzibar speech/i, path);
    }
    await ana.end();
    await ben.end();
  });

  test("a page of the app asks a stranger to sign in", async () => {
    const visit = await Visit.begin(browser, { expects: REFUSALS });
    for (const path of ["/today", "/all", "/history", "/settings"]) {
      await visit.page.goto(path);
      assert.match(new URL(visit.page.url()).pathname, /^\/sign-in/, path);
    }
    await visit.end();
  });
});
