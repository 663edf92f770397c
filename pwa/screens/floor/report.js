/** From what was entered to what happened: asked once where in doubt, put in the outbox, taken back within eight seconds. */
import { ask, pickFrom } from "../../elements/ask.js";
import { html, icon } from "../../elements/dom.js";
import { somebody } from "../../elements/person.js";
import { signal } from "../../elements/signal.js";
import { HELD_MS } from "../../offline/actions.js";
import { act, device, refused, undo } from "../../offline/device.js";
import { kilograms, said } from "../../offline/quantities.js";
import { t } from "../../words/words.js";
import { clear, doubt, good, payload, restore, scrapTotal, scrapUnit } from "./entry.js";
import { baskets, remaining } from "./plan.js";

const UNDO_MS = 8_000;
const SAID_MS = 3_000;
const SAME_AGAIN_MS = 1_500;

let band = null; // {record, entered, words, until}; without a record there is nothing to take back
const underWay = new Set();
let last = { saying: "", at: 0 };

/** What the main button says: always what it will book. */
export function reportWords(job) {
  const unit = scrapUnit(job) === "kg" ? "kg" : job.unit_label;
  const scrap =
    scrapTotal() > 0 && html` <small>${t("scrap %(n)s", { n: `${kilograms(scrapTotal())} ${unit}` })}</small>`;
  if (!good(job)) return html`${t("Report")}${scrap}`;
  const counted = baskets(job);
  const quantity = said(good(job), job);
  const words =
    counted && job.report_by === "weight"
      ? t("Report basket %(n)s %(quantity)s", { n: counted.done + 1, quantity })
      : t("Report %(quantity)s", { quantity });
  return html`${words}${scrap}`;
}

/** One intent, one action: a second tap for the same job while the first is under way must not make a second key. */
async function once(intent, job, work) {
  const key = `${intent} ${job?.operation}`;
  if (underWay.has(key)) return false;
  underWay.add(key);
  try {
    return await work();
  } finally {
    underWay.delete(key);
  }
}

/** Report what stands in the entry. Answers true when it is on its way. */
export const report = (job) =>
  once("report", job, async () => {
    const body = payload(job);
    const saying = JSON.stringify(body);
    if (saying === last.saying && Date.now() - last.at < SAME_AGAIN_MS) return false;
    if (!(await somebody()) || !(await sure(job))) return false;
    const record = await act("operation.report", body);
    last = { saying, at: Date.now() };
    signal("report");
    band = {
      record,
      words: t("Reported %(quantity)s", { quantity: said(body.good, job) }),
      until: Date.now() + UNDO_MS,
      entered: clear(job),
    };
    return true;
  });

async function sure(job) {
  const kind = doubt(job);
  if (!kind) return true;
  const quantity = said(good(job), job);
  const answer = await ask(
    kind === "tare"
      ? {
          title: t("No tare entered"),
          lines: [t("The basket's own weight would count as pieces: %(quantity)s.", { quantity })],
          choices: [{ value: "yes", label: t("Report %(quantity)s", { quantity }) }],
        }
      : {
          title: t("More than is left"),
          lines: [
            t("Left to report: %(left)s", { left: said(remaining(job), job) }),
            t("You report: %(quantity)s", { quantity }),
          ],
          choices: [{ value: "yes", label: t("Yes, %(quantity)s", { quantity }), kind: "go" }],
        },
  );
  return answer === "yes";
}

/** The green band with its way back, while it lasts. */
export function bandView() {
  if (!band || Date.now() > band.until || refused().some((action) => action.id === band.record?.id)) return null;
  const seconds = Math.ceil((band.until - Date.now()) / 1000);
  return html`<div class="fl-done${!band.record && " back"}" role="status">
    ${icon(band.record ? "s-ok" : "undo-2")}<span>${band.words}</span>
    ${band.record && html`<button data-act="undo">${t("Undo")} ${seconds}</button>`}
  </div>`;
}
// icons: undo-2

/** Take the last report back; what was entered stands there again, to be mended. */
export async function undoLast() {
  const { record, entered } = band ?? {};
  band = null;
  if (!record || !(await undo(record))) return;
  restore(entered);
  last = { saying: "", at: 0 }; // the same may be reported again at once
  band = { words: t("Undone"), until: Date.now() + SAID_MS };
}

async function simple(name, body) {
  await act(name, body);
  signal("report");
}

export const begin = (job) => once("begin", job, () => beginOnce(job));

async function beginOnce(job) {
  if (!(await somebody())) return;
  if (job.previous_done === false) {
    const answer = await ask({
      title: t("The step before is not reported"),
      lines: [t("If the parts are here, start. The office will see it.")],
      choices: [{ value: "yes", label: t("Start all the same"), kind: "go" }],
    });
    if (answer !== "yes") return;
  }
  const machine = job.machine ?? (await chooseMachine());
  if (machine) await simple("operation.start", { operation: job.operation, machine });
}

function chooseMachine() {
  const own = device.books.machines.filter((machine) => device.person.machines.includes(machine.code));
  const rows = (own.length ? own : device.books.machines).map(({ code, name, group }) => ({
    value: code,
    label: name,
    small: group,
  }));
  return rows.length === 1 ? rows[0].value : pickFrom({ title: t("On which machine?"), rows });
}

export const pause = (job) => once("pause", job, () => pauseOnce(job));

async function pauseOnce(job) {
  if (!(await somebody())) return;
  const choices = device.books.pause_reasons.map(({ code, label }) => ({ value: code, label }));
  const reason = await ask({ title: t("Why pause?"), choices, columns: 2 });
  if (reason) await simple("operation.pause", { operation: job.operation, reason });
}

export const resume = (job) =>
  once("resume", job, async () => (await somebody()) && simple("operation.resume", { operation: job.operation }));

/** Done although less was made: the reason is asked, and for a moment it can be taken back. */
export const finish = (job) => once("finish", job, () => finishOnce(job));

async function finishOnce(job) {
  if (!(await somebody())) return false;
  const choices = (device.books.short_reasons ?? []).map(({ code, label }) => ({ value: code, label }));
  const reason = await ask({
    title: t("Call it done?"),
    lines: [t("Left to report: %(left)s", { left: said(remaining(job), job) }), t("Why does no more come?")],
    choices,
    columns: 2,
  });
  if (!reason) return false;
  const record = await act("operation.finish", { operation: job.operation, reason });
  signal("task");
  const words = t("%(operation)s is done", { operation: job.operation_name });
  band = { record, words, until: Date.now() + HELD_MS["operation.finish"], entered: clear(job) };
  return true;
}

/** Something is wrong: four tiles, sent at once. `job` may be missing. */
export const reportException = (job) => once("exception", job, () => reportExceptionOnce(job));

async function reportExceptionOnce(job) {
  if (!(await somebody())) return;
  const kind = await ask({
    title: job ? t("What is wrong with %(item)s?", { item: job.item_name }) : t("What is wrong?"),
    columns: 2,
    choices: [
      { value: "material", label: t("Material is missing"), icon: "package-open", kind: "stop" },
      { value: "machine", label: t("Machine is down"), icon: "wrench", kind: "stop" },
      { value: "quality", label: t("Quality"), icon: "shield-alert", kind: "stop" },
      { value: "other", label: t("Something else"), icon: "ellipsis", kind: "stop" },
    ],
  });
  // icons: package-open wrench shield-alert ellipsis
  if (kind)
    await simple("exception.report", { kind, ...(job && { operation: job.operation, machine: job.machine }) });
}
