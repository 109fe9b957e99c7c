// Takes the pictures in docs/screens: signs up at a fresh app, fills it, and looks at the main pages.
//
//   BASE_URL=http://127.0.0.1:3000 node e2e/screens.mjs
//
// FOLDER is where they go instead.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { baseUrl, desktop, launch, password, phone } from "./browser/visit.mjs";

const folder = process.env.FOLDER ?? join(import.meta.dirname, "../docs/screens");
const timezoneId = "Asia/Karachi";

/** The day so many days from today, as the app writes it. */
function day(offset) {
  const at = new Date(Date.now() + offset * 24 * 60 * 60 * 1000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: timezoneId }).format(at);
}

/** The lines of the main screen, in the order in which somebody would have written them. */
const TASKS = [
  "Water the plants every 3 days #home",
  "Team sync today at 11:00 every week #work",
  `Book the dentist ${day(-3)} #health`,
  `Send the October invoice to Bluefin Studio ${day(-1)} !high #work`,
  "Review Sana’s pull request on the billing export today at 14:00 !high #work // Check the rounding of partial refunds.",
  "Collect the parcel before the post office closes today at 17:30 !medium",
  "امّی کو فون کرنا today at 18:00 #family",
  "Read the draft agreement for the new office, mark every clause on notice periods and deposits, and send the questions to Farid before the call today #work",
  `Farmers’ market with Zoya ${day(2)} 09:30 #family`,
  `Sort the photos from the Hunza trip ${day(3)} #family`,
  `Call the bank about the card ${day(4)} 10:00`,
  `Change the address at the bank ${day(5)}`,
  `پرانی کتابیں بیچنا ${day(9)} #reading`,
  `Renew the passport ${day(24)} !medium #home`,
  "Compare three quotes for the kitchen #home",
  "Find the next book for the reading circle #reading",
  "Pay the phone bill today",
  "Answer the landlord today",
];
const DONE = [17, 18];

const TALKS = {
  receipts: [
    "show my family tasks",
    "add pay rent every month on the 1st !high #home",
    "move the dentist to friday",
  ],
  choices: ["complete the bank task"],
  plan: ["push everything from today to monday"],
};

/** Makes the account through the form; gives what a window needs to be signed in. */
async function signUp(browser) {
  const context = await browser.newContext({ baseURL: baseUrl, timezoneId, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill("Amina Rehman");
  await page.getByLabel("Email", { exact: true }).fill("amina@example.com");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(/\/today/);
  return context;
}

/** Adds the tasks and talks; gives the number of each conversation. */
async function fill(context) {
  const call = async (method, path, data) => {
    const answer = await context.request.fetch(`/api/me${path}`, { method, data, headers: { origin: baseUrl } });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  for (const text of TASKS) await call("POST", "/tasks", { text });
  for (const id of DONE) await call("PATCH", `/tasks/${id}/complete`, { completed: true });
  const numbers = {};
  for (const [name, says] of Object.entries(TALKS)) {
    for (const message of says) {
      const answer = await call("POST", "/chat", { message, conversation_id: numbers[name] });
      numbers[name] = answer.conversation_id;
    }
  }
  return numbers;
}

/** Opens a window of the same person, does something in it, and takes its picture. */
async function picture(browser, storageState, name, address, { viewport = desktop, dark = false, act } = {}) {
  const colorScheme = dark ? "dark" : "light";
  const hasTouch = viewport === phone;
  const settings = { baseURL: baseUrl, viewport, colorScheme, hasTouch, timezoneId, locale: "en-GB", reducedMotion: "reduce" };
  const context = await browser.newContext({ ...settings, storageState });
  const page = await context.newPage();
  await page.goto(address);
  await act?.(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

/** Types a line that is understood but not sent. */
async function type(page) {
  await page.getByLabel("Add a task", { exact: true }).fill("Submit the lease form tomorrow 5pm !high #home");
  await page.locator(".chip").nth(2).waitFor();
}

const browser = await launch();
await mkdir(folder, { recursive: true });
const context = await signUp(browser);
const talks = await fill(context);
const signedIn = await context.storageState();
await context.close();

const take = (name, address, options) => picture(browser, signedIn, name, address, options);
const receipts = `conversation=${talks.receipts}`;
await take("today", `/today?${receipts}`, { act: type });
await take("today-dark", `/today?${receipts}`, { dark: true });
await take("plan", `/today?conversation=${talks.plan}`);
await take("choices-dark", `/today?conversation=${talks.choices}`, { dark: true });
await take("upcoming", `/upcoming?${receipts}`);
await take("editor", `/today?${receipts}&task=5`);
await take("history-dark", `/history?${receipts}`, { dark: true });
await take("search", `/search?q=call&${receipts}`);
await take("settings-dark", "/settings", { dark: true });
await picture(browser, undefined, "landing", "/");
await take("phone-today", "/today", { viewport: phone });
await take("phone-chat-dark", `/today?${receipts}#chat`, { viewport: phone, dark: true });
await take("phone-plan", `/today?conversation=${talks.plan}#chat`, { viewport: phone });
await take("phone-editor-dark", "/today?task=5#task-5", { viewport: phone, dark: true });
await browser.close();
