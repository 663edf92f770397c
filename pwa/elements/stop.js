/** The red page: something is wrong, nothing goes on until it is acknowledged by tap or by the printed OK card. */
import { closeCovers, html, icon, overlay } from "./dom.js";
import { signal } from "./signal.js";
import { t } from "../words/words.js";

/** `{title, text, compare: [[label, value]], choices: [{value, label}]}` → the chosen value. */
export function stop({ title, text, compare = [], choices = [{ value: "seen", label: t("Got it, go on") }] }) {
  signal("wrong");
  return overlay(
    () =>
      html`<div>
          ${icon("s-stop")}
          <h1 id="stop-title">${title}</h1>
          <p>${text}</p>
          ${compare.length > 0 && html`<div class="cmp">${compare.map(([label, value]) => html`<span>${label} <b>${value}</b></span>`)}</div>`}
        </div>
        <div class="stop-acts">
          ${choices.map(({ value, label }) => html`<button data-act="choose" data-value="${value}">${label}</button>`)}
        </div>`,
    (close) => ({ choose: (value) => close(value) }),
    { className: "sc-bad", role: "alertdialog" },
  );
}

export const isStopped = () => Boolean(document.querySelector(".sc-bad"));
export const acknowledge = () => closeCovers("sc-bad", "seen");
