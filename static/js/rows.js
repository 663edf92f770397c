// Rows of a list: a click opens, a tick selects (Shift for a range), J/K moves a cursor, Space peeks in the drawer.
import { say } from "./words.js";
import { open } from "./dialogs.js";

const boxes = (table) => [...table.querySelectorAll("[name=chosen]")];
let last;

function count(table) {
  const ticked = boxes(table).filter((box) => box.checked);
  const chosen = ticked.length;
  const all = table.querySelector("[data-pick-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes(table).length;
    all.indeterminate = chosen > 0 && !all.checked;
  }
  const whole = document.querySelector("[name=everything]"); // beyond this page
  if (whole && chosen < boxes(table).length) whole.checked = false;
  if (chosen && chosen === boxes(table).length) offerEverything();
  const sum = whole?.checked ? 0 : ticked.reduce((total, box) => total + Number(box.dataset.adds ?? 0), 0) / 100;
  const money = sum ? ` · ¥${sum.toLocaleString("en", { minimumFractionDigits: 2 })}` : "";
  const n = whole?.checked ? whole.value : chosen;
  document.querySelectorAll("[data-bulk-count]").forEach((place) => { place.textContent = say("chosen", { n }) + money; });
}
// A whole page is ticked: how many there are beyond it is asked for, once.
async function offerEverything() {
  const place = document.querySelector("[data-everything]:not([aria-busy])");
  if (!place || place.querySelector("[name=everything]")) return;
  place.ariaBusy = "true";
  const answer = await fetch(place.dataset.everything).catch(() => null);
  if (answer?.ok && !answer.redirected) place.insertAdjacentHTML("beforeend", await answer.text());
  place.removeAttribute("aria-busy");
}
// Back from another page, the browser has kept the ticks.
addEventListener("pageshow", () => document.querySelectorAll("table[data-pick]").forEach(count));

document.addEventListener("click", (event) => {
  const table = event.target.closest("table[data-pick]");
  if (table && event.target.matches("[name=chosen]")) {
    const all = boxes(table);
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((box) => { box.checked = event.target.checked; });
    }
    last = event.target;
    return count(table);
  }
  if (table && event.target.matches("[data-pick-all]")) {
    boxes(table).forEach((box) => { box.checked = event.target.checked; });
    return count(table);
  }
  const bar = event.target.closest("[data-bulk-clear], [data-bulk-all], [name=everything]");
  if (bar) {
    document.querySelectorAll("table[data-pick]").forEach((each) => {
      boxes(each).forEach((box) => { box.checked = !bar.matches("[data-bulk-clear]"); });
      count(each);
    });
    return;
  }
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, select, summary, form") || getSelection().toString()) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href);
  else location.assign(row.dataset.href);
});

const rows = () => [...document.querySelectorAll("main tr[data-href], main .ib-list a")].filter((row) => row.offsetParent);
const current = () => document.querySelector("main .cursor");
/** Of a list beside what is open in it: that one's row. */
const opened = () => document.querySelector("main .ib > section:not(.ib-list)")?.offsetParent && document.querySelector("main .ib-list [aria-current]");

/** Moves the cursor by that many rows and says whether there was a row. */
export function move(step) {
  const all = rows();
  if (!all.length) return false;
  const open = opened();
  if (open) { // what is decided by a key is what one came to by a key
    const to = all[all.indexOf(open) + step];
    if (to) location.assign(to.href);
    return true;
  }
  const at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
  current()?.classList.remove("cursor");
  next.classList.add("cursor");
  next.scrollIntoView({ block: "nearest" });
  if (next.nodeName === "A") next.focus();
  return true;
}

export const hasCursor = () => Boolean(current());
export const enter = () => { const row = current(); if (row) location.assign(row.dataset.href ?? row.href); };
/** Ticks the current row; `range` ticks all from the last one ticked. */
export const tick = (range) => current()?.querySelector("[name=chosen]")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: range }));

/** Shows the current row's page in the drawer. */
export async function peek() {
  const href = current()?.dataset.href;
  const place = document.querySelector("#peek [data-peek]");
  if (!href || !place) return;
  place.replaceChildren();
  const answer = await fetch(href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!page) return;
  page.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
  page.querySelectorAll("[hx-trigger]").forEach((node) => node.removeAttribute("hx-trigger"));
  const heading = page.querySelector("h1");
  document.getElementById("peek-title").textContent = heading?.firstChild?.textContent.trim() ?? "";
  place.className = "stack";
  place.append(...page.childNodes);
  open("peek");
}
