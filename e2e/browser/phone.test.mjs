// On a phone: nothing scrolls sideways, and the views are tabs at the bottom.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Visit, launch, phone } from "./visit.mjs";

const LONG = "read the draft agreement for the new office and mark every clause on notice periods, deposits and Donaudampfschifffahrtsgesellschaftskapitänsmützen";

describe("on a phone", () => {
  let browser, visit, page;

  before(async () => {
    browser = await launch();
    visit = await Visit.begin(browser, { viewport: phone });
    page = visit.page;
  });

  after(async () => browser?.close());

  /** How many pixels the page is wider than the screen. */
  const overhang = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test("no page scrolls sideways, down to 320 pixels", async () => {
    for (const path of ["/", "/sign-in", "/sign-up"]) {
      await page.goto(path);
      assert.equal(await overhang(), 0, path);
    }
    await visit.signUp("Ana");
    await page.goto("/all");
    await visit.quickAdd(LONG);
    await visit.row(/draft agreement/).waitFor();
    await visit.say("add pay rent every month on the 1st !high #home");

    for (const width of [phone.width, 320]) {
      await page.setViewportSize({ ...phone, width });
      for (const path of ["/today", "/upcoming", "/all", "/all?task=1", "/completed", "/history", "/trash", "/search?q=pay", "/settings", "/tags/home"]) {
        await page.goto(path);
        assert.equal(await overhang(), 0, `${path} at ${width}`);
      }
    }
    await page.setViewportSize(phone);
  });

  test("the views are tabs at the bottom of the screen", async () => {
    await page.goto("/today");
    await visit.screenshot("phone-today");
    const views = page.getByRole("navigation", { name: "Views" });
    const box = await views.boundingBox();

    assert.ok(box.y + box.height >= phone.height - 4 && box.y > phone.height / 2, JSON.stringify(box));
    for (const name of [/^Today/, /^Upcoming/, /^Add/, /^Chat/]) {
      const tab = await views.getByRole("link", { name }).boundingBox();
      assert.ok(tab.height >= 44 && tab.width >= 44, `${name} is ${tab.width} × ${tab.height}`);
    }
    await views.getByRole("link", { name: /^Upcoming/ }).tap();
    await page.waitForURL(/\/upcoming/);
  });

  test("the chat is one tap away", async () => {
    await page.goto("/today");
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^Chat/ }).tap();
    const message = page.getByLabel("Message", { exact: true });
    await message.waitFor();

    await page.waitForFunction(() => {
      const box = document.querySelector("#message").getBoundingClientRect();
      return box.top >= 0 && box.bottom <= window.innerHeight;
    });
    await visit.screenshot("phone-chat");
  });

  test("nothing complained", async () => {
    await visit.end();
  });
});
