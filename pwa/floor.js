/** The floor page: a tablet at the machines. What is seen first is here, what is done at a job in screens/floor/work.js. */
import { html, icon } from "./elements/dom.js";
import { netChip } from "./elements/net_chip.js";
import { device, isStale, jobOf, machineName, refused, syncNow } from "./offline/device.js";
import { jobsView, machinesView } from "./screens/floor/machines.js";
import { clock, draw, start } from "./screens/page.js";
import { t } from "./words/words.js";

let work = null;
const place = { screen: "home", operation: null, everything: false };

const go = (screen, operation = null) => {
  Object.assign(place, { screen, operation });
  draw();
};
const job = () => jobOf(place.operation);
const ownMachines = () => device.books.machines.filter((machine) => device.person?.machines.includes(machine.code));
const hasCards = () => ownMachines().length > 1 && !place.everything;

function view() {
  const open = work && place.screen === "job" ? job() : null;
  if (open) return html`${head(open)}${stale()}${work.jobView(open)}`;
  if (work && place.screen === "reports")
    return html`${head()}${stale()}${work.bandView()}
      <h1 class="vh">${t("My reports")}</h1>
      ${work.reportsView()}
      <footer class="mm-foot one">
        <button class="big" data-act="home">${icon("arrow-left")}${t("Back")}</button>
      </footer>`;
  return html`${head()}${stale()}${work?.bandView()}
    <main class="mmw">${home()}</main>
    ${homeFoot()}`;
}

function home() {
  if (hasCards()) return machinesView();
  return jobsView(place.everything ? null : ownMachines()[0]?.code);
}

function head(open) {
  const { person } = device;
  const count = ownMachines().length;
  return html`<header class="fl-top">
    <button class="fl-who" data-act="person">
      <span class="ava">${person ? person.initials || person.name[0] : icon("user-round")}</span>
      <span>
        <b>${person?.name ?? t("Scan your badge")}</b>
        <small>${person ? t("Badge changes the person") : t("Nobody is signed on")}</small></span>
    </button>
    ${
      open
        ? html`<button class="fl-st" data-act="home">
            <span>
              <b>${machineName(open.machine) || open.operation_name}</b>
              <small>${count > 1 ? t("My %(n)s machines", { n: count }) : t("All jobs")}</small></span>
            ${icon("layers")}
          </button>`
        : html`<button class="fl-st" data-act="station">
            <span>
              <b>
                ${count > 1 ? t("%(n)s machines", { n: count }) : (ownMachines()[0]?.name ?? device.books.device.team)}</b>
              <small>${device.books.device.name}</small></span>
            ${icon("ellipsis-vertical")}
          </button>`
    }
    ${netChip()}<span class="fl-clock">${clock()}</span>
  </header>`;
}

const stale = () =>
  isStale() &&
  html`<p class="fl-note" role="status">
    ${icon("s-warn")}${t("The jobs are of %(time)s, more than a day old. Connect this device.", { time: clock(Date.parse(device.snapshot.taken_at)) })}
  </p>`;

function homeFoot() {
  const parked = refused().length;
  return html`<footer class="mm-foot">
    <button class="big scan" data-act="scanMenu">${icon("scan-barcode")}${t("Scan a traveller")}</button>
    <button class="big stop" data-act="exception">${icon("siren")}${t("Report trouble")}</button>
    <button class="big" data-act="reports">
      ${icon("clipboard-check")}${t("My reports")}${parked > 0 && html` <span class="cnt">${parked}</span>`}
    </button>
  </footer>`;
}

const acts = {
  home: () => go("home"),
  open: (operation) => go("job", operation),
  reports: () => go("reports"),
  chip() {
    if (device.link === "auth") location.href = "/enrol";
    else if (refused().length) go("reports");
    else syncNow();
  },
};

async function load() {
  work = await import("./screens/floor/work.js");
  Object.assign(acts, work.workActs({ place, job, go }));
}

start({
  title: () => t("Machines"),
  view,
  acts,
  load,
  knows: (code) => work.knows(code),
  scanned: (code) => work.scanned(code, { place, job, go, acts }),
  idle: () => place.screen === "home" && work.isUntouched(),
});
