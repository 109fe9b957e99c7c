// From signing up to a restored task, with JavaScript and without: the same page, the same result.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Visit, eventually, launch } from "./visit.mjs";

const RENT = "add pay rent every month on the 1st !high #home";

for (const javaScript of [true, false]) {
  describe(javaScript ? "with JavaScript" : "without JavaScript", () => {
    let browser, visit, page;

    before(async () => {
      browser = await launch();
      visit = await Visit.begin(browser, { javaScript });
      page = visit.page;
    });

    after(async () => {
      await browser?.close();
    });

    test("the landing page leads to signing up and in", async () => {
      await page.goto("/");

      await page.getByRole("heading", { level: 1 }).waitFor();
      await visit.screenshot("landing");
      await page.getByRole("link", { name: "Create an account" }).first().click();
      await page.waitForURL(/\/sign-up/);
      await visit.screenshot("sign-up");
    });

    test("signing up opens the list and the chat", async () => {
      await visit.signUp("Ana");

      await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
      await page.getByLabel("Message", { exact: true }).waitFor();
      await visit.screenshot("empty");
    });

    test("a sentence in the chat becomes a task with a receipt", async () => {
      await visit.say(RENT);

      const receipt = visit.receipt();
      const text = await receipt.innerText();
      for (const fact of [/pay rent/i, /Task 1\b/, /\b1 [A-Z][a-z]{2}\b/, /Every month on the 1st/i, /High/i, /home/]) {
        assert.match(text, fact);
      }
      await visit.screenshot("receipt");
      await page.goto("/all");
      const row = visit.row(/pay rent/i);
      await row.waitFor();
      assert.match(await row.innerText(), /High/i);
      await visit.screenshot("all");
    });

    test("undo on the receipt takes the task away", async () => {
      await visit.receipt().getByRole("button", { name: /^Undo/ }).click();

      await visit.receipt("undone").waitFor();
      await page.goto("/all");
      assert.equal(await visit.row(/pay rent/i).count(), 0);
      await visit.screenshot("undone");
    });

    test("the line above the list adds a task where it belongs", async () => {
      await page.goto("/all");
      await visit.quickAdd("buy oat milk tomorrow 5pm #shop");

      const row = visit.row(/buy oat milk/i);
      await row.waitFor();
      assert.match(await row.innerText(), /shop/);
      assert.match(await row.innerText(), /17:00/);
      assert.equal(await page.getByLabel("Add a task", { exact: true }).inputValue(), "");
    });

    test("a task can be edited in its place", async () => {
      await visit.row(/buy oat milk/i).getByRole("link", { name: /buy oat milk/i }).click();
      const editor = page.locator("form.editor");
      await editor.waitFor();
      await visit.screenshot("editor");
      await editor.getByLabel("Title", { exact: true }).fill("Buy oat milk and bread");
      await editor.getByLabel("Note", { exact: true }).fill("the blue packet");
      await editor.getByRole("button", { name: "Save" }).click();

      await editor.waitFor({ state: "detached" });
      await visit.row(/oat milk and bread/i).waitFor();
    });

    test("ticking a task completes it", async () => {
      await page.goto("/all");
      await visit.post("/complete", () => visit.row(/oat milk and bread/i).getByRole("checkbox").click());
      await eventually(() => page.locator('main li.task [role="checkbox"][aria-checked="false"]').count(), 0, "open tasks");

      await page.goto("/completed");
      await visit.row(/oat milk and bread/i).waitFor();
    });

    test("ticking it again reopens it", async () => {
      await visit.post("/complete", () => visit.row(/oat milk and bread/i).getByRole("checkbox").click());
      await eventually(() => page.locator('main li.task [role="checkbox"][aria-checked="true"]').count(), 0, "completed tasks");

      await page.goto("/all");
      await visit.row(/oat milk and bread/i).waitFor();
    });

    test("a deleted task lies in the trash and comes back from it", async () => {
      await visit.row(/oat milk and bread/i).getByRole("link", { name: /oat milk/i }).click();
      await visit.post("/delete", () => page.getByRole("button", { name: /to the trash/i }).click());
      await eventually(() => visit.row(/oat milk and bread/i).count(), 0, "rows of the deleted task");

      await page.goto("/trash");
      const binned = page.locator("main li").filter({ hasText: /oat milk and bread/i });
      await binned.waitFor();
      await visit.screenshot("trash");
      await visit.post("/restore", () => binned.getByRole("button", { name: /Restore/ }).click());
      await eventually(() => page.getByRole("button", { name: /^Restore/ }).count(), 0, "tasks in the trash");

      await page.goto("/all");
      await visit.row(/oat milk and bread/i).waitFor();
    });

    test("history tells every change and takes one back", async () => {
      await page.goto("/history");
      const changes = page.locator("main li.change");
      assert.ok((await changes.count()) >= 7, `${await changes.count()} changes`);
      assert.match(await changes.last().innerText(), /pay rent/i);
      await visit.screenshot("history");

      // The newest is the restoring: taken back, the task is in the trash again.
      await changes.first().getByRole("button", { name: /^Undo/ }).click();
      await eventually(async () => (await page.goto("/trash")) && page.getByRole("button", { name: /^Restore/ }).count(), 1, "tasks in the trash");
    });

    test("a search finds a task by the beginning of a word", async () => {
      await page.goto("/all");
      await visit.quickAdd("water the ferns every saturday");
      await visit.row(/water the ferns/i).waitFor();

      await page.goto("/search?q=fern");
      await visit.row(/water the ferns/i).waitFor();
      await page.goto("/search?q=nothing-like-it");
      assert.equal(await visit.row(/ferns/i).count(), 0);
    });

    test("a large change waits for a person", async () => {
      await page.goto("/all");
      await visit.quickAdd("sweep the stairs");
      await visit.row(/sweep the stairs/i).waitFor();
      await visit.say("delete all my tasks");

      const plan = visit.receipt("plan");
      await plan.waitFor();
      assert.match(await plan.innerText(), /water the ferns/i);
      await visit.screenshot("plan");
      await page.goto("/all");
      await visit.row(/sweep the stairs/i).waitFor();
      await page.locator('article.receipt[data-state="plan"]').last().getByRole("button", { name: /^Delete 2 tasks/ }).click();
      await eventually(async () => (await page.goto("/all")) && page.locator("main li.task").count(), 0, "tasks after the plan");
    });

    test("the conversation is there after a reload", async () => {
      await page.goto("/today");
      const log = page.getByRole("log");
      assert.match(await log.innerText(), /add pay rent every month/);
      assert.match(await log.innerText(), /delete all my tasks/);
    });

    test("text is only text", async () => {
      const bait = '<img src=x onerror="document.title=1"> & <b>bold</b>';
      await page.goto("/all");
      await visit.quickAdd(bait);
      await visit.row("<b>bold</b>").waitFor();
      await visit.say(`add ${bait} again`);

      assert.equal(await page.locator("main img, .chat img").count(), 0);
      assert.notEqual(await page.title(), "1");
    });

    test("signing out closes the door, signing in opens it again", async () => {
      await page.goto("/today");
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL(/\/(sign-in)?(\?.*)?$/);
      await page.goto("/today");
      await page.waitForURL(/\/sign-in/);

      await page.getByLabel("Email", { exact: true }).fill(visit.email);
      await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(/\/today/);
    });

    test("nothing complained: no error, no violated policy, no foreign address", async () => {
      await visit.end();
    });
  });
}
