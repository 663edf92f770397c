// A long form (data-draft="key") is kept in this browser until it is sent; the next visit offers it back.
import { say } from "./words.js";

const key = (form) => `draft:${document.body.dataset.user}:${form.dataset.draft}`;
const SKIP = new Set(["password", "file", "hidden"]);

function read(form) {
  return [...form.elements].filter((field) => field.name && !SKIP.has(field.type)).map((field) =>
    [field.name, ["checkbox", "radio"].includes(field.type) ? field.checked : field.value, field.type]);
}

function write(form, kept) {
  const fields = [...form.elements].filter((field) => field.name && !SKIP.has(field.type));
  kept.forEach(([name, value], at) => {
    const field = fields[at]?.name === name ? fields[at] : fields.find((other) => other.name === name);
    if (!field) return;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function offer(form) {
  const stored = JSON.parse(localStorage.getItem(key(form)) ?? "null");
  if (!stored) return;
  const note = document.createElement("div");
  note.className = "draft-note";
  const button = (label, run) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = label;
    made.addEventListener("click", () => { run(); note.remove(); });
    return made;
  };
  const time = new Date(stored.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  note.append(say("draft", { time }),
    button(say("restore"), () => write(form, stored.fields)),
    button(say("discard"), () => localStorage.removeItem(key(form))));
  form.prepend(note);
}

let waiting;
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draft || !event.isTrusted) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    try { localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), fields: read(form) })); } catch { /* full: the form itself is still there */ }
  }, 400);
});
document.addEventListener("submit", (event) => {
  if (!event.target.dataset.draft || event.defaultPrevented) return;
  clearTimeout(waiting);
  localStorage.removeItem(key(event.target));
});
document.querySelectorAll("form[data-draft]").forEach((form) => { if (!form.querySelector(".errors")) offer(form); });
