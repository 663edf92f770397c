/** The tasks of the scan page: picking, putting away, looking up; fetched once the first list stands. */
import { ask, pickFrom } from "../../elements/ask.js";
import { html, isCovered } from "../../elements/dom.js";
import { codePad } from "../../elements/pad.js";
import { askWho } from "../../elements/person.js";
import { signal } from "../../elements/signal.js";
import { stop } from "../../elements/stop.js";
import { device, mend, undo } from "../../offline/device.js";
import { t } from "../../words/words.js";
import "../../words/zh_CN_later.js";
import { draw, turnTheme } from "../page.js";
import { reportsActs, reportsView } from "../reports.js";
import { scan } from "../scans.js";
import { foot, head, lastRecord, verdict } from "./frame.js";
import { lookUp, lookupView } from "./lookup.js";
import { changeQuantity, finish, noteOf, pickView, scannedLot, tooLate } from "./pick.js";
import { postNote } from "./post.js";
import {
  changeBin,
  changeReceived,
  chooseQuantity,
  putAway,
  putAwayView,
  receiptOf,
  scannedBin,
} from "./put_away.js";

/** The screen of the open task, or null for the home screen. */
export function taskView(task) {
  if (task?.kind === "pick" && noteOf(task.delivery_note)) return pickView(task);
  if (task?.kind === "receive" && receiptOf(task.work_order)) return putAwayView(task);
  if (task?.kind === "lookup") return lookupView(task);
  if (task?.kind === "reports")
    return html`${head(t("My reports"), device.person?.name ?? "")}${reportsView()}${foot(t("Back"), "back")}`;
  return null;
}

/** What taps do in a task. `place.task` is the open one, `begin()` changes it. */
export const taskActs = ({ place, begin }) => ({
  ...reportsActs,
  menu,
  openReceipt: (workOrder) => begin(putAway(receiptOf(workOrder))),
  line: () => signal("hit"),
  quantity: () => chooseQuantity(place.task).then(draw),
  camera: async () => (await import("../../elements/camera.js")).scanByCamera(scan),
  async type() {
    const text = await codePad();
    if (text) scan(text);
  },
  async finish() {
    if (place.task?.kind !== "pick" || (await finish(place.task))) begin(null);
  },
  async post() {
    if (await postNote(place.task, noteOf(place.task.delivery_note))) place.task = null;
    draw();
  },
  async changeQuantity() {
    const record = lastRecord();
    await (record.name === "delivery.pick" ? changeQuantity : changeReceived)(place.task, record);
    draw();
  },
  changeBin: () => chooseBin(place.task).then(draw),
  async undo() {
    const record = lastRecord();
    if (!(await undo(record))) return tooLate();
    if (record.name === "stock.receive") place.task = putAway(receiptOf(record.payload.work_order));
    verdict(null);
    draw();
  },
});

async function chooseBin(task) {
  const record = lastRecord();
  const rows = device.books.bins.map(({ code, name }) => ({ value: code, label: name }));
  const code = await pickFrom({ title: t("Change bin"), rows });
  const bin = device.books.bins.find((candidate) => candidate.code === code);
  if (!bin) return;
  if (record.name === "stock.receive") await changeBin(task, record, bin);
  else if (!(await mend(record, { bin: bin.code }))) tooLate();
}

async function menu() {
  const choice = await ask({
    title: device.books.device.name,
    choices: [
      { value: "who", label: device.person?.name ?? t("Scan your badge"), icon: "user-round" },
      { value: "theme", label: t("Light or dark"), icon: "sun-moon" },
      { value: "floor", label: t("Machines"), icon: "factory" },
    ],
  });
  // icons: user-round sun-moon factory
  if (choice === "who") await askWho();
  if (choice === "theme") await turnTheme();
  if (choice === "floor") location.href = "/floor";
  draw();
}

const noteFor = (code) => device.books.picks.find((pick) => pick.scan === code.code);
const receiptFor = (code) =>
  device.books.receipts.find((receipt) => receipt.scan === code.code || receipt.scans?.includes(code.code));

/** Whether a code means something here; within a task every code has its answer at once. */
export const knows = (code, { task }) =>
  code.letter === "K" ||
  ["pick", "receive"].includes(task?.kind) ||
  Boolean(noteFor(code) || receiptFor(code) || lookUp(code, device.books));

const queue = [];
let working = false;

/** Scans are dealt with one after the other, in the order in which they came. */
export async function scanned(code, page) {
  queue.push(code);
  if (working) return;
  working = true;
  try {
    while (queue.length) await scannedOne(queue.shift(), page);
  } finally {
    working = false;
    draw();
  }
}

async function scannedOne(code, { place, begin, acts }) {
  if (code.letter === "K") return code.body === "OK" && acts.finish();
  if (isCovered()) document.querySelectorAll(".sheet").forEach((el) => el.close(null));
  const [note, receipt] = [noteFor(code), receiptFor(code)];
  if (note) {
    signal("hit");
    return begin({ kind: "pick", delivery_note: note.delivery_note });
  }
  if (receipt) {
    signal("hit");
    return begin(putAway(receipt));
  }
  const { task } = place;
  if (task?.kind === "pick") return scannedInPick(task, code);
  if (task?.kind === "receive")
    return code.letter === "B"
      ? scannedBin(task, code)
      : stop({
          title: t("That is no bin"),
          text: t("Scan the label of the bin."),
          scanned: code,
        });
  const found = lookUp(code, device.books);
  if (!found)
    return stop({
      title: t("Unknown code"),
      text: t("This device knows nothing by this code."),
      scanned: code,
    });
  signal("hit");
  begin({ kind: "lookup", found });
}

async function scannedInPick(task, code) {
  const bin = device.books.bins.find((candidate) => candidate.scan === code.code);
  if (!bin) return scannedLot(task, code);
  task.bin = bin.code;
  signal("hit");
  verdict({ kind: "wait", title: t("Bin %(bin)s", { bin: bin.name }), lines: [t("Now scan the lot")] });
}
