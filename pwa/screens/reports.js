/** What was done on this device: what the server sent back first, then what the person reported. */
import { ask } from "../elements/ask.js";
import { html, icon } from "../elements/dom.js";
import { numberPad } from "../elements/pad.js";
import { device, discard, isUndone, jobOf, refused, sendAgain, undo } from "../offline/device.js";
import { grouped, said } from "../offline/quantities.js";
import { t } from "../words/words.js";
import { clock } from "./page.js";

const SHIFT_MS = 12 * 3_600_000;

const NAMES = {
  "operation.start": () => t("Start"),
  "operation.pause": () => t("Pause"),
  "operation.resume": () => t("Resume"),
  "operation.report": () => t("Report"),
  "operation.undo_report": () => t("Undo"),
  "stock.receive": () => t("Put away"),
  "delivery.pick": () => t("Pick"),
  "exception.report": () => t("Report trouble"),
};

const STATES = {
  waiting: () => ["s-todo", t("Kept here, not sent yet")],
  sent: () => ["s-ok", t("Sent")],
  included: () => ["s-ok", t("Sent")],
  refused: () => ["s-stop", t("Sent back")],
};

/** One sentence for what an action did. */
function sentence({ name, payload }) {
  const job = jobOf(payload.operation);
  const what = job
    ? `${job.item_name} · ${job.operation_name}`
    : (payload.work_order ?? payload.delivery_note ?? payload.operation ?? "");
  const amount =
    name === "operation.report"
      ? job
        ? said(payload.good, job)
        : `${grouped(payload.good)} ${payload.unit}`
      : payload.quantity
        ? `${grouped(payload.quantity)} ${payload.unit}`
        : "";
  return { title: [NAMES[name](), amount].filter(Boolean).join(" "), what };
}

export function reportsView() {
  const parked = refused();
  const mine = device.actions
    .filter(
      (action) =>
        action.state !== "refused" &&
        action.state !== "discarded" &&
        action.name !== "operation.undo_report" &&
        (!device.person || action.person === device.person.id),
    )
    .reverse()
    .slice(0, 60);
  return html`<main class="fl-list">
    ${
      parked.length > 0 &&
      html`<h2>${t("Sent back by the office")}</h2>
        <ul class="rows">
          ${parked.map(parkedRow)}
        </ul>`
    }
    <h2>${t("My reports")}</h2>
    ${mine.length === 0 && html`<p class="none">${t("Nothing reported on this device yet.")}</p>`}
    <ul class="rows">
      ${mine.map(doneRow)}
    </ul>
  </main>`;
}

function parkedRow(action) {
  const { title, what } = sentence(action);
  return html`<li class="tile parked">
    ${icon("s-stop")}
    <div>
      <b>${title}</b><small>${what} · ${clock(Date.parse(action.happened_at))}</small>
      <p>${action.result?.detail ?? t("The entry was not understood")}</p>
    </div>
    <span class="acts">
      <button data-act="fix" data-value="${action.id}">${t("Change and send")}</button>
      <button data-act="discard" data-value="${action.id}">${t("Discard")}</button></span>
  </li>`;
}

function doneRow(action) {
  const { title, what } = sentence(action);
  const undone = isUndone(action);
  const [glyph, words] = undone ? ["s-draft", t("Undone")] : STATES[action.state]();
  const flagged = action.status === "flagged" && !undone;
  const takeBack =
    action.name === "operation.report" && !undone && Date.now() - Date.parse(action.kept_at) < SHIFT_MS;
  return html`<li class="tile ${undone ? "undone" : action.state}">
    ${icon(glyph)}
    <div>
      <b>${title}</b>
      <small>
        ${what} · ${clock(Date.parse(action.happened_at))} ·
        ${flagged ? t("Booked, the office checks it") : words}</small>
    </div>
    ${takeBack && html`<span class="acts"><button data-act="takeBack" data-value="${action.id}">${t("Undo")}</button></span>`}
  </li>`;
}

const find = (id) => device.actions.find((action) => action.id === id);

export const reportsActs = {
  takeBack: (id) => undo(find(id)),
  discard: async (id) => {
    const { title, what } = sentence(find(id));
    const answer = await ask({
      title: t("Discard this?"),
      lines: [title, what],
      choices: [{ value: "yes", label: `${t("Discard")} ${title}`, kind: "stop" }],
    });
    if (answer === "yes") await discard(find(id));
  },
  fix: async (id) => {
    const action = find(id);
    const field = { "operation.report": "good", "stock.receive": "quantity", "delivery.pick": "quantity" }[
      action.name
    ];
    if (!field) return sendAgain(action);
    const value = await numberPad({
      title: sentence(action).what,
      unit: action.payload.unit,
      value: action.payload[field],
      decimals: 3,
      confirm: t("Send"),
    });
    if (value !== null) await sendAgain(action, { [field]: value });
  },
};
