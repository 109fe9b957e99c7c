// The entry: lets forms and links work without a new page, and gives back what was typed.
// Everything here also works without scripts; on any doubt the browser does what it always does.

import { complain, post, requestId, showAnswer, startLive, visit } from "./live.js";
import { foresee, startTasks } from "./tasks.js";
import { isEmptyQuickAdd, sentQuickAdd, startQuickAdd } from "./quick-add.js";
import { isMessage, say, startChat, submitComposer } from "./chat.js";

const INSIDE = "#tasks, #chat, header.side, #toasts, #act, dialog";

// ---------------------------------------------------------------- forms

function onSubmit(event) {
  const { target: form, submitter: button } = event;
  const attribute = (name) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name);
  const method = (attribute("method") ?? "get").toLowerCase();
  const url = new URL(attribute("action") || location.href, location.href);
  const ours = form.closest(INSIDE) && url.origin === location.origin && !attribute("target");
  const plain = "plain" in form.dataset || attribute("enctype") === "multipart/form-data";
  if (event.defaultPrevented || !ours || plain || method === "dialog") return;

  event.preventDefault();
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.append(button.name, button.value);
  closePopover(button ?? form);
  if (method === "get") {
    url.search = data;
    visit(url);
  } else if (isMessage(url, data)) {
    if (form.matches(".composer")) submitComposer();
    else say(data.get("message"));
  } else if (!isEmptyQuickAdd(form)) {
    act(form, button, url, data);
  }
}

/** Requests that got no answer keep their key, so that a second press is not done twice. */
const unanswered = new Map();

/** Sends a change; its end is shown at once and taken back when the server refuses. */
async function act(form, button, url, data) {
  if (button?.getAttribute("aria-disabled") === "true") return;
  const pressed = performance.now();
  const { takeBack, lingerMs } = foresee(button);
  const putBack = sentQuickAdd(form);
  const request = `${url} ${data}`;
  const key = unanswered.get(request) ?? requestId();
  let shown = false;
  try {
    const answer = await post(url, data, { "idempotency-key": key });
    unanswered.delete(request);
    await new Promise((done) => setTimeout(done, lingerMs - (performance.now() - pressed)));
    shown = showAnswer(answer);
  } catch {
    unanswered.set(request, key);
    complain("No connection. Your text is kept; press again when the network is back.");
  }
  if (!shown) {
    takeBack();
    putBack?.();
  }
}

/** A filter applies when it is chosen; its button is for pages without scripts. */
function onChange(event) {
  if (event.target.matches("form.filter input[type=radio]")) event.target.form.requestSubmit();
}

// ---------------------------------------------------------------- links

function onClick(event) {
  const link = event.target.closest?.("a[href]");
  const modified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || event.defaultPrevented || modified || !link.closest(INSIDE)) return;
  const url = new URL(link.href);
  const elsewhere = url.origin !== location.origin || url.pathname.startsWith("/api/") || link.target || link.hasAttribute("download");
  const samePage = url.pathname === location.pathname && url.search === location.search;
  if (elsewhere || (samePage && url.hash) || "plain" in link.dataset) return;
  event.preventDefault();
  closePopover(link);
  visit(url);
}

function closePopover(element) {
  const popover = element.closest("[popover]");
  if (popover?.matches(":popover-open")) popover.hidePopover();
}

// ---------------------------------------------------------------- keys

/** The key that was pressed; where a layout has no Latin letters, the one that lies there. */
function latin({ key = "", code = "" }) {
  if (/^[\x20-\x7e]*$/.test(key)) return key.toLowerCase();
  return code === "Slash" ? "/" : code.replace("Key", "").toLowerCase();
}

/** Single keys outside fields: a, c and / go to their field, z takes back. Escape leaves the field. */
function onKey(event) {
  if (event.key === "Escape" && !event.isComposing && event.target.matches?.("[aria-keyshortcuts]")) event.target.blur();
  const busy = event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey;
  const inField = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (busy || inField || document.body.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  const key = latin(event);
  const target =
    key === "z"
      ? document.querySelector(".toast button[form]")
      : [...document.querySelectorAll(`[aria-keyshortcuts="${CSS.escape(key)}"]`)].find((field) => field.checkVisibility());
  if (!target) return;
  event.preventDefault();
  if (key === "z") target.click();
  else target.focus();
}

// ---------------------------------------------------------------- drafts

const DRAFTS = ["add", "message"];

/** What was typed survives a reload and a detour over the sign-in page. */
function keepDrafts() {
  for (const id of DRAFTS) {
    const field = document.getElementById(id);
    if (field?.value) sessionStorage.setItem(`draft-${id}`, field.value);
  }
}

function restoreDrafts() {
  for (const id of DRAFTS) {
    const field = document.getElementById(id);
    const draft = sessionStorage.getItem(`draft-${id}`);
    if (!field || draft === null) continue;
    sessionStorage.removeItem(`draft-${id}`);
    field.value ||= draft;
  }
}

// ---------------------------------------------------------------- start

/** Whoever signs up says in which zone "tomorrow" is theirs. */
function tellZone() {
  const field = document.querySelector("input[name=timezone][type=hidden]");
  if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

document.documentElement.dataset.js = "";
tellZone();
if (document.body.classList.contains("app")) {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("page:shown", startQuickAdd);
  addEventListener("pagehide", keepDrafts);
  restoreDrafts();
  startLive();
  startTasks();
  startQuickAdd();
  startChat();
}
