// The review of an inbound order: the source cell of the field in hand is lit, Tab goes through what is doubtful and nothing
// else, Enter accepts it, each line says what its quantity and price mean, and the clock shows seconds and touches.
const form = document.querySelector("[data-intake]");
const cellAt = (address) => document.querySelector(`[data-at="${CSS.escape(address)}"]`);

/** Lights a cell and turns its sheet to it; the page itself stays where the field in hand is, unless the cell was asked for. */
function light(address, asked = false) {
  document.querySelectorAll(".xl td.on").forEach((cell) => cell.classList.remove("on"));
  const cell = address && cellAt(address);
  if (!cell) return;
  cell.classList.add("on");
  const sheet = cell.closest(".xl"), [at, all] = [cell.getBoundingClientRect(), sheet.getBoundingClientRect()];
  const head = sheet.querySelector("thead").offsetHeight, side = sheet.querySelector("tbody th").offsetWidth;
  sheet.scrollTop += Math.min(0, at.top - all.top - head) || Math.max(0, at.bottom - all.bottom);
  sheet.scrollLeft += Math.min(0, at.left - all.left - side) || Math.max(0, at.right - all.right);
  if (asked) cell.scrollIntoView({ block: "center", inline: "nearest" });
  const seeing = cell.closest(".card").querySelector("[data-seeing]");
  if (seeing) seeing.textContent = address;
}

document.addEventListener("focusin", ({ target }) => { if (target.dataset?.cell) light(target.dataset.cell); });
document.addEventListener("click", ({ target }) => { const from = target.closest?.("button[data-cell]"); if (from) light(from.dataset.cell, true); });

const waiting = new Map();
async function echo(line) {
  const output = form.querySelector(`[data-line-echo="${line}"]`);
  const value = (name) => form.elements[`lines-${line}-${name}`]?.value ?? "";
  if (!output || !value("quantity") || !value("item")) return;
  const asked = new URLSearchParams({ item: value("item"), quantity: value("quantity"), unit: value("unit"), unit_price: value("unit_price"), price_unit: value("price_unit"), currency: form.elements.currency.value });
  try {
    const answer = await fetch(`/orders/echo?${asked}`, { headers: { "HX-Request": "true" } });
    output.innerHTML = await answer.text();
    output.classList.toggle("warn", !answer.ok);
    const row = output.closest(".lc");
    row.classList.toggle("ask", !answer.ok || row.querySelector("[data-doubt], output [data-kind=warn]") !== null);
  } catch { output.textContent = ""; }
}

const open = form && !form.querySelector("fieldset").disabled;
const doubts = () => (open ? [...form.querySelectorAll("[data-doubt], [aria-invalid=true]")].filter((field) => field.offsetParent || field.closest("details:not([open])")) : []);
const buttons = () => [...form.querySelectorAll(".foot button")];

function settle(field) {
  field.removeAttribute("data-doubt");
  field.removeAttribute("aria-invalid");
  if (field.type === "checkbox") field.checked = true;
  const row = field.closest(".lc");
  if (row && !row.querySelector("[data-doubt]")) row.classList.remove("ask");
  field.closest("label, .row")?.classList.add("settled");
}

function go(field) {
  const fold = field.closest("details:not([open])");
  if (fold) fold.open = true;
  field.focus();
  field.select?.();
}

/** To the next doubtful field in this direction, or to the buttons when none is left; false at the end of the page's own order. */
function onwards(from, back) {
  const all = [...doubts(), ...buttons()];
  if (doubts().length === 0 && !buttons().includes(from)) { buttons().at(-1)?.focus(); return true; }
  const after = back ? all.filter((each) => each.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1)
    : all.find((each) => each !== from && from.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (!after) return false;
  go(after);
  return true;
}

function steer(event) {
  const { target } = event;
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || target.getAttribute("aria-expanded") === "true") return;
  if (event.key === "Tab") {
    if (doubts().length && onwards(target, event.shiftKey)) event.preventDefault();
  } else if (event.key === "Enter" && !["BUTTON", "A", "SUMMARY", "TEXTAREA"].includes(target.nodeName)) {
    event.preventDefault();
    settle(target);
    const next = doubts()[0];
    if (!onwards(target, false) && next) go(next);
  }
}

/** A unit that was chosen is proposed, still to be looked at, wherever else the file says none. */
function propose(unit) {
  for (const other of form.querySelectorAll("select[data-units][data-doubt]")) {
    if (other.value !== "" || ![...other.options].some((each) => each.value === unit)) continue;
    other.value = unit;
    echo(/^lines-(\d+)-/.exec(other.name)[1]);
  }
}

const started = new Map();
function count() {
  const touches = [...started].filter(([name, value]) => form.elements[name] && form.elements[name].value !== value).length;
  const place = document.querySelector("[data-touches]");
  if (place) place.textContent = touches;
}

function clock() {
  const place = document.querySelector(".clock[data-since]");
  if (!place) return;
  const tick = () => { place.querySelector("[data-seconds]").textContent = Math.max(0, Math.round(Date.now() / 1000 - place.dataset.since)); };
  tick();
  setInterval(tick, 1000);
}

document.addEventListener("click", ({ target }) => {
  const choice = target.closest?.("button[data-choose]");
  if (!choice || !open) return;
  const field = form.elements[choice.dataset.choose], said = form.elements[`${choice.dataset.choose}_text`];
  field.value = choice.dataset.value;
  said.value = choice.dataset.shown;
  choice.parentElement.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(each === choice)));
  settle(said);
  field.dispatchEvent(new Event("change", { bubbles: true }));
  onwards(said, false);
});

if (form) {
  const later = ({ target }) => {
    const line = /^lines-(\d+)-/.exec(target.name ?? "")?.[1];
    count();
    if (target.name && target.dataset.doubt !== undefined && target.type !== "checkbox") settle(target);
    if (line === undefined) return;
    if (target.name.endsWith("-unit")) propose(target.value);
    if (target.name.endsWith("-item")) {
      const said = form.elements[`${target.name}_text`];
      settle(said);
      form.querySelector(`[data-name="${line}"]`).textContent = said.value;
    }
    clearTimeout(waiting.get(line));
    waiting.set(line, setTimeout(() => echo(line), 250));
  };
  new FormData(form).forEach((value, name) => { if (!/(^_|_(text|said)$|^version$|^seen-)/.test(name)) started.set(name, value); });
  form.addEventListener("keydown", steer);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.querySelectorAll("[data-line-echo]").forEach((output) => echo(output.dataset.lineEcho));
  if (form.contains(document.activeElement)) light(document.activeElement.dataset.cell);
  else if (form.dataset.quiet !== undefined) light("");
  else if (doubts().length) go(doubts()[0]);
  else if (open) buttons().at(-1)?.focus();
  clock();
}
