/** What is being entered for the open job: weight or pieces, and scrap by reason. Nothing of it is a fact yet. */
import { html, icon } from "../../elements/dom.js";
import { numberPad } from "../../elements/pad.js";
import { device } from "../../offline/device.js";
import { decimal, grouped, kilograms, netWeight, piecesIn, said, spoken } from "../../offline/quantities.js";
import { t } from "../../words/words.js";
import { baskets, remaining } from "./plan.js";

let entry = blank(null);

function blank(operation) {
  return { operation, gross: null, tare: null, net: null, pieces: 0, scrap: {}, container: null };
}

/** The entry of this job; another job begins with an empty one. The tare of the last basket is kept. */
export function entryOf(job) {
  if (entry.operation !== job.operation) entry = blank(job.operation);
  return entry;
}

/** What was entered is a fact now; it is answered, for the one who takes the fact back. */
export function clear(job) {
  const entered = entry;
  entry = { ...blank(job.operation), tare: entered.tare };
  return entered;
}

/** Put back what was entered, unless something new stands there. */
export function restore(entered) {
  if (isUntouched()) entry = entered;
}

export const isUntouched = () =>
  !entry.pieces && entry.net === null && entry.gross === null && !Object.keys(entry.scrap).length;

const byWeight = (job) => job.report_by === "weight" && Number(job.weight_per_thousand) > 0;
const net = () => entry.net ?? (entry.gross === null ? null : netWeight(entry.gross, entry.tare));

/** Good pieces entered so far. */
export const good = (job) =>
  byWeight(job) && net() !== null ? Math.max(0, piecesIn(net(), job.weight_per_thousand)) : entry.pieces;

/** Scrap entered so far, in kg where the job is weighed, else in pieces. */
export const scrapTotal = () => Object.values(entry.scrap).reduce((sum, quantity) => sum + Number(quantity), 0);
export const scrapUnit = (job) => (byWeight(job) ? "kg" : job.unit);

/** The payload of operation.report for what stands here. */
export function payload(job) {
  const weighed = byWeight(job) && net() !== null;
  return {
    operation: job.operation,
    good: decimal(good(job)),
    unit: job.unit,
    ...(weighed && { weight: decimal(net()), hand_entered: true }),
    ...(weighed && entry.net === null && { gross: decimal(entry.gross), tare: decimal(entry.tare ?? 0) }),
    ...(!weighed && { hand_entered: true }),
    scrap: Object.entries(entry.scrap).map(([reason, quantity]) => ({ reason, quantity, unit: scrapUnit(job) })),
    ...(entry.container && { container: entry.container }),
  };
}

/** Why this should be asked once more before it becomes a fact, or null. */
export function doubt(job) {
  if (byWeight(job) && entry.net === null && entry.gross !== null && !Number(entry.tare)) return "tare";
  if (Number(good(job)) > remaining(job) * 1.02) return "over";
  return null;
}

export function entryView(job) {
  return html`${byWeight(job) ? weightCard(job) : piecesCard(job)}${scrapCard(job)}`;
}

function weightCard(job) {
  entryOf(job);
  const counted = baskets(job);
  const title = counted ? t("Basket %(n)s", { n: counted.done + 1 }) : t("This weighing");
  const box = (act, label, value, live) =>
    html`<button class="${live ? "live" : ""}" data-act="${act}">
      <small>${label} kg</small><b>${value === null ? "—" : kilograms(value)}</b>
    </button>`;
  const pieces = spoken(good(job), job);
  return html`<section class="fl-card fl-entry">
    <div class="fl-lab">
      ${title}${entry.container && html` · ${entry.container}`}<span class="r">
        ${t("Enter what the scale shows")}</span>
    </div>
    <div class="sw">
      ${box("gross", t("Gross"), entry.net === null ? entry.gross : null, entry.gross !== null)}<span>−</span>${box("tare", t("Tare"), entry.net === null ? entry.tare : null)}<span>=</span>${box("net", t("Net"), net())}
    </div>
    <div class="net">
      <output>${pieces.number}<em>${pieces.unit}</em></output>
      <p>
        ${t("Weight of this lot")}
        <br />${t("%(kg)s kg a thousand %(unit)s", { kg: job.weight_per_thousand, unit: job.unit_label })}
      </p>
    </div>
    <div class="fl-quick three">
      <button data-act="gross">${icon("scale")}${t("Weigh again")}</button>
      <button data-act="basket">${icon("shopping-basket")}${t("Other basket")}</button>
      <button data-act="net">${icon("pencil")}${t("Type the net")}</button>
    </div>
  </section>`;
}

