// Rows and their editor: shows the end of an action before the server has confirmed it.

import { h, toast, visit } from "./live.js";

/** How long a ticked row stays, so that a second press can take it back. */
const LINGER_MS = 720;

/**
 * Shows what a pressed button is about to do. Returns how to take that back, and for how long
 * the row should stay in view.
 */
export function foresee(button) {
  if (button?.matches(".check")) return { takeBack: tick(button), lingerMs: LINGER_MS };
  const takeBack = [];
  if (button) {
    button.setAttribute("aria-disabled", "true");
    takeBack.push(() => button.removeAttribute("aria-disabled"));
  }
  const row = button?.closest("li.task, li.bin");
  if (row && /\/(delete|restore)$/.test(button.getAttribute("formaction") ?? "")) {
    row.hidden = true;
    takeBack.push(() => (row.hidden = false));
  }
  return { takeBack: () => takeBack.forEach((step) => step()), lingerMs: 0 };
}

/** Flips a box. Its value is the state that the next press asks for. */
function tick(box) {
  const set = (done) => {
    box.setAttribute("aria-checked", String(done));
    box.value = String(!done);
    box.closest(".task")?.classList.toggle("task--done", done);
  };
  const done = box.value === "true";
  set(done);
  return () => set(!done);
}

// ---------------------------------------------------------------- editor

const isChanged = (field) =>
  field.type === "radio" || field.type === "checkbox"
    ? field.checked !== field.defaultChecked
    : field.localName === "select"
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.value !== field.defaultValue;

/** Keys inside an editor: Escape leaves it, Enter in a line and Ctrl+Enter save it. */
function onKey(event) {
  const form = event.target.closest?.("form.editor");
  if (!form || event.isComposing) return;
  const inTitle = event.target.matches(".editor__title");
  if (event.key === "Escape") {
    event.preventDefault();
    form.querySelector(".editor__foot a[href]")?.click();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey || inTitle)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".editor__foot [type=submit]"));
  }
}

/** Leaving an editor asks nothing; what was typed can be had back for a while. */
function onCancel(event) {
  const link = event.target.closest?.(".editor__foot a[href]");
  const form = link?.closest("form");
  if (!form || ![...form.elements].some((field) => field.name && isChanged(field))) return;
  const [address, typed] = [location.href, new FormData(form)];
  const restore = h("button", { class: "btn btn--quiet", type: "button" }, "Restore");
  const close = toast([h("p", {}, "Your text is kept."), restore]);
  restore.addEventListener("click", async () => {
    close();
    await visit(address);
    const fields = document.querySelector("form.editor")?.elements;
    for (const [name, value] of typed) {
      const field = fields?.namedItem(name);
      if (field) field.value = value;
    }
  });
}

/** Starts listening. */
export function startTasks() {
  document.addEventListener("keydown", onKey);
  // Before the link is followed: the form is gone afterwards.
  document.addEventListener("click", onCancel, { capture: true });
}
