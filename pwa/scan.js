/** The scan page: a hand-held scanner in the warehouse. What is seen first is here, its tasks in screens/scan/tasks.js. */
import { html } from "./elements/dom.js";
import { device, refused, syncNow } from "./offline/device.js";
import { grouped } from "./offline/quantities.js";
import { draw, start } from "./screens/page.js";
import { foot, head, panel, row, verdict } from "./screens/scan/frame.js";
import { isPicked, open, toReceive } from "./screens/scan/lots.js";
import { t } from "./words/words.js";

const place = { task: null }; // {kind: "pick" | "receive" | "lookup" | "reports", …}
let tasks = null;

function begin(task) {
  place.task = task;
  verdict(null);
  draw();
}

const view = () => tasks?.taskView(place.task) ?? homeView();

function homeView() {
  const picks = device.books.picks.filter((note) => !isPicked(note) || device.person?.posts);
  const receipts = device.books.receipts.filter((receipt) => toReceive(receipt) > 0);
  return html`${head(device.person?.name ?? t("Scan your badge"), device.books.device.name, "menu")}
    <main class="sc-main">
      ${panel({ title: t("Scan anything"), lines: [t("A delivery note, a traveller, a bin or a lot")] })}
      <ul class="sc-list">
        ${picks.map(pickRow)}${receipts.map(receiptRow)}
        ${!picks.length && !receipts.length && html`<li class="none">${t("Nothing waits here just now.")}</li>`}
      </ul>
    </main>
    ${foot(t("My reports"), "reports", "plain")}`;
}

const pickRow = (note) =>
  row({
    act: "openPick",
    value: note.delivery_note,
    glyph: "truck",
    title: `${isPicked(note) ? t("Post") : t("Pick")} ${note.customer}`,
    small: note.delivery_note,
    quantity: note.lines.filter((line) => !open(line)).length,
    of: t("/%(n)s lines", { n: note.lines.length }),
  });
const receiptRow = (receipt) =>
  row({
    act: "openReceipt",
    value: receipt.work_order,
    glyph: "package-check",
    title: receipt.item_name,
    small: `${t("Put away")} · ${receipt.work_order}`,
    quantity: grouped(toReceive(receipt)),
    of: ` ${receipt.unit}`,
  });
// icons: truck package-check

const acts = {
  noop() {},
  back: () => begin(null),
  reports: () => begin({ kind: "reports" }),
  openPick: (number) => begin({ kind: "pick", delivery_note: number }),
  chip() {
    if (device.link === "auth") location.href = "/enrol";
    else if (refused().length) begin({ kind: "reports" });
    else syncNow();
  },
};

async function load() {
  tasks = await import("./screens/scan/tasks.js");
  Object.assign(acts, tasks.taskActs({ place, begin }));
}

start({
  title: () => t("Warehouse"),
  view,
  acts,
  load,
  knows: (code) => tasks.knows(code, place),
  scanned: (code) => tasks.scanned(code, { place, begin, acts }),
  idle: () => place.task === null,
});
