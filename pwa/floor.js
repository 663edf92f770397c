/** The floor page: a tablet at the machines. */
import { ask } from "./elements/ask.js";
import { html, icon, isCovered } from "./elements/dom.js";
import { netChip } from "./elements/net_chip.js";
import { codePad } from "./elements/pad.js";
import { askWho } from "./elements/person.js";
import { stop } from "./elements/stop.js";
import { device, isStale, jobOf, machineName, refused, syncNow } from "./offline/device.js";
import { entryActs, entryOf, good, isUntouched, scrapTotal } from "./screens/floor/entry.js";
import { jobView } from "./screens/floor/job.js";
import { jobsView, machinesView } from "./screens/floor/machines.js";
import { isFinished, jobForCode } from "./screens/floor/plan.js";
import { bandView, begin, pause, report, reportException, resume, undoLast } from "./screens/floor/report.js";
import { clock, draw, scan, start, turnTheme } from "./screens/page.js";
import { reportsActs, reportsView } from "./screens/reports.js";
import { t } from "./words/words.js";

const place = { screen: "home", operation: null, everything: false };

const go = (screen, operation = null) => {
  Object.assign(place, { screen, operation });
  draw();
};
const job = () => jobOf(place.operation);
const ownMachines = () => device.books.machines.filter((machine) => device.person?.machines.includes(machine.code));
const hasCards = () => ownMachines().length > 1 && !place.everything;

function view() {
  const open = place.screen === "job" ? job() : null;
  if (open) {
    entryOf(open);
    return html`${head(open)}${stale()}${jobView(open)}`;
  }
  if (place.screen === "reports") return html`${head()}${stale()}${bandView()}<h1 class="vh">${t("My reports")}</h1>${reportsView()}<footer class="mm-foot one"><button class="big" data-act="home">${icon("arrow-left")}${t("Back")}</button></footer>`;
  return html`${head()}${stale()}${bandView()}<main class="mmw">${home()}</main>${homeFoot()}`;
}

function home() {
  if (hasCards()) return machinesView();
  return jobsView(place.everything ? null : ownMachines()[0]?.code);
}

function head(open) {
  const { person } = device;
  const count = ownMachines().length;
  return html`<header class="fl-top"><button class="fl-who" data-act="person"><span class="ava">${person ? person.initials || person.name[0] : icon("user-round")}</span><span><b>${person?.name ?? t("Scan your badge")}</b><small>${person ? t("Badge changes the person") : t("Nobody is signed on")}</small></span></button>
    ${open ? html`<button class="fl-st" data-act="home"><span><b>${machineName(open.machine) || open.operation_name}</b><small>${count > 1 ? t("My %(n)s machines", { n: count }) : t("All jobs")}</small></span>${icon("layers")}</button>`
      : html`<button class="fl-st" data-act="station"><span><b>${count > 1 ? t("%(n)s machines", { n: count }) : ownMachines()[0]?.name ?? device.books.device.team}</b><small>${device.books.device.name}</small></span>${icon("ellipsis-vertical")}</button>`}
    ${netChip()}<span class="fl-clock">${clock()}</span></header>`;
}

const stale = () => isStale() && html`<p class="fl-note">${icon("s-warn")}${t("The jobs are of %(time)s, more than a day old. Connect this device.", { time: clock(Date.parse(device.snapshot.taken_at)) })}</p>`;

function homeFoot() {
  const parked = refused().length;
  return html`<footer class="mm-foot"><button class="big scan" data-act="scanMenu">${icon("scan-barcode")}${t("Scan a traveller")}</button>
    <button class="big stop" data-act="exception">${icon("siren")}${t("Report trouble")}</button>
    <button class="big" data-act="reports">${icon("clipboard-check")}${t("My reports")}${parked > 0 && html` <span class="cnt">${parked}</span>`}</button></footer>`;
}

const acts = {
  ...reportsActs,
  home: () => go("home"),
  open: (operation) => go("job", operation),
  reports: () => go("reports"),
  person: () => askWho().then(draw),
  undo: () => undoLast().then(draw),
  exception: () => reportException(job()).then(draw),
  begin: () => begin(job()).then(draw),
  pause: () => pause(job()).then(draw),
  resume: () => resume(job()).then(draw),
  basket: scanMenu,
  scanMenu,
  async report() {
    const current = job();
    if (!good(current) && !scrapTotal()) return current.report_by === "weight" && current.weight_per_thousand ? acts.gross() : acts.pieces();
    if (!(await report(current))) return;
    if (isFinished(job())) go("home");
    else draw();
  },
  chip() {
    if (device.link === "auth") location.href = "/enrol";
    else if (refused().length) go("reports");
    else syncNow();
  },
  async station() {
    const choice = await ask({
      title: device.books.device.name, columns: 2,
      choices: [
        { value: "theme", label: t("Light or dark"), icon: "sun-moon" },
        { value: "all", label: place.everything ? t("Only my jobs") : t("All jobs"), icon: "layers" },
        { value: "scan", label: t("Warehouse"), icon: "warehouse" },
        { value: "reports", label: t("My reports"), icon: "clipboard-check" },
      ],
    });
    // icons: sun-moon layers warehouse clipboard-check
    if (choice === "theme") await turnTheme();
    if (choice === "all") place.everything = !place.everything;
    if (choice === "scan") location.href = "/scan";
    if (choice === "reports") place.screen = "reports";
    draw();
  },
};

for (const name of ["gross", "tare", "net", "add", "whole", "pieces", "scrap"]) {
  acts[name] = (value) => entryActs(job(), draw)[name](value);
}

async function scanMenu() {
  const way = await ask({
    title: t("Scan with the scanner now"), lines: [t("Or choose another way:")], columns: 2,
    choices: [{ value: "camera", label: t("Camera"), icon: "camera" }, { value: "type", label: t("Type the code"), icon: "keyboard" }],
  });
  // icons: camera keyboard
  if (way === "camera") (await import("./elements/camera.js")).scanByCamera(scan);
  if (way === "type") {
    const text = await codePad();
    if (text) scan(text);
  }
}

function scanned(code) {
  if (code.letter === "C" && place.screen === "job") {
    entryOf(job()).container = code.body;
    return draw();
  }
  if (code.letter === "K") return code.body === "OK" && place.screen === "job" && acts.report();
  if (isCovered()) document.querySelectorAll(".sheet").forEach((el) => el.close(null));
  const found = jobForCode(code, device.books);
  if (found) return go("job", found.operation);
  stop({ title: t("Not in this list"), text: t("No job of this team has this code."), compare: [[t("You scanned"), code.raw]] });
}

start({ view, acts, scanned, idle: () => place.screen === "home" && isUntouched() });