function piecesCard(job) {
  entryOf(job);
  const left = remaining(job);
  const presets = [
    ...(job.presets ?? []).map((n) => ({ n, label: `+${grouped(n)}` })),
    ...(job.per_basket
      ? [{ n: Number(job.per_basket), label: t("A basket %(n)s", { n: grouped(job.per_basket) }) }]
      : []),
  ];
  return html`<section class="fl-card fl-entry">
    <div class="fl-lab">${t("Good this time")}<span class="r">${job.unit_label}</span></div>
    <div class="fl-stepper">
      <button data-act="add" data-value="-1" aria-label="${t("One less")}">−</button>
      <button class="out" data-act="pieces">${grouped(entry.pieces)}</button>
      <button data-act="add" data-value="1" aria-label="${t("One more")}">+</button>
    </div>
    <div class="fl-quick ${presets.length < 3 ? "three" : ""}">
      ${presets.slice(0, 3).map(({ n, label }) => html`<button data-act="add" data-value="${n}">${label}</button>`)}<button
        data-act="whole"
        ${!left && html` disabled`}
      >
        ${t("All %(n)s", { n: grouped(left) })}
      </button>
    </div>
  </section>`;
}

function scrapCard(job) {
  const unit = byWeight(job) ? "kg" : job.unit_label;
  return html`<section class="fl-card fl-entry scrap">
    <div class="fl-lab">${t("Scrap")} ${unit}<span class="r">${t("Leave it if there is none")}</span></div>
    <div class="fl-def">
      ${device.books.scrap_reasons.map(({ code, label }) => html`<button data-act="scrap" data-value="${code}">${label}${entry.scrap[code] && html` <span class="cnt">${grouped(entry.scrap[code])}</span>`}</button>`)}
    </div>
  </section>`;
}

/** What taps on the entry do; `draw` shows the change. */
export function entryActs(job, draw) {
  const weigh = async (field, title) => {
    const value = await numberPad({
      title,
      unit: "kg",
      decimals: 3,
      value: entry[field] ?? "",
      note: (text) => weightNote(job, field, text),
    });
    if (value === null) return;
    entry[field] = Number(value) ? value : null;
    if (field !== "net") entry.net = null;
    draw();
  };
  return {
    gross: () => weigh("gross", t("Gross weight")),
    tare: () => weigh("tare", t("Tare: the empty basket")),
    net: () => weigh("net", t("Net weight")),
    add: (n) => {
      entry.pieces = Math.max(0, entry.pieces + Number(n));
      draw();
    },
    whole: () => {
      entry.pieces = remaining(job);
      draw();
    },
    pieces: async () => {
      const value = await numberPad({ title: t("Good this time"), unit: job.unit_label, value: entry.pieces || "" });
      if (value !== null) entry.pieces = Number(value);
      draw();
    },
    scrap: async (reason) => {
      const { label } = device.books.scrap_reasons.find((row) => row.code === reason);
      const weighed = byWeight(job);
      const value = await numberPad({
        title: `${t("Scrap")} · ${label}`,
        unit: weighed ? "kg" : job.unit_label,
        decimals: weighed ? 3 : 0,
        value: entry.scrap[reason] ?? "",
      });
      if (value === null) return;
      if (Number(value)) entry.scrap[reason] = decimal(value);
      else delete entry.scrap[reason];
      draw();
    },
  };
}

function weightNote(job, field, text) {
  const weight =
    field === "gross"
      ? netWeight(text, entry.tare)
      : field === "tare"
        ? netWeight(entry.gross ?? 0, text)
        : Number(text);
  if (weight < 0) return t("The tare is more than the gross");
  return weight > 0 ? `= ${said(piecesIn(weight, job.weight_per_thousand), job)}` : "";
}
