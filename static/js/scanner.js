// /setup/scanner: shows what a scanner sends and says what to change. The trap is the one of the scan screens.
import { listenForScans } from "/pwa/elements/wedge.js";
import { speak } from "/pwa/words/words.js";
import { faultsOf } from "./scan_faults.js";

speak(document.documentElement.lang);
const box = document.getElementById("scanner");
const codes = JSON.parse(box.dataset.codes);
const SETTLED = 500;
const HARMLESS = new Set(["case", "more", "twice", "slow"]);
let seen = fresh();
let settling;

/** What is known of the scan that comes in: when it began and went on, which key closed it. */
function fresh() {
  return { began: 0, last: 0, suffix: "", twice: false, ime: false, height: window.visualViewport?.height ?? 0 };
}

// Before the trap listens, since it keeps the closing key to itself.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === "Tab") {
    if (seen.suffix) seen.twice = true;
    else if (seen.began) seen.suffix = event.key;
    return;
  }
  if (event.key === "Process" || event.isComposing) seen.ime = true;
  if (event.key.length === 1 || event.key === "Process") came();
}, true);

function came() {
  seen.last = performance.now();
  seen.began ||= seen.last;
  clearTimeout(settling);
  settling = setTimeout(() => finish(trap().value), SETTLED);
}

const trap = () => document.querySelector(".trap");

listenForScans((text) => {
  seen.suffix ||= "Enter"; // put in by an input method, without a key
  clearTimeout(settling);
  settling = setTimeout(() => finish(text), 120); // a second closing key may follow
}, { idle: 0 });
trap().addEventListener("input", came);

function finish(text) {
  const arrived = {
    text: text.trim(), suffix: seen.suffix, twice: seen.twice, ime: seen.ime,
    slow: (seen.last - seen.began) / Math.max(1, text.length - 1),
    covered: (window.visualViewport?.height ?? 0) < seen.height * 0.75,
  };
  const took = Math.round(seen.last - seen.began);
  trap().value = "";
  seen = fresh();
  if (arrived.text.length < 3) return;
  show(arrived, took, faultsOf(arrived, codes));
}

function show(arrived, took, { code, faults }) {
  const right = faults.every((fault) => HARMLESS.has(fault)) && code >= 0;
  if (right) box.querySelectorAll("[data-code]")[code].dataset.kind = "ok";
  box.querySelector("[data-got]").textContent = arrived.text + ({ Enter: " ⏎", Tab: " ⇥" }[arrived.suffix] ?? "");
  box.querySelector("[data-facts]").textContent = say("facts", { n: arrived.text.length, ms: took });
  const list = box.querySelector("[data-verdicts]");
  list.replaceChildren(...(right ? [line("right", "ok")] : []), ...faults.map((fault) => line(fault, HARMLESS.has(fault) ? "warn" : "bad")));
  if (arrived.suffix === "Tab") list.append(line("tab", "ok"));
  box.querySelector("[data-result]").hidden = false;
  const all = [...box.querySelectorAll("[data-code]")].every((each) => each.dataset.kind === "ok");
  box.querySelector("[data-all]").hidden = !all;
  if (faults.includes("no-suffix")) box.querySelector("[data-idle]").closest("p").hidden = false;
}

function line(name, kind) {
  const copy = document.getElementById(`say-${kind}`).content.cloneNode(true);
  copy.querySelector("span").textContent = say(name);
  return copy;
}

function say(name, facts = {}) {
  return document.getElementById("sayings").content.querySelector(`[data-say="${name}"]`).textContent.replace(/%\((\w+)\)s/g, (_, key) => facts[key]);
}

// A scanner that cannot close its scans: the scan screens of this device end them after a pause.
const idle = box.querySelector("[data-idle]");
idle.checked = Boolean(localStorage.getItem("scan-idle"));
if (idle.checked) idle.closest("p").hidden = false;
idle.addEventListener("change", () => {
  if (idle.checked) localStorage.setItem("scan-idle", "300");
  else localStorage.removeItem("scan-idle");
});

box.parentElement.querySelector("[data-print]").addEventListener("click", () => print());
