/** The scan page: a hand-held scanner in the warehouse. The trigger is the only input in the normal path. */
import { ask, pickFrom } from "./elements/ask.js";
import { html, isCovered } from "./elements/dom.js";
import { codePad } from "./elements/pad.js";
import { askWho } from "./elements/person.js";
import { signal } from "./elements/signal.js";
import { stop } from "./elements/stop.js";
import { device, mend, refused, syncNow, undo } from "./offline/device.js";
import { grouped } from "./offline/quantities.js";
import { draw, scan, start, turnTheme } from "./screens/page.js";
import { reportsActs, reportsView } from "./screens/reports.js";
import { foot, head, lastRecord, panel, row, verdict } from "./screens/scan/frame.js";
import { lookUp, lookupView } from "./screens/scan/lookup.js";
import { isPicked, open } from "./screens/scan/lots.js";
import { changeQuantity, finish, noteOf, pickView, scannedLot, tooLate } from "./screens/scan/pick.js";
import { changeBin, changeReceived, chooseQuantity, putAway, putAwayView, receiptOf, scannedBin, toReceive } from "./screens/scan/put_away.js";
import { t } from "./words/words.js";

let task = null; // {kind: "pick" | "receive" | "lookup" | "reports", …}

function begin(next) {
  task = next;
  verdict(null);
  draw();
}

function view() {
  if (task?.kind === "pick" && noteOf(task.delivery_note)) return pickView(task);
  if (task?.kind === "receive" && receiptOf(task.work_order)) return putAwayView(task);
  if (task?.kind === "lookup") return lookupView(task);
  if (task?.kind === "reports") return html`${head(t("My reports"), device.person?.name ?? "")}${reportsView()}${foot(t("Back"), "back")}`;
  return homeView();
}

function homeView() {
  const picks = device.books.picks.filter((note) => !isPicked(note));
  const receipts = device.books.receipts.filter((receipt) => toReceive(receipt) > 0);
  return html`${head(device.person?.name ?? t("Scan your badge"), device.books.device.name, "menu")}<main class="sc-main">
    ${panel({ title: t("Scan anything"), lines: [t("A delivery note, a traveller, a bin or a lot")] })}
    <ul class="sc-list">${picks.map(pickRow)}${receipts.map(receiptRow)}
      ${!picks.length && !receipts.length && html`<li class="none">${t("Nothing waits here just now.")}</li>`}</ul></main>${foot(t("My reports"), "reports", "plain")}`;
}

const pickRow = (note) => row({
  act: "openPick", value: note.delivery_note, glyph: "truck", title: `${t("Pick")} ${note.customer}`, small: note.delivery_note,
  quantity: note.lines.filter((line) => !open(line)).length, of: `/${note.lines.length} ${t("lines")}`,
});
const receiptRow = (receipt) => row({
  act: "openReceipt", value: receipt.work_order, glyph: "package-check", title: receipt.item_name, small: `${t("Put away")} · ${receipt.work_order}`,
  quantity: grouped(toReceive(receipt)), of: ` ${receipt.unit}`,
});
// icons: truck package-check

const acts = {
  ...reportsActs,
  noop() {},
  back: () => begin(null),
  menu,
  reports: () => begin({ kind: "reports" }),
  openPick: (number) => begin({ kind: "pick", delivery_note: number }),
  openReceipt: (workOrder) => begin(putAway(receiptOf(workOrder))),
  line: () => signal("hit"),
  quantity: () => chooseQuantity(task).then(draw),
  camera: async () => (await import("./elements/camera.js")).scanByCamera(scan),
  async type() {
    const text = await codePad();
    if (text) scan(text);
  },
  async finish() {
    if (task?.kind !== "pick" || (await finish(task))) begin(null);
  },
  async changeQuantity() {
    const record = lastRecord();
    await (record.name === "delivery.pick" ? changeQuantity : changeReceived)(task, record);
    draw();
  },
  changeBin: chooseBin,
  async undo() {
    const record = lastRecord();
    if (!(await undo(record))) return tooLate();
    if (record.name === "stock.receive") task = putAway(receiptOf(record.payload.work_order));
    verdict(null);
    draw();
  },
  chip() {
    if (device.link === "auth") location.href = "/enrol";
    else if (refused().length) begin({ kind: "reports" });
    else syncNow();
  },
};

async function chooseBin() {
  const record = lastRecord();
  const rows = device.books.bins.map(({ code, name }) => ({ value: code, label: name }));
  const code = await pickFrom({ title: t("Change bin"), rows });
  const bin = device.books.bins.find((candidate) => candidate.code === code);
  if (!bin) return;
  if (record.name === "stock.receive") await changeBin(task, record, bin);
  else if (!(await mend(record, { bin: bin.code }))) tooLate();
  draw();
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

const queue = [];
let working = false;

/** Scans are dealt with one after the other, in the order in which they came. */
async function scanned(code) {
  queue.push(code);
  if (working) return;
  working = true;
  try {
    while (queue.length) await scannedOne(queue.shift());
  } finally {
    working = false;
    draw();
  }
}

async function scannedOne(code) {
  const { books } = device;
  if (code.letter === "K") return code.body === "OK" && acts.finish();
  if (isCovered()) document.querySelectorAll(".sheet").forEach((el) => el.close(null));
  const note = books.picks.find((pick) => pick.scan === code.code);
  const receipt = books.receipts.find((row_) => row_.scan === code.code || books.jobs.some((job) => job.scan === code.code && job.work_order === row_.work_order));
  if (note) {
    signal("hit");
    return begin({ kind: "pick", delivery_note: note.delivery_note });
  }
  if (receipt) {
    signal("hit");
    return begin(putAway(receipt));
  }
  if (task?.kind === "pick") return scannedInPick(code);
  if (task?.kind === "receive") return code.letter === "B" ? scannedBin(task, code) : stop({ title: t("That is no bin"), text: t("Scan the label of the bin."), compare: [[t("You scanned"), code.raw]] });
  const found = lookUp(code, books);
  if (!found) return stop({ title: t("Unknown code"), text: t("This device knows nothing by this code."), compare: [[t("You scanned"), code.raw]] });
  signal("hit");
  begin({ kind: "lookup", found });
}

async function scannedInPick(code) {
  const bin = device.books.bins.find((candidate) => candidate.scan === code.code);
  if (!bin) return scannedLot(task, code);
  task.bin = bin.code;
  signal("hit");
  verdict({ kind: "wait", title: t("Bin %(bin)s", { bin: bin.name }), lines: [t("Now scan the lot")] });
}

start({ view, acts, scanned, idle: () => task === null });
