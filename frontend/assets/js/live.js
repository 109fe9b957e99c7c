// Keeps the page in step with the server: sends requests, and puts the page that comes back
// in place of what is shown, without losing focus, scroll position or typed text.
// The server renders everything; nothing here knows what a task looks like.
// One file, because each further module is a further request (there are at most six).

const REGIONS = ["header.side", "#tasks", "#chat"];
const TOAST_MS = 8000;

// ---------------------------------------------------------------- building elements

/** Makes an element: `h("p", { class: "hint" }, "text", child)`. Strings become text, never markup. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Refers to a symbol in the sprite of the page. */
export function icon(name, classes = "") {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", `icon ${classes}`.trim());
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

// ---------------------------------------------------------------- what is said to the reader

/** A hidden live region: what changes on screen without moving focus is said here. */
export function announce(text) {
  region("announcer", "vh").textContent = text;
}

function region(id, classes = "") {
  const existing = document.getElementById(id);
  if (existing) return existing;
  const made = h("div", { id, class: classes, role: "status" });
  document.body.append(made);
  return made;
}

/** Shows a message that floats above the list; a newer one takes its place. */
export function toast(content, { kind = "", lasting = false } = {}) {
  const box = h("div", { class: "toast", "data-kind": kind });
  box.append(...content);
  const close = () => box.remove();
  if (lasting) {
    const button = h("button", { class: "icon-btn", type: "button", "aria-label": "Close" }, icon("close"));
    button.addEventListener("click", close);
    box.append(button);
  } else {
    // Time stands still while the reader is at it or away.
    let left = TOAST_MS;
    const clock = setInterval(() => {
      if (!box.isConnected) clearInterval(clock);
      else if (!document.hidden && !box.matches(":hover, :focus-within") && (left -= 250) <= 0) close();
    }, 250);
  }
  region("toasts").replaceChildren(box);
  return close;
}

/** Says that something did not work, until it is closed or the next action. */
export function complain(text) {
  toast([icon("warn"), h("p", { role: "alert" }, text)], { kind: "danger", lasting: true });
}

/** Lifts the flash of a fresh page out of the list and shows it as a toast. */
function liftFlash(fresh) {
  const flash = fresh.querySelector("#tasks .flash");
  if (!flash) return;
  flash.remove();
  const content = [...flash.children].map((child) => document.adoptNode(child));
  const danger = flash.dataset.kind === "danger";
  if (!danger && content[0]?.matches("svg")) content.shift();
  const button = content.find((child) => child.matches("button"));
  if (button && document.body.dataset.keys !== "off") {
    content.push(h("span", { class: "toast__key", "aria-hidden": "true" }, h("kbd", {}, "Z")));
  }
  toast(content, { kind: flash.dataset.kind ?? "", lasting: danger });
}

// ---------------------------------------------------------------- morph

/** Whether two nodes without an id may stand for the same thing. */
function alike(live, want) {
  const anonymous = !live.id && !want.id;
  return anonymous && live.nodeName === want.nodeName && live.classList?.[0] === want.classList?.[0];
}

/** Makes `live` like `fresh`, reusing elements with the same id, wherever in the region they were. */
export function morph(live, fresh) {
  const byId = new Map();
  for (const element of live.querySelectorAll("[id]")) byId.set(element.id, element);
  morphElement(live, fresh, byId);
}

function morphElement(live, fresh, byId) {
  if (live.localName === "noscript") return;
  const select = live.localName === "select";
  const chosen = select && [...live.options].some((option) => option.selected !== option.defaultSelected);
  const isField = live.localName === "input" || live.localName === "textarea";
  const typed = isField && live.value !== live.defaultValue;
  const ticked = isField && live.checked !== live.defaultChecked;

  for (const { name } of [...live.attributes]) {
    // Whether details are open is the reader's business.
    if (!fresh.hasAttribute(name) && name !== "open") live.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== "open" && live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  if (live.localName === "textarea") live.defaultValue = fresh.defaultValue;
  else morphChildren(live, fresh, byId);

  // Fields follow the server unless the reader has changed them.
  if (isField && !typed && live.value !== live.defaultValue) live.value = live.defaultValue;
  if (isField && !ticked) live.checked = live.defaultChecked;
  if (select && !chosen) live.value = fresh.value;
}

function morphChildren(live, fresh, byId) {
  const wanted = [...fresh.childNodes];
  const ids = new Set(wanted.map((want) => want.id).filter(Boolean));
  // What nobody wants goes first, so that what stays need not move and keeps its focus.
  for (const child of [...live.childNodes]) {
    const stays = child.id ? ids.has(child.id) : wanted.some((want) => alike(child, want));
    if (!stays) child.remove();
  }
  const kept = new Set();
  let at = live.firstChild;
  for (const want of wanted) {
    while (kept.has(at)) at = at.nextSibling;
    const match = want.id ? withId(want, live, byId) : next(at, want, kept);
    const node = match ?? document.importNode(want, true);
    if (node === at) at = at.nextSibling;
    else place(live, node, at);
    kept.add(node);
    if (!match) continue;
    if (want.nodeType === Node.ELEMENT_NODE) morphElement(node, want, byId);
    else if (node.data !== want.data) node.data = want.data;
  }
  for (const child of [...live.childNodes]) if (!kept.has(child)) child.remove();
}

function withId(want, parent, byId) {
  const found = byId.get(want.id);
  return found?.localName === want.localName && !found.contains(parent) ? found : undefined;
}

function next(from, want, kept) {
  let node = from;
  while (node && (kept.has(node) || !alike(node, want))) node = node.nextSibling;
  return node ?? undefined;
}

/** Puts `node` before `at`; moving keeps focus and state where the browser can. */
function place(parent, node, at) {
  if (parent.moveBefore && node.isConnected) parent.moveBefore(node, at);
  else parent.insertBefore(node, at);
}

// ---------------------------------------------------------------- showing a fresh page

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether the regions of `fresh` can take the place of those shown. */
function fits(fresh) {
  const same = (selector) => !document.querySelector(selector) === !fresh.querySelector(selector);
  return fresh.body.className === document.body.className && fresh.querySelector("#tasks") !== null && REGIONS.every(same);
}

let transition = null;

/**
 * Shows a fresh page in place of this one and then calls `after`; `false` when it is a page of
 * another kind. With `moving` rows glide to their new places.
 */
export function swap(fresh, { moving = false, after = () => {} } = {}) {
  if (!fits(fresh)) return false;
  liftFlash(fresh);
  const show = () => {
    put(fresh);
    after();
  };
  if (moving && document.startViewTransition && !calm() && !document.hidden) glide(show);
  else show();
  return true;
}

/** Runs `show` in a view transition in which rows have names. */
function glide(show) {
  const root = document.documentElement;
  root.dataset.moving = "";
  const mine = (transition = document.startViewTransition(show));
  // A newer transition cuts this one short, which is no error.
  mine.ready.catch(() => {});
  mine.finished.catch(() => {}).then(() => mine === transition && delete root.dataset.moving);
}

function put(fresh) {
  const refocus = rememberFocus();
  const restoreChat = rememberChat();
  document.title = fresh.title;
  const sprite = document.querySelector("svg.sprite");
  for (const symbol of fresh.querySelectorAll("svg.sprite > symbol")) {
    if (!document.getElementById(symbol.id)) sprite?.append(document.importNode(symbol, true));
  }
  for (const selector of REGIONS) {
    const live = document.querySelector(selector);
    // A running answer is newer than what the server can show.
    if (live && !live.hasAttribute("data-busy")) morph(live, fresh.querySelector(selector));
  }
  refocus();
  restoreChat();
  document.dispatchEvent(new Event("page:shown"));
}

/** After a row went away focus goes to the one that followed it, or else to quick-add. */
function rememberFocus() {
  const active = document.activeElement;
  const rows = [...document.querySelectorAll("#tasks li:is(.task, .bin, .change)")];
  const at = rows.indexOf(active?.closest("li:is(.task, .bin, .change)"));
  const following = at < 0 ? [] : rows.slice(at);
  const visible = (element) => element?.isConnected && element.checkVisibility();
  return () => {
    if (!active || active === document.body || (active === document.activeElement && visible(active))) return;
    const inRow = (row) => (document.getElementById(row.id) ?? row).querySelector(".task__title, .btn");
    const same = active.isConnected ? active : active.id && document.getElementById(active.id);
    const heirs = [same, ...following.map(inRow), at < 0 ? null : document.getElementById("add")];
    heirs.find(visible)?.focus({ preventScroll: true });
  };
}

/** On a phone the chat lies below the list: rows that come and go do not push it away. */
function rememberChat() {
  const chat = document.activeElement?.closest("#chat");
  const before = chat?.getBoundingClientRect().top;
  return () => chat?.isConnected && scrollBy(0, chat.getBoundingClientRect().top - before);
}

// ---------------------------------------------------------------- requests

/** What a web address shows, without what merely opens something in it. */
function listOf(url) {
  const { pathname, searchParams } = new URL(url, location.href);
  const rest = [...searchParams].filter(([name]) => name !== "task" && name !== "conversation");
  return pathname + new URLSearchParams(rest);
}

const pageOf = (url) => new URL(url, location.href).pathname + new URL(url, location.href).search;

const isPage = (response) => response.headers.get("content-type")?.startsWith("text/html");

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** The address that is shown, so that going back within a page loads nothing. */
let shown = globalThis.location ? pageOf(location.href) : "";
/** Counts reads: an answer that a newer read overtook is not shown. */
let asked = 0;
/** Counts changes: a page that was read before one of them is read again. */
let posted = 0;
/** Changes go out one after the other, in the order of the presses. */
let lastPost = Promise.resolve();

/** Reads a page; nothing when a newer read overtook it. */
async function read(url) {
  const mine = ++asked;
  for (;;) {
    await lastPost;
    const before = posted;
    const response = await fetch(url, { headers: { accept: "text/html" } });
    const fresh = isPage(response) ? parse(await response.text()) : null;
    if (mine !== asked) return null;
    if (before === posted) return { response, fresh };
  }
}

/** Follows a link or a GET form inside the app; on any doubt the browser does it. */
export async function visit(url, { push = true } = {}) {
  const address = new URL(url, location.href);
  let answer;
  try {
    answer = await read(address);
  } catch {
    return location.assign(address);
  }
  if (!answer) return;
  const { response, fresh } = answer;
  const target = response.redirected ? response.url : address.href;
  const before = shown;
  if (!fresh || !fits(fresh)) return location.assign(target);
  if (push) history.pushState(null, "", target);
  shown = pageOf(target);
  const editor = document.querySelector(".task--open");
  swap(fresh);
  if (listOf(before) !== listOf(target)) {
    document.getElementById("tasks").scrollTo(0, 0);
    if (push) scrollTo(0, 0);
    announce(document.title);
  }
  attend(editor?.id);
}

/** Leads focus into an editor that opened, and back to its row when it closed. */
function attend(closed) {
  const open = document.querySelector(".task--open");
  if (open && open.id !== closed) {
    const title = open.querySelector(".editor__title");
    // Under a finger a focused field would cover half of the editor with a keyboard.
    if (matchMedia("(pointer: fine)").matches) title?.focus({ preventScroll: true });
    title?.setSelectionRange(title.value.length, title.value.length);
    open.scrollIntoView({ block: "nearest" });
  } else if (!open && closed) {
    document.querySelector(`#${CSS.escape(closed)} .task__title`)?.focus({ preventScroll: true });
  }
}

/** Reads the shown page again; `false` when that is not possible now. */
export async function refresh() {
  try {
    const answer = await read(location.href);
    if (!answer) return true;
    return answer.fresh !== null && swap(answer.fresh);
  } catch {
    return false;
  }
}

/** Sends a change and gives its answer, after everything that was sent before. */
export function post(url, data, headers = {}) {
  const number = ++posted;
  const from = shown;
  const sent = lastPost.then(async () => {
    // The end is on screen already, so a change outlives a page that is left before the answer.
    const response = await fetch(url, { method: "POST", body: data, keepalive: true, headers: { accept: "text/html", ...headers } });
    return { response, text: await response.text(), number, from };
  });
  lastPost = sent.catch(() => {});
  return sent;
}

/** Shows what a change led to; `false` (and a sentence for the reader) when it was refused. */
export function showAnswer({ response, text, number, from }) {
  if (!isPage(response)) {
    complain(sentence(text) ?? "The server did not take that, and nothing changed.");
    return false;
  }
  const fresh = parse(text);
  if (response.ok && number !== posted) {
    // A later change is on its way, and its page shows this one too.
    liftFlash(fresh);
  } else if (response.ok && from !== shown) {
    // The reader has gone on to another view.
    liftFlash(fresh);
    refresh();
  } else {
    const editor = document.querySelector(".task--open")?.id;
    const after = () => response.redirected && attend(editor);
    if (!swap(fresh, { moving: response.ok, after })) {
      if (response.redirected || response.ok) location.assign(response.url);
      else complain(fresh.querySelector("h1")?.textContent ?? "The server did not take that.");
      return response.ok;
    }
    if (response.redirected) {
      const address = withoutAnswer(response.url);
      if (pageOf(address) !== shown) history.replaceState(null, "", address);
      shown = pageOf(address);
    }
  }
  return response.ok;
}

/** An address without the answer to a form: a page that is read again must not give it again. */
function withoutAnswer(url) {
  const address = new URL(url);
  for (const name of ["did", "notice"]) address.searchParams.delete(name);
  return address.href;
}

/** The explanation in a problem document. */
function sentence(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined;
  }
}

// ---------------------------------------------------------------- names for requests

/** A random name for one request. `crypto.randomUUID` does not exist on plain http. */
export function requestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Starts listening. */
export function startLive() {
  // Live regions are heard only when they were there before their text.
  region("announcer", "vh");
  region("toasts");
  addEventListener("popstate", () => {
    // Nothing to load when only the fragment changed.
    if (pageOf(location.href) !== shown) visit(location.href, { push: false });
  });
  // A page out of the browser's memory may be older than the list.
  addEventListener("pageshow", (event) => event.persisted && refresh());
}
