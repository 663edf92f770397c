/** The frame of every scan screen: head, verdict panel, list, foot with camera and keys. */
import { html, icon } from "../../elements/dom.js";
import { netChip } from "../../elements/net_chip.js";
import { waiting } from "../../offline/device.js";
import { t } from "../../words/words.js";

let hit = null; // {kind: "ok" | "wait" | "again", title, lines, quantity, unit, record}

/** Show a verdict until the next one. `record`: the action that may still be mended or withdrawn. */
export const verdict = (next) => {
  hit = next;
};
export const lastRecord = () => hit?.record;

export function head(title, small, back = "back") {
  return html`<header class="sc-top">
    <button class="ib" data-act="${back}" aria-label="${back === "menu" ? t("Menu") : t("Back")}">
      ${icon(back === "menu" ? "menu" : "arrow-left")}
    </button>
    <div>
      <h1>${title}</h1>
      <small>${small}</small>
    </div>
    ${netChip()}
  </header>`;
}
// icons: menu arrow-left

/** The verdict, or `otherwise` ({title, lines}) on slate: what to scan next. */
export function panel(otherwise) {
  const { kind, title, lines = [], quantity, unit, record } = hit ?? { kind: "wait", ...otherwise };
  const glyph = { ok: "s-ok", again: "s-warn", wait: "scan-barcode" }[kind];
  const here = record && waiting().some((action) => action.id === record.id && action.tries === 0);
  return html`<section class="sc-hit ${kind}">
    ${icon(glyph)}
    <div>
      <h2>${title}</h2>
      ${lines.slice(0, 2).map((line) => html`<p>${line}</p>`)}
    </div>
    ${quantity && html`<div class="q${String(quantity).length > 5 && " long"}">${quantity}<small>${unit}</small></div>`}
    ${here && html`<div class="acts"><button data-act="changeQuantity">${t("Change quantity")}</button><button data-act="changeBin">${t("Change bin")}</button><button data-act="undo">${t("Undo")}</button></div>`}
    ${hit && otherwise && html`<p class="next">${icon("arrow-right")}${otherwise.title}</p>`}
  </section>`;
}
// icons: scan-barcode

export const foot = (words, act = "finish", kind = "") =>
  html`<footer class="sc-foot">
    <button data-act="camera" aria-label="${t("Scan by camera")}">${icon("camera")}</button>
    <button data-act="type" aria-label="${t("Type the code")}">${icon("keyboard")}</button>
    <button class="go ${kind}" data-act="${act}">${words}</button>
  </footer>`;

export const meter = (words, done, all, figures) =>
  html`<div class="sc-sum">
    <span>${words}</span>
    <div class="meter"><i style="inline-size:${all ? Math.min(100, (done / all) * 100) : 0}%;--c:var(--ok)"></i></div>
    <span class="tn">${figures}</span>
  </div>`;

export const row = ({ act, value, glyph, kind = "", title, small, quantity, of }) =>
  html`<li class="${kind}">
    <button data-act="${act}" data-value="${value}">
      ${icon(glyph)}<span><b>${title}</b><small>${small}</small></span>
      <span class="q">${quantity}<small>${of}</small></span>
    </button>
  </li>`;
