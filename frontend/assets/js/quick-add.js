// Quick-add: shows while typing what the server understands, and lets words stay plain text.
// Positions are UTF-16 units of the field's text, as JavaScript counts them.

import { announce, h, icon } from "./live.js";

const PARSE_EVERY_MS = 120;
const ANNOUNCE_AFTER_MS = 600;
/** The icon of each kind of span; a kind without one (quoted text) gets no chip. */
const ICONS = { due: "clock", repeat: "repeat", priority: "flag", tag: "tag", reminder: "bell", description: "note" };

// ---------------------------------------------------------------- spans (pure)

/** Carries spans over an edit: those before and after it stay, those that it touched go. */
export function carry(spans, before, after) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const shift = after.length - before.length;
  return spans.flatMap((span) => {
    if (span.end <= head) return [span];
    if (span.start >= before.length - tail) return [{ ...span, start: span.start + shift, end: span.end + shift }];
    return [];
  });
}

/** Cuts text at its spans: `[{ text, marked }]`. Spans that overlap or lie outside are left out. */
export function pieces(text, spans) {
  const cut = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) cut.push({ text: text.slice(at, start), marked: false });
    cut.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) cut.push({ text: text.slice(at), marked: false });
  return cut;
}

/** Spans as requests carry them: `[[start, end], …]`. */
export const pairs = (spans) => spans.map(({ start, end }) => [start, end]);

/** The words of a chip: what the span means, or the words themselves. */
export function label(span, text) {
  const value = typeof span.value === "string" && span.value ? span.value : text.slice(span.start, span.end);
  return span.kind === "priority" ? value[0].toUpperCase() + value.slice(1) : value;
}

// ---------------------------------------------------------------- the field

class QuickAdd {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("#add");
    this.line = form.querySelector(".quick__parse");
    this.literalField = form.querySelector("[name=literal]");
    this.mirror = h("span", { class: "quick__mirror", "aria-hidden": "true" });
    this.hint = [...this.line.childNodes];
    this.forget();

