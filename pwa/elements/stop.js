/** The red page: something is wrong, nothing goes on until it is acknowledged by tap or by the printed OK card. */
import { closeCovers, html, icon, overlay } from "./dom.js";
import { nameOf } from "../offline/naming.js";
import { signal } from "./signal.js";
import { t } from "../words/words.js";

/**
 * `{title, text, scanned, compare: [[label, value]], choices: [{value, label}]}` → the chosen value.
 * `scanned` is the code in question: it is told by its name as soon as the server says it.
 */
export function stop({ title, text, scanned, compare = [], choices = [{ value: "seen", label: t("Got it, go on") }] }) {
  signal("wrong");
  const first = scanned && [t("You scanned"), scanned.code ?? scanned.raw];
  const lines = first ? [first, ...compare] : compare;
  const seen = overlay(
    () =>
      html`<div>
          ${icon("s-stop")}
          <h1 id="stop-title">${title}</h1>
          <p>${text}</p>
          ${lines.length > 0 && html`<div class="cmp">${lines.map(([label, value]) => html`<span>${label} <b>${value}</b></span>`)}</div>`}
        </div>
        <div class="stop-acts">
          ${choices.map(({ value, label }) => html`<button data-act="choose" data-value="${value}">${label}</button>`)}
        </div>`,
    (close) => ({ choose: (value) => close(value) }),
    { className: "sc-bad", role: "alertdialog" },
  );
  if (first) tellName(first, scanned, document.querySelector(".sc-bad:last-of-type"));
  return seen;
}

async function tellName(line, code, page) {
  const name = await nameOf(code);
  if (!name || !page.isConnected) return;
  line[1] = name;
  page.redraw();
}

export const isStopped = () => Boolean(document.querySelector(".sc-bad"));
export const acknowledge = () => closeCovers("sc-bad", "seen");
