// Chat: sends a message, shows the answer while it is being written, and then lets the server
// render the turn. Receipts, plans and choices are never drawn here.

import { announce, h, icon, refresh, requestId } from "./live.js";

const STREAM = "/api/me/chat/stream";
const WORKING_AFTER_MS = 300;
const PAINT_EVERY_MS = 50;
const NEAR_THE_END_PX = 80;

/** What a tool does, in the words of the working line. */
const STEPS = {
  add_task: "Adding a task",
  list_tasks: "Looking through your tasks",
  get_task: "Looking through your tasks",
  update_task: "Changing a task",
  complete_task: "Completing a task",
  reopen_task: "Reopening a task",
  delete_task: "Moving a task to the trash",
  restore_task: "Taking a task out of the trash",
  undo: "Taking it back",
  history: "Reading the history",
  apply_plan: "Carrying out the plan",
};

// ---------------------------------------------------------------- the stream (pure)

/** Reads server-sent events from chunks of text: `feed(chunk)` gives the events that are complete. */
export function eventReader() {
  let rest = "";
  return (chunk) => {
    const blocks = (rest + chunk).split(/\r\n\r\n|\n\n|\r\r/);
    rest = blocks.pop();
    return blocks.map(parseEvent).filter((event) => event.data !== "");
  };
}

function parseEvent(block) {
  const event = { type: "message", data: [] };
  for (const line of block.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event.type = value;
    if (field === "data") event.data.push(value);
  }
  return { ...event, data: event.data.join("\n") };
}

/** The part of a text that ends with a whole word. */
export const wholeWords = (text) => text.slice(0, text.search(/\s\S*$/) + 1);

// ---------------------------------------------------------------- the turn on screen

const clock = () => new Date().toLocaleTimeString(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", hour12: false });

/** One message and the answer to it, until the server's own markup takes their place. */
class Turn {
  constructor(text, id) {
    this.text = text;
    this.id = id;
    this.stop = new AbortController();
    this.answer = "";
    const head = (who) => h("h3", { class: "vh" }, `${who}, ${clock()}`);
    // Marked until the server has rendered them.
    this.mine = h("li", { class: "turn turn--me", "data-local": "" }, head("You"), h("p", { class: "said-by-me", dir: "auto" }, text));
    this.bot = h("li", { class: "turn turn--bot", "data-local": "", "aria-busy": "true" }, head("Assistant"));
    this.step = h("span", {}, "Working on it");
    this.working = h("p", { class: "working" }, h("span", { class: "spinner", "aria-hidden": "true" }), this.step);
    this.words = document.createTextNode("");
    this.says = h("p", { dir: "auto" }, this.words, h("span", { class: "caret", "aria-hidden": "true" }));
  }

  /** Puts both at the end of the log, and goes there. */
  show() {
    const turns = document.querySelector("#chat .turns");
    turns.querySelector(".starters")?.setAttribute("hidden", "");
    turns.append(this.mine, this.bot);
    document.querySelector(".chat__log").scrollTo({ top: 0 });
    this.wait = setTimeout(() => !this.answer && this.bot.append(this.working), WORKING_AFTER_MS);
  }

  doing(tool) {
    this.step.textContent = STEPS[tool] ?? "Working on it";
  }

  say(more) {
    this.answer += more;
    this.timer ??= setTimeout(() => this.paint(), PAINT_EVERY_MS);
  }

  paint() {
    this.timer = null;
    const text = wholeWords(this.answer);
    if (!text) return;
    if (!this.says.isConnected) {
      this.working.remove();
      this.bot.append(this.says);
    }
    this.words.data = text;
    followLog({ news: true });
  }

  /** Nothing more will come: the whole text stands, without caret and spinner. */
  finish() {
    clearTimeout(this.wait);
    clearTimeout(this.timer);
    this.working.remove();
    this.says.querySelector(".caret")?.remove();
    this.words.data = this.answer;
    if (this.answer && !this.says.isConnected) this.bot.append(this.says);
    this.bot.removeAttribute("aria-busy");
  }

  /** Whether the server's log has an answer to this message. */
  isAnswered() {
    const mine = [...document.querySelectorAll("#chat .turn--me")].at(-1);
    const answer = mine?.nextElementSibling;
    return this.isText(mine) && answer?.matches(".turn--bot:not([data-local])");
  }

  /** Whether the server's log ends with this message. */
  isKept() {
    return this.isText([...document.querySelectorAll("#chat .turn")].at(-1));
  }

  isText(turn) {
    return turn?.matches(":not([data-local])") && turn.querySelector(".said-by-me")?.textContent === this.text;
  }
}

let running = null;

// ---------------------------------------------------------------- sending

const chat = () => document.getElementById("chat");

/** Whether a form or button with this address talks to the assistant. */
export function isMessage(url, data) {
  const action = chat()?.querySelector(".composer")?.getAttribute("action");
  return Boolean(action) && data.has("message") && url.pathname === new URL(action, location.href).pathname;
}

/** Sends a message, or stops the answer that is being written. */
export async function say(text, id = requestId()) {
  if (running) return;
  const message = text.trim();
  if (!message) return;
  const turn = (running = new Turn(message, id));
  clearComposer(message);
  turn.show();
  setBusy(true);
  const outcome = await stream(turn).catch((error) => (turn.stop.signal.aborted ? { stopped: true } : { broken: error }));
  turn.finish();
  running = null;
  setBusy(false);
  if (outcome.status === 401) {
    composer().value = message;
    return location.reload();
  }
  await settle(turn, outcome);
}

/** Reads the answer; gives how it ended. */
async function stream(turn) {
  const { conversation } = chat().dataset;
  const response = await fetch(STREAM, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ message: turn.text, message_id: turn.id, ...(conversation && { conversation_id: conversationId(conversation) }) }),
    signal: turn.stop.signal,
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    return { status: response.status, error: problem };
  }
  const feed = eventReader();
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await chunks.read();
    if (done) return { broken: true };
    for (const { type, data } of feed(value)) {
      const ending = take(turn, type, JSON.parse(data));
      if (ending) return ending;
    }
  }
}

