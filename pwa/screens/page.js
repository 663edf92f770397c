/** What the floor page and the scan page share: start, drawing, the factory's time, new versions. */
import { html, icon, isCovered, listenTo, render, wear } from "../elements/dom.js";
import { listenForScans } from "../elements/wedge.js";
import { device, now, open, touch, waiting } from "../offline/device.js";
import { kept, keep } from "../offline/store.js";
import { speak, t } from "../words/words.js";

const root = document.getElementById("page");
let page = null;
let leftBefore = 0;

/**
 * `{title(), view(), acts, load(), knows(code), scanned(code), idle()}`: its name, what to show, what taps do, what is fetched once
 * the first screen stands, whether a scanned code means something here, what it does, and whether a new version may take over now.
 */
export async function start(definition) {
  page = definition;
  document.documentElement.dataset.theme = (await kept("theme")) ?? "light";
  speak(navigator.language.startsWith("en") ? "en" : "zh_CN");
  let tapped = null; // a tap or a scan may come before what it asks for has arrived; of taps the last counts
  listenTo(
    root,
    () => page.acts,
    (el) => (tapped = el),
  );
  const early = [];
  let scan = (text) => early.push(text);
  listenForScans((text) => scan(text));
  await open(changed);
  changed();
  const [{ scansOf }] = await Promise.all([
    import("./scans.js"),
    page.load(),
    wear("/static/css/scan.css"),
    wear("/pwa/elements/covers.css"),
  ]);
  scan = scansOf(page);
  early.forEach(scan);
  draw();
  if (tapped) page.acts[tapped.dataset.act]?.(tapped.dataset.value, tapped);
  addEventListener("pointerdown", touch);
  addEventListener("keydown", touch);
  setInterval(draw, 1000);
  followVersions();
  stayAwake();
}

export function draw() {
  render(root, device.books ? page.view() : unready());
}

function changed() {
  if (device.snapshot) speak(device.snapshot.language);
  document.title = `${page.title()} · 准交`;
  const left = waiting().length;
  if (leftBefore && !left && device.link === "empty")
    import("../elements/signal.js").then(({ signal }) => signal("online"));
  leftBefore = left;
  draw();
}

/** Before the first snapshot: enrol, or wait for the server. */
function unready() {
  const [title, text] =
    device.link === "auth"
      ? [
          t("This device is not enrolled"),
          t("Ask an administrator for the enrolment QR code and open it on this device."),
        ]
      : device.link === "empty"
        ? [t("Getting the jobs…"), ""]
        : [t("The server is out of reach"), t("Trying again by itself. Check the network.")];
  return html`<main class="alone">
    <h1>${title}</h1>
    <p>${text}</p>
    ${device.link === "auth" && html`<a class="big go" href="/enrol">${icon("scan-barcode")}${t("Enrol this device")}</a>`}
  </main>`;
}

/** "2026-12-08 08:52" in the factory's zone (that of the server's clock), wherever this device believes to be. */
function wall(at) {
  const [, sign, hours, minutes] = device.snapshot.clock.match(/([+-])(\d\d):?(\d\d)$/) ?? ["", "+", 0, 0];
  const ahead = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(at + ahead).toISOString().slice(0, 16).replace("T", " ");
}

/** "08:52", with the day before it when that is not today. */
export function clock(at = now()) {
  const moment = wall(at);
  return moment.slice(0, 10) === wall(now()).slice(0, 10) ? moment.slice(11) : moment.slice(5);
}

/** From when to when a job is planned; broken nowhere but between the two. */
export function planned(job) {
  const [from, to] = [clock(Date.parse(job.planned_start)), clock(Date.parse(job.planned_end))];
  const sameDay = from.slice(0, -5) === to.slice(0, -5);
  return html`<span class="nb">${from} –</span> <span class="nb">${sameDay ? to.slice(-5) : to}</span>`;
}

/** "12-18" */
export const day = (date) => (date ? String(date).slice(5, 10) : "");

/** "2026-12-08", the factory's day. */
export const today = () => wall(now()).slice(0, 10);

export async function turnTheme() {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  await keep("theme", theme);
}

/** A new version waits in the service worker until nobody is in the middle of something. */
async function followVersions() {
  if (!navigator.serviceWorker) return;
  let controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) location.reload();
    controlled = true; // the first one only comes to this page, it replaces nothing
  });
  const registration = await navigator.serviceWorker
    .register("/service-worker.js", { type: "module", updateViaCache: "none" })
    .catch(() => null);
  if (!registration) return;
  setInterval(() => {
    if (registration.waiting && !isCovered() && page.idle()) registration.waiting.postMessage("skip");
  }, 10_000);
  setInterval(() => registration.update().catch(() => {}), 3_600_000);
}

/** The screen stays on while the page is seen, where the browser can. */
async function stayAwake() {
  const ask = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}
