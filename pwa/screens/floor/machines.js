/** Home of the floor: one card per machine of the person, or the list of jobs in plan order. */
import { html, icon } from "../../elements/dom.js";
import { device, machineName } from "../../offline/device.js";
import { said, spoken } from "../../offline/quantities.js";
import { t } from "../../words/words.js";
import { clock, day, planned, today } from "../page.js";
import { baskets, dueIn, inPlanOrder, isFinished, machinesOf, remaining, standing } from "./plan.js";

const WORDS = {
  running: () => t("Running"),
  paused: () => t("Paused"),
  ready: () => t("To start"),
  waiting: () => t("Waits for the step before"),
  done: () => t("Done"),
  exception: () => t("Stopped"),
};

export const stateWord = (job) => WORDS[standing(job).key]();

/** "Due 12-03"; in red with the days that are left when it is soon: `className` is what holds it. */
export function dueView(job, className = "") {
  if (!job.due_date) return "";
  const { days, soon } = dueIn(job.due_date, today());
  const words = [t("Due %(day)s", { day: day(job.due_date) })];
  const red = soon && !isFinished(job);
  if (red)
    words.push(
      days < 0 ? t("%(n)s days overdue", { n: -days }) : days ? t("%(n)s days left", { n: days }) : t("today"),
    );
  return html`<span class="${className}${red ? " soon" : ""}">${words.join(" · ")}</span>`;
}

/** The next act on a job, as its button says it. */
export function nextAct(job) {
  if (job.exception)
    return { icon: "siren", words: t("Reported %(time)s", { time: clock(Date.parse(job.exception.at)) }) };
  if (isFinished(job)) return { icon: "check", words: t("Done") };
  if (job.state === "paused") return { icon: "play", words: t("Resume") };
  if (job.state !== "running") return { icon: "play", words: t("Start") };
  const counted = baskets(job);
  if (job.report_by === "weight")
    return {
      icon: "scale",
      words: counted ? t("Weigh basket %(n)s", { n: counted.done + 1 }) : t("Weigh and report"),
    };
  return { icon: "check", words: t("Report") };
}
// icons: siren check play scale

export function basketCells(job, className = "bk") {
  const counted = baskets(job);
  if (!counted) {
    const percent = Math.min(100, (Number(job.good) / Number(job.quantity)) * 100);
    return html`<div
      class="${className} one"
      style="--n:1"
      role="img"
      aria-label="${t("%(n)s percent reported", { n: Math.floor(percent) })}"
    >
      <i><b style="inline-size:${percent}%"></b></i>
    </div>`;
  }
  const cells = Array.from({ length: counted.total }, (_, index) =>
    index < counted.done ? "d" : index === counted.done ? "c" : "",
  );
  return html`<div
    class="${className}"
    style="--n:${counted.total}"
    role="img"
    aria-label="${t("%(done)s of %(total)s baskets reported", counted)}"
  >
    ${cells.map((cell) => html`<i class="${cell}"></i>`)}
  </div>`;
}

export function machinesView() {
  const rows = machinesOf(device.person, device.books);
  const first = rows.find(({ job }) => job && !job.exception);
  const busy = rows.filter(({ job }) => job);
  const idle = rows.filter(({ job }) => !job);
  return html`<h1 class="vh">${t("My machines")}</h1>
    ${first && html`<div class="mm-do">${icon("arrow-right")}<span>${t("First: %(machine)s, %(act)s", { machine: first.machine.name, act: nextAct(first.job).words })}</span><span class="r">${t("Tap a card or scan the traveller")}</span></div>`}
    <div class="mm">${busy.map(machineCard)}</div>
    ${idle.length > 0 && idleCard(idle)}`;
}

/** Machines without a job, together: they need no act. */
const idleCard = (rows) =>
  html`<p class="mm-idle">
    <b>${t("Nothing planned")}</b>${rows.map(({ machine }) => html` <span>${machine.name}</span>`)}
  </p>`;

function machineCard({ machine, job, next }) {
  const { card, glyph } = standing(job);
  const { icon: name, words } = nextAct(job);
  return html`<button class="mc ${card}" data-act="open" data-value="${job.operation}">
    <header><b>${machine.name}</b><span class="stt">${icon(glyph)}${stateWord(job)}</span></header>
    <div class="in">
      <h2>${job.item_name}</h2>
      <p class="o">${job.work_order} · ${job.customer}</p>
      <div class="row">
        ${count(job)}<span class="when">
          ${t("%(quantity)s to go", { quantity: said(remaining(job), job) })}<br />${dueView(job)}</span>
      </div>
      ${basketCells(job)}
      <p class="nx">
        ${next ? html`${t("Then")} <b>${next.item_name} ${said(remaining(next), next)}</b>` : t("Nothing after it")}
      </p>
    </div>
    <span class="act">${icon(name)}${words}</span>
  </button>`;
}

function count(job) {
  const counted = baskets(job);
  if (counted) return html`<span class="k">${counted.done}<small>/${counted.total} ${t("baskets")}</small></span>`;
  const all = spoken(job.quantity, job);
  return html`<span class="k">${spoken(job.good, job).number}<small>/${all.number} ${all.unit}</small></span>`;
}

/** The list of jobs: of one machine, or of the whole team. */
export function jobsView(machine) {
  const jobs = inPlanOrder(machine ? device.books.jobs.filter((job) => job.machine === machine) : device.books.jobs);
  return html`<h1 class="vh">${t("Jobs")}</h1>
    <div class="fl-list">
      ${jobs.length === 0 && html`<p class="none">${t("No job for you today. Ask the team leader or scan a traveller.")}</p>`}
      <ul class="rows">
        ${jobs.map(jobRow)}
      </ul>
    </div>`;
}

function jobRow(job) {
  const { glyph, key } = standing(job);
  const words = [
    job.operation_name,
    machineName(job.machine),
    job.planned_start && planned(job),
  ].filter(Boolean);
  return html`<li>
    <button class="tile job ${key}" data-act="open" data-value="${job.operation}">
      <span class="stt">${icon(glyph)}${stateWord(job)}</span> <b>${job.item_name}</b>
      <span class="left">
        ${isFinished(job) ? said(job.good, job) : t("%(quantity)s to go", { quantity: said(remaining(job), job) })}</span>
      <small class="parts">${words.map((word) => html`<span>${word}</span> `)}${dueView(job)}</small>
    </button>
  </li>`;
}