/** Ids are numbers in JSON where they look like it. */
const conversationId = (text) => (/^\d+$/.test(text) ? Number(text) : text);

function take(turn, type, data) {
  switch (type) {
    case "start":
      adopt(String(data.conversation_id));
      break;
    case "token":
      turn.say(data.text);
      break;
    case "tool_call":
      turn.doing(data.tool);
      break;
    case "tool_result":
      // The list shows a change before the answer has been written to its end.
      if (data.change_id != null) refresh();
      break;
    case "done":
      return { done: true };
    case "error":
      return { error: data };
  }
  return null;
}

/** The conversation got its number: a page that asked for a new one asks for this from now on. */
function adopt(conversation) {
  const url = new URL(location.href);
  chat().dataset.conversation = conversation;
  if (!url.searchParams.has("conversation") || url.searchParams.get("conversation") === conversation) return;
  url.searchParams.set("conversation", conversation);
  history.replaceState(null, "", url);
}

/** Lets the server render the turn, and says below it what went wrong. */
async function settle(turn, outcome) {
  const fresh = await refresh();
  const turns = document.querySelector("#chat .turns");
  if (outcome.done || (fresh && turn.isAnswered())) {
    announce("Answered");
    return;
  }
  if (!turn.mine.isConnected && !turn.isKept()) turns.append(turn.mine);
  if (outcome.stopped) {
    announce("Stopped");
    turn.bot.append(h("p", { class: "hint" }, "Stopped. What has a receipt above was done."));
  } else {
    turn.bot.append(failure(turn, outcome.error));
  }
  turns.append(turn.bot);
}

/** The card that says why there is no answer, with a way to try again. */
function failure(turn, error) {
  const again = h("button", { class: "btn btn--soft", type: "button" }, "Try again");
  again.addEventListener("click", () => {
    turn.mine.remove();
    turn.bot.remove();
    say(turn.text, turn.id);
  });
  const title = error ? "There is no answer to this" : "The connection broke";
  const why = error?.detail ?? "Your message is kept. Try again to get the answer; nothing is done twice.";
  return h(
    "div",
    { class: "receipt", "data-state": "failed", role: "alert" },
    h(
      "div",
      { class: "receipt__body" },
      h("span", { class: "receipt__icon" }, icon("warn")),
      h("div", {}, h("p", { class: "receipt__what" }, title), h("p", { class: "receipt__sub" }, why)),
    ),
    h("footer", { class: "receipt__stub receipt__stub--do" }, again),
  );
}

// ---------------------------------------------------------------- composer and log

const composer = () => document.getElementById("message");

/** Empties the composer when what it holds is on its way (a pressed choice leaves it alone). */
function clearComposer(message) {
  const field = composer();
  if (field?.value.trim() === message) field.value = "";
  grow();
}

/** Turns Send into Stop and back; while an answer runs the server's log is not swapped in. */
function setBusy(busy) {
  const button = chat().querySelector(".composer .go");
  chat().toggleAttribute("data-busy", busy);
  button.replaceChildren(icon(busy ? "stop" : "send", busy ? "icon--fill" : ""));
  button.setAttribute("aria-label", busy ? "Stop" : "Send");
  if (busy) announce("Answering");
}

/** Handles the composer's button, which is Stop while an answer runs. */
export function submitComposer() {
  if (running) running.stop.abort();
  else say(composer().value);
}

/** Browsers without `field-sizing` get more rows by counting lines. */
function grow() {
  const field = composer();
  if (field && !CSS.supports("field-sizing", "content")) field.rows = Math.min(8, field.value.split("\n").length);
}

/** Offers what is new when the reader has scrolled away from the end of the log. */
function followLog({ news = false } = {}) {
  const log = document.querySelector(".chat__log");
  const button = document.querySelector(".chat__new");
  if (Math.abs(log.scrollTop) <= NEAR_THE_END_PX) return button?.remove();
  if (!news || button) return;
  const offer = h("button", { class: "btn btn--soft chat__new", type: "button" }, "New answer");
  offer.addEventListener("click", () => log.scrollTo({ top: 0 }));
  log.after(offer);
}

/** Starts listening. */
export function startChat() {
  document.addEventListener("keydown", (event) => {
    if (event.target !== composer() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    // While an answer runs the text waits in the composer.
    if (!running) composer().form.requestSubmit();
  });
  document.addEventListener("input", (event) => event.target === composer() && grow());
  const onScroll = (event) => event.target.matches?.(".chat__log") && followLog();
  document.addEventListener("scroll", onScroll, { capture: true, passive: true });
}
