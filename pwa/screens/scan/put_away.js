/** Finished goods into a bin: scan the traveller, check the quantity, scan the bin. */
import { html } from "../../elements/dom.js";
import { numberPad } from "../../elements/pad.js";
import { somebody } from "../../elements/person.js";
import { signal } from "../../elements/signal.js";
import { stop } from "../../elements/stop.js";
import { act, device, mend } from "../../offline/device.js";
import { decimal, grouped, isOver } from "../../offline/quantities.js";
import { t } from "../../words/words.js";
import { foot, head, meter, panel, row, verdict } from "./frame.js";
import { toReceive } from "./lots.js";
import { tooLate } from "./pick.js";

export const receiptOf = (workOrder) => device.books.receipts.find((receipt) => receipt.work_order === workOrder);
const binName = (code) => device.books.bins.find((bin) => bin.code === code)?.name ?? code;

export const putAway = (receipt) => ({
  kind: "receive",
  work_order: receipt.work_order,
  quantity: decimal(toReceive(receipt)),
});

export function putAwayView(task) {
  const receipt = receiptOf(task.work_order);
  const ready = Number(task.quantity) > 0;
  const otherwise = ready
    ? {
        title: t("Scan the bin"),
        lines: [
          receipt.item_name,
          t("Put %(quantity)s there", { quantity: `${grouped(task.quantity)} ${receipt.unit}` }),
        ],
      }
    : { title: t("Nothing more to put away"), lines: [receipt.item_name] };
  return html`${head(t("Put away"), receipt.work_order)}
    <main class="sc-main">
      ${panel(otherwise)}
      ${meter(t("Received"), Number(receipt.received), Number(receipt.done), `${grouped(receipt.received)} / ${grouped(receipt.done)} ${receipt.unit}`)}
      <ul class="sc-list">
        ${row({ act: "quantity", value: "", glyph: ready ? "s-ok" : "s-todo", kind: ready ? "ok" : "", title: t("Quantity"), small: t("Tap to change"), quantity: grouped(task.quantity), of: ` ${receipt.unit}` })}
        ${row({ act: "noop", value: "", glyph: "s-todo", kind: ready ? "cur" : "", title: t("Bin"), small: t("Scan its label"), quantity: "", of: "" })}
      </ul>
    </main>
    ${foot(t("Finish"))}`;
}

export async function chooseQuantity(task) {
  const receipt = receiptOf(task.work_order);
  const quantity = await numberPad({
    title: receipt.item_name,
    unit: receipt.unit,
    value: task.quantity,
    decimals: 3,
  });
  if (quantity === null) return;
  task.quantity = await within(receipt, quantity, toReceive(receipt));
}

/** The quantity, or the most there is if the person takes that. More than reported may be put away and is flagged. */
async function within(receipt, quantity, most) {
  if (!isOver(quantity, most)) return decimal(quantity);
  const answer = await stop({
    title: t("More than reported"),
    text: receipt.item_name,
    compare: [
      [t("You entered"), grouped(quantity)],
      [t("Reported and not received"), grouped(most)],
    ],
    choices: [
      { value: "only", label: t("Only %(n)s", { n: grouped(most) }) },
      { value: "more", label: t("Receive %(n)s and report it", { n: grouped(quantity) }) },
    ],
  });
  return decimal(answer === "more" ? quantity : most);
}

export async function scannedBin(task, code) {
  const bin = device.books.bins.find((row_) => row_.scan === code.code);
  const receipt = receiptOf(task.work_order);
  if (!bin)
    return stop({
      title: t("Unknown bin"),
      text: t("This device's warehouse has no such bin."),
      scanned: code,
    });
  if (!Number(task.quantity)) await chooseQuantity(task);
  if (!Number(task.quantity) || !(await somebody())) return;
  const record = await act("stock.receive", {
    work_order: receipt.work_order,
    quantity: task.quantity,
    unit: receipt.unit,
    bin: bin.code,
  });
  received(task, record);
}

function received(task, record) {
  const receipt = receiptOf(task.work_order);
  signal(toReceive(receipt) ? "line" : "task");
  verdict({
    kind: "ok",
    title: receipt.item_name,
    lines: [t("In bin %(bin)s", { bin: binName(record.payload.bin) }), receipt.work_order],
    quantity: grouped(record.payload.quantity),
    unit: receipt.unit,
    record,
  });
  task.quantity = decimal(toReceive(receipt));
}

export async function changeReceived(task, record) {
  const receipt = receiptOf(task.work_order);
  const entered = await numberPad({
    title: receipt.item_name,
    unit: receipt.unit,
    value: record.payload.quantity,
    decimals: 3,
  });
  if (entered === null || !Number(entered)) return;
  const quantity = await within(receipt, entered, toReceive(receipt) + Number(record.payload.quantity));
  if (await mend(record, { quantity })) received(task, { ...record, payload: { ...record.payload, quantity } });
  else tooLate();
}

export async function changeBin(task, record, bin) {
  if (await mend(record, { bin: bin.code }))
    received(task, { ...record, payload: { ...record.payload, bin: bin.code } });
  else tooLate();
}