    this.input.addEventListener("input", () => this.onInput());
    this.input.addEventListener("paste", (event) => this.onPaste(event));
    for (const type of ["scroll", "keyup", "select"]) this.input.addEventListener(type, () => this.align());
    this.line.addEventListener("click", (event) => this.onDismiss(event));
  }

  /** The server has rendered the form (again): puts back what it does not know. */
  shown() {
    // Chips change with every key; what was understood is announced when typing rests.
    this.line.setAttribute("aria-live", "off");
    this.refusal = this.line.querySelector(".field__error");
    if (this.refusal) announce(this.refusal.textContent);
    if (this.input.value !== this.text) {
      this.forget();
      this.text = this.input.value;
      this.parseSoon();
    } else if (this.text) {
      this.render();
    }
  }

  /** Nothing typed, nothing understood. */
  forget() {
    this.text = "";
    this.spans = [];
    this.literal = [];
    this.asked = (this.asked ?? 0) + 1;
  }

  onInput() {
    const text = this.input.value;
    this.refusal = null;
    this.input.removeAttribute("aria-invalid");
    this.spans = carry(this.spans, this.text, text);
    this.literal = carry(this.literal, this.text, text);
    this.text = text;
    this.render();
    this.parseSoon();
  }

  /** Asks at most once in a while, always for the newest text. */
  parseSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.parse();
    }, PARSE_EVERY_MS);
  }

  async parse() {
    const mine = ++this.asked;
    const { text, literal } = this;
    if (!text.trim()) return;
    try {
      const response = await fetch(this.form.dataset.parse, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ text, literal: pairs(literal) }),
      });
      const understood = response.ok ? await response.json() : null;
      if (!understood || mine !== this.asked) return;
      // The reader may have typed on while this was under way.
      this.spans = carry(understood.spans, text, this.text);
      this.render();
      this.announceSoon();
    } catch {
      // Without an answer the field is a plain field; adding works all the same.
    }
  }

  announceSoon() {
    clearTimeout(this.rest);
    const words = this.understood().map((span) => label(span, this.text)).join(", ");
    if (words) this.rest = setTimeout(() => announce(`Understood: ${words}`), ANNOUNCE_AFTER_MS);
  }

  render() {
    if (!this.mirror.isConnected) this.input.before(this.mirror);
    this.mirror.replaceChildren(
      ...pieces(this.text, this.spans).map(({ text, marked }) => (marked ? h("mark", {}, text) : text)),
    );
    this.align();
    this.literalField.value = this.literal.length ? JSON.stringify(pairs(this.literal)) : "";
    const go = this.form.querySelector(".quick__go");
    go?.classList.toggle("btn--main", this.text !== "");
    go?.classList.toggle("btn--soft", this.text === "");
    // Why the line was refused stands there until somebody types.
    if (this.refusal) return;
    if (this.text) this.line.replaceChildren(...this.chips());
    else this.line.replaceChildren(...this.hint);
  }

  chips() {
    const items = this.understood().map((span) => h("li", {}, this.chip(span)));
    return items.length ? [h("ul", { class: "chips", role: "list" }, ...items)] : [];
  }

  understood() {
    return this.spans.filter((span) => span.kind in ICONS);
  }

  chip(span) {
    const words = label(span, this.text);
    const high = span.kind === "priority" && words === "High";
    const chip = h(
      "button",
      { type: "button", class: high ? "chip chip--high" : "chip", "aria-label": `${words}. Keep as plain text` },
      icon(ICONS[span.kind]),
      h("span", {}, words),
      icon("close", "chip__x"),
    );
    chip.dataset.start = span.start;
    chip.dataset.end = span.end;
    return chip;
  }

  /** The mirror shows the part of the text that the field shows. */
  align() {
    this.mirror.scrollLeft = this.input.scrollLeft;
  }

  onDismiss(event) {
    const chip = event.target.closest(".chip");
    if (!chip) return;
    const [start, end] = [Number(chip.dataset.start), Number(chip.dataset.end)];
    this.literal.push({ start, end });
    this.spans = this.spans.filter((span) => span.end <= start || span.start >= end);
    this.render();
    this.parse();
    this.input.focus();
  }

  /** Several lines are several tasks, if the reader wants that. */
  onPaste(event) {
    const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    const each = h("button", { type: "button", class: "btn btn--soft" }, `Add ${lines.length} tasks`);
    each.addEventListener("click", () => this.addEach(lines));
    this.input.setRangeText(lines.join(" "), this.input.selectionStart, this.input.selectionEnd, "end");
    this.text = this.input.value;
    this.spans = this.literal = [];
    this.render();
    this.line.replaceChildren(each);
  }

  addEach(lines) {
    for (const line of lines) {
      this.input.value = line;
      this.text = line;
      this.literal = [];
      this.render();
      this.form.requestSubmit();
    }
  }

  /** The text is on its way: empties the field. Returns how to put it back. */
  sent() {
    const { text, literal } = this;
    this.input.value = "";
    this.forget();
    this.render();
    this.input.focus();
    return () => {
      if (this.input.value) return;
      this.input.value = text;
      this.onInput();
      this.literal = literal;
      this.render();
    };
  }
}

const fields = new WeakMap();

/** The quick-add of a form; every view has its own until the page is swapped. */
function attached(form) {
  if (!fields.has(form)) fields.set(form, new QuickAdd(form));
  return fields.get(form);
}

/** Takes over the quick-add of the page, and again whenever another one is shown. */
export function startQuickAdd() {
  const form = document.querySelector("form.quick[data-parse]");
  if (form) attached(form).shown();
}

/** Empties the field of a form that is being sent; nothing when it is not a quick-add. */
export function sentQuickAdd(form) {
  return form.matches("form.quick[data-parse]") ? attached(form).sent() : undefined;
}

/** Whether there is nothing to add. */
export const isEmptyQuickAdd = (form) => form.matches("form.quick") && !form.querySelector("#add").value.trim();
