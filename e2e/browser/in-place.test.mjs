// With JavaScript, chat and list update in the page that is open.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Visit, launch } from "./visit.mjs";

describe("in place", () => {
  let browser, visit, page;

  before(async () => {
    browser = await launch();
    visit = await Visit.begin(browser);
    page = visit.page;
    await visit.signUp("Ana");
    await page.goto("/all");
    await page.evaluate(() => {
      window.sameDocument = true;
    });
  });

  after(async () => browser?.close());

  const sameDocument = () => page.evaluate(() => window.sameDocument === true);

  test("a task that the chat adds appears in the list", async () => {
    await visit.say("add feed the cat today");

    await visit.row(/feed the cat/i).waitFor();
    assert.ok(await sameDocument(), "the page was loaded anew");
  });

  test("a task that the line adds appears, and the field keeps the focus", async () => {
    await visit.quickAdd("brush the cat today");

    await visit.row(/brush the cat/i).waitFor();
    assert.ok(await sameDocument(), "the page was loaded anew");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "add");
  });

  test("undo on a receipt takes the row away", async () => {
    await visit.receipt().getByRole("button", { name: /^Undo/ }).click();

    await visit.row(/feed the cat/i).waitFor({ state: "detached" });
    assert.ok(await sameDocument(), "the page was loaded anew");
  });

  test("Enter sends a message, Shift+Enter starts a line", async () => {
    const message = page.getByLabel("Message", { exact: true });
    await message.fill("what's pending?");
    await message.press("Shift+Enter");
    assert.equal(await message.inputValue(), "what's pending?\n");
    await message.fill("what's pending?");
    const answers = await page.locator(".turn--bot").count();

    await message.press("Enter");

    await page.locator(".turn--bot").nth(answers).waitFor();
    assert.match(await page.locator(".turn--bot").last().innerText(), /brush the cat/i);
  });

  test("nothing complained", async () => {
    await visit.end();
  });
});
