/** Pick a delivery note by scan. A wrong item stops everything before it becomes a fact. */
import { ask } from "../../elements/ask.js";
import { numberPad } from "../../elements/pad.js";
import { html } from "../../elements/dom.js";
import { somebody } from "../../elements/person.js";
import { signal } from "../../elements/signal.js";
import { stop } from "../../elements/stop.js";
import { act, device, mend } from "../../offline/device.js";
import { decimal, grouped } from "../../offline/quantities.js";
import { t } from "../../words/words.js";
import { foot, head, meter, panel, row, verdict } from "./frame.js";
import { inOrder, isPicked, match, open, suggestion } from "./lots.js";

export const noteOf = (number) => device.books.picks.find((pick) => pick.delivery_note === number);

export function pickView(task) {
  const note = noteOf(task.delivery_note);
  const lines = inOrder(note.lines);
  const done = lines.filter((line) => !open(line)).length;
  const next = lines.find((line) => open(line));
  const posts = device.person?.posts;
  const otherwise = next
    ? {
        title: t("Scan the lot: %(item)s", { item: next.item_name }),
        lines: [t("Bin %(bin)s", { bin: next.bin ?? "—" })],
      }
    : { title: t("All lines are picked"), lines: [posts ? t("Now it can be posted.") : t("The office posts it.")] };
  return html`${head(`${t("Pick")} ${note.customer}`, note.delivery_note)}
    <main class="sc-main">
      ${panel(otherwise)}
      ${meter(t("%(done)s of %(n)s lines", { done, n: lines.length }), done, lines.length, "")}
      <ul class="sc-list">
        ${lines.map((line) => lineRow(line, line === next))}
      </ul>
    </main>
    ${!next && posts ? foot(t("Post"), "post") : foot(t("Finish picking"))}`;
}

function lineRow(line, isNext) {
  const lots = line.lots.filter((lot) => Number(lot.available) > 0).map((lot) => `${lot.bin} ${lot.lot}`);
  return row({
    act: "line",
    value: line.line,
    kind: open(line) ? (isNext ? "cur" : "") : "ok",
    glyph: open(line) ? (isNext ? "s-run" : "s-todo") : "s-ok",
    title: line.item_name,
    small: lots.slice(0, 2).join("、") || line.item,
    quantity: grouped(line.picked),
    of: `/${grouped(line.quantity)} ${line.unit}`,
  });
}

export async function scannedLot(task, code) {
  const note = noteOf(task.delivery_note);
  const { wrong, line, lot } = match(note, code.code, task.bin);
  if (wrong === "item") return wrongItem(note, code);
  if (wrong === "line") {
    signal("duplicate");
    return verdict({
      kind: "again",
      title: t("This line is complete"),
      lines: [line.item_name],
      quantity: grouped(line.picked),
      unit: line.unit,
    });
  }
  if (wrong === "empty") {
    return stop({
      title: t("Nothing left of this lot"),
      text: t("By the books this lot is empty here. Take the suggested one, or have the bin counted."),
      compare: [
        [t("You scanned"), lot.lot],
        [t("Take"), suggestion(line)],
      ],
    });
  }
  if (!(await somebody())) return;
  const quantity = decimal(Math.min(open(line), Number(lot.available)));
  const record = await act("delivery.pick", {
    delivery_note: note.delivery_note,
    line: line.line,
    lot: lot.lot,
    bin: lot.bin,
    quantity,
    unit: line.unit,
  });
  picked(note.delivery_note, line.line, record);
}

function picked(number, lineNumber, record) {
  const note = noteOf(number);
  const line = note.lines.find((candidate) => candidate.line === lineNumber);
  signal(isPicked(note) ? "task" : open(line) ? "hit" : "line");
  verdict({
    kind: "ok",
    title: line.item_name,
    lines: [t("Lot %(lot)s", { lot: record.payload.lot }), t("From bin %(bin)s", { bin: record.payload.bin })],
    quantity: grouped(record.payload.quantity),
    unit: line.unit,
    record,
  });
}

function wrongItem(note, code) {
  const next = inOrder(note.lines).find((line) => open(line));
  const known = device.books.picks
    .flatMap((pick) => pick.lines)
    .find((line) => line.lots.some((lot) => lot.scan === code.code));
  stop({
    title: t("Wrong item"),
    text: t("This is not on the delivery note. Put it aside first."),
    scanned: known ? { code: known.item_name } : code,
    compare: [
      [t("This note wants"), next ? next.item_name : t("nothing more")],
    ],
  });
}

/** Change the quantity of the last pick while it is still on this device. */
export async function changeQuantity(task, record) {
  const line = noteOf(task.delivery_note).lines.find((candidate) => candidate.line === record.payload.line);
  const most = open(line) + Number(record.payload.quantity);
  let quantity = await numberPad({
    title: line.item_name,
    unit: line.unit,
    value: record.payload.quantity,
    decimals: 3,
  });
  if (quantity === null || !Number(quantity)) return;
  if (Number(quantity) > most) {
    const answer = await stop({
      title: t("More than ordered"),
      text: line.item_name,
      compare: [
        [t("You entered"), grouped(quantity)],
        [t("Still to pick"), grouped(most)],
      ],
      choices: [
        { value: "only", label: t("Only %(n)s", { n: grouped(most) }) },
        { value: "more", label: t("Pick %(n)s and report it", { n: grouped(quantity) }) },
      ],
    });
    if (answer !== "more") quantity = decimal(most);
  }
  const mended = await mend(record, { quantity: decimal(quantity) });
  if (mended) picked(task.delivery_note, line.line, { ...record, payload: { ...record.payload, quantity } });
  else tooLate();
}

export const tooLate = () => stop({ title: t("Already sent"), text: t("It is booked. The office can reverse it.") });

/** May the task be left? Asks when lines are open. */
export async function finish(task) {
  const left = noteOf(task.delivery_note).lines.filter((line) => open(line));
  if (!left.length) return true;
  const answer = await ask({
    title: t("%(n)s lines are still open", { n: left.length }),
    lines: left.slice(0, 4).map((line) => `${line.item_name}: ${grouped(open(line))} ${line.unit}`),
    choices: [{ value: "part", label: t("Leave it partly picked") }],
    leave: t("Go on scanning"),
  });
  return answer === "part";
}
