/** One job: what it is, how far it is, what is entered now. Nothing to scroll at 820×1180 and 1180×820. */
import { html, icon } from "../../elements/dom.js";
import { machineName } from "../../offline/device.js";
import { spoken } from "../../offline/quantities.js";
import { isChinese, t } from "../../words/words.js";
import { clock, planned } from "../page.js";
import { entryView } from "./entry.js";
import { basketCells, dueView, stateWord } from "./machines.js";
import { baskets, isFinished, remaining, standing } from "./plan.js";
import { bandView, reportWords } from "./report.js";

export function jobView(job) {
  const running = job.state === "running" || isFinished(job);
  return html`${bandView()}
    <main class="fl-body">
      <div class="fl-col">${whatCard(job)}${countCard(job)}${factRow(job)}</div>
      <div class="fl-col">${running ? entryView(job) : standingCard(job)}</div>
    </main>
    ${foot(job, running)}`;
}

function whatCard(job) {
  return html`<section class="fl-card fl-job">
    <div class="op"><span class="seq">${t("Step %(n)s", { n: job.seq })}</span>${job.operation_name}${dueView(job, "fl-pill quiet")}</div>
    <h1>${job.item_name}</h1>
    <p class="spec"><b>${job.spec}</b></p>
    <p class="spec no">${job.work_order} · ${job.item} · ${job.customer}</p>
  </section>`;
}

/** A figure of the count; a long one is set smaller on a phone. */
const number = ({ number: text }) => html`<dd class="${String(text).length > 5 && "long"}">${text}</dd>`;

function countCard(job) {
  const counted = baskets(job);
  const reported = spoken(job.good, job);
  const left = spoken(remaining(job), job);
  const all = spoken(job.quantity, job);
  const gap = isChinese() ? " " : ", ";
  return html`<section class="fl-card fl-qtyw">
    <dl class="fl-qty">
      ${
        counted
          ? html`<div>
              <dt>${t("Reported")}${gap}${t("baskets")}</dt>
              <dd class="two">${counted.done}<span class="of"> / ${counted.total}</span></dd>
            </div>`
          : html`<div>
              <dt>${t("Planned")}${gap}${all.unit}</dt>
              ${number(all)}
            </div>`
      }
      <div>
        <dt>${t("Reported")}${gap}${reported.unit}</dt>
        ${number(reported)}
      </div>
      <div>
        <dt>${t("To go")}${gap}${left.unit}</dt>
        ${number(left)}
      </div>
    </dl>
    ${basketCells(job)}
    ${Number(job.good) > 0 && !isFinished(job) && html`<button class="big call" data-act="finish">${icon("check-check")}${t("Call it done")}</button>`}
  </section>`;
}

function factRow(job) {
  const { key, glyph } = standing(job);
  const kind = { running: "", done: "ok", paused: "warn", waiting: "warn", exception: "warn", ready: "" }[key];
  return html`<div class="fl-tri">
    <div class="${kind}">
      <small>${icon(glyph)}${t("State")}</small>
      <b>${stateWord(job)}</b>
      ${job.exception && html`<small class="x">${t("Reported %(time)s", { time: clock(Date.parse(job.exception.at)) })}</small>`}
    </div>
    <div><small>${t("Machine")}</small><b>${machineName(job.machine) || "—"}</b></div>
    <div>
      <small>${t("Plan")}</small>
      <b>${job.planned_start ? planned(job) : "—"}</b>
      ${job.setup_minutes > 0 && html`<small class="x">${t("Setup %(n)s min", { n: job.setup_minutes })}</small>`}
    </div>
  </div>`;
}

function standingCard(job) {
  const words = {
    ready: t("Not started yet"),
    waiting: t("The step before is not reported"),
    paused: t("Paused"),
    done: t("Done"),
  }[job.state];
  return html`<section class="fl-card standing">
    ${icon(standing(job).glyph)}
    <h2>${words}</h2>
    <p>
      ${job.state === "paused" ? t("Nothing is reported while it rests.") : t("Start it when the parts and the tool are on the machine.")}
    </p>
  </section>`;
}

function foot(job, running) {
  const trouble = html`<button class="big stop" data-act="exception">${icon("siren")}${t("Report trouble")}</button>`;
  if (running) {
    return html`<footer class="fl-foot">
      <button class="big" data-act="pause" ${isFinished(job) && html` disabled`}>${icon("pause")}${t("Pause")}</button>
      ${trouble}<button class="big go" data-act="report">${icon("check")}<span>${reportWords(job)}</span></button>
    </footer>`;
  }
  const [act, words] = job.state === "paused" ? ["resume", t("Resume")] : ["begin", t("Start")];
  return html`<footer class="fl-foot">
    <button class="big" data-act="home">${icon("arrow-left")}${t("Back")}</button>${trouble}<button
      class="big start"
      data-act="${act}"
    >
      ${icon("play")}<span>${words}</span>
    </button>
  </footer>`;
}
