/** One question with big answers. Asked before a fact is made, never after. */
import { html, icon, overlay } from "./dom.js";
import { t } from "../words/words.js";

/**
 * `{title, lines, choices: [{value, label, kind, icon}], columns}` → the chosen value, null when left.
 * `kind`: "go" (the way on), "stop" or nothing.
 */
export const ask = ({ title, lines = [], choices, columns = 1, leave = t("Back") }) =>
  overlay(
    () =>
      html`<div class="sheet-box">
        <h2 id="sheet-title">${title}</h2>
        ${lines.map((line) => html`<p>${line}</p>`)}
        <div class="choices" style="--columns:${columns}">${choices.map(choice)}</div>
        ${leave && html`<button class="big" data-act="leave">${leave}</button>`}
      </div>`,
    (close) => ({ choose: (value) => close(value), leave: () => close(null) }),
  );

const choice = ({ value, label, kind = "", icon: name }) =>
  html`<button class="big ${kind}" data-act="choose" data-value="${value}">
    ${name && icon(name)}<span>${label}</span>
  </button>`;

/** A list too long for big buttons: rows with a title and a second line. */
export const pickFrom = ({ title, rows, leave = t("Back") }) =>
  overlay(
    () =>
      html`<div class="sheet-box tall">
        <h2 id="sheet-title">${title}</h2>
        <ul class="rows">
          ${rows.map(
            ({ value, label, small }) =>
              html`<li>
                <button class="tile" data-act="choose" data-value="${value}">
                  <b>${label}</b>${small && html`<small>${small}</small>`}
                </button>
              </li>`,
          )}
        </ul>
        <button class="big" data-act="leave">${leave}</button>
      </div>`,
    (close) => ({ choose: (value) => close(value), leave: () => close(null) }),
  );
