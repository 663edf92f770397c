/**
 * What a device may say happened, and what that means for the device's own picture until the books say it.
 *
 * The names are those of app/offline/actions.py. Each entry changes the snapshot (a copy) in place:
 * `change(books, action, find)`; `find(id)` gives an earlier action of this device.
 */
const job = (books, operation) => books.jobs.find((row) => row.operation === operation);
const total = (rows = []) => rows.reduce((sum, row) => sum + (row.unit === "kg" ? 0 : Number(row.quantity)), 0);

function changeState(state) {
  return (books, { payload }) => {
    const row = job(books, payload.operation);
    if (row) Object.assign(row, { state, machine: payload.machine ?? row.machine });
  };
}

function addReport(books, { payload }, sign) {
  const row = job(books, payload.operation);
  if (!row) return;
  row.good = Number(row.good) + sign * Number(payload.good);
  row.scrap = Number(row.scrap) + sign * total(payload.scrap);
  for (const next of books.jobs) if (next.previous === row.operation) next.previous_done = row.good > 0;
}

export const ACTIONS = {
  "operation.start": changeState("running"),
  "operation.pause": changeState("paused"),
  "operation.resume": changeState("running"),
  "operation.finish": changeState("done"),
  "operation.report": (books, action) => addReport(books, action, 1),
  "operation.undo_report"(books, { payload }, find) {
    const report = find(payload.report_action);
    if (report && report.state !== "refused") addReport(books, report, -1);
  },
  "stock.receive"(books, { payload }) {
    const row = books.receipts.find((receipt) => receipt.work_order === payload.work_order);
    if (row) row.received = Number(row.received) + Number(payload.quantity);
  },
  "delivery.pick"(books, { payload }) {
    const note = books.picks.find((pick) => pick.delivery_note === payload.delivery_note);
    const line = note?.lines.find((row) => row.line === payload.line);
    if (!line) return;
    line.picked = Number(line.picked) + Number(payload.quantity);
    const lot = line.lots.find((row) => row.lot === payload.lot && row.bin === payload.bin);
    if (lot) lot.available = Number(lot.available) - Number(payload.quantity);
  },
  "exception.report"(books, { payload, happened_at }) {
    const row = job(books, payload.operation);
    if (row) row.exception = { kind: payload.kind, at: happened_at };
  },
};

/** Acts that have no reversal wait this long on the device first, so that they can be taken back or mended. */
export const HELD_MS = { "operation.finish": 6000, "stock.receive": 6000, "delivery.pick": 6000 };

/** The snapshot as it will be once the server has booked `actions` (oldest first). The snapshot stays as it was. */
export function withActions(snapshot, actions) {
  const books = structuredClone(snapshot);
  const find = (id) => actions.find((action) => action.id === id);
  for (const action of actions) {
    if (action.state === "waiting" || action.state === "sent") ACTIONS[action.name](books, action, find);
  }
  return books;
}
