/**
 * This device as the open page sees it: who works on it, the books with what was done here, the way to the server.
 *
 * `open(changed)` loads what is kept, starts syncing and calls `changed()` whenever something is different.
 */
import { VERSION } from "/pwa/shell.js";
import { withActions } from "./actions.js";
import { uuid } from "./ids.js";
import * as queue from "./queue.js";
import { stored } from "./snapshot.js";
import { keep, kept } from "./store.js";
import { keepSynced, registerBackgroundSync, sync } from "./sync.js";

const IDLE_MS = 10 * 60_000;
const STALE_MS = 24 * 3_600_000;
const PATIENCE_MS = 3_000;
const others = new BroadcastChannel("device");

export const device = { snapshot: null, books: null, actions: [], person: null, link: "empty", sending: false };
let changed = () => {};
let soon = () => {};
let clockAhead = 0;

export async function open(onChange) {
  changed = onChange;
  await reload();
  const sat = await kept("seat");
  if (sat && Date.now() - sat.at < IDLE_MS) device.person = personById(sat.person);
  others.onmessage = () => reload().then(changed);
  soon = keepSynced(async (outcome) => {
    device.link = outcome === "busy" || outcome === "held" ? device.link : outcome;
    device.sending = false;
    await reload();
    others.postMessage("changed");
    changed();
  });
}

/** Fetch the books now, if the server was within reach a moment ago: they may know what they did not a minute ago. */
export async function fetchBooks() {
  if (device.link !== "empty") return;
  await Promise.race([sync(), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  await reload();
  others.postMessage("changed");
}

async function reload() {
  const [books, actions] = await Promise.all([stored(), queue.all()]);
  device.actions = actions;
  device.snapshot = books?.snapshot ?? null;
  device.books = books ? withActions(books.snapshot, actions) : null;
  if (books) clockAhead = Date.parse(books.snapshot.clock) - books.received_at;
}

/** Business time in milliseconds: the factory's clock, wherever this device's own stands. */
export const now = () => Date.now() + clockAhead;

export const isStale = () => Boolean(device.snapshot) && now() - Date.parse(device.snapshot.taken_at) > STALE_MS;

/**
 * Something happened: on disk first, then shown, then sent. Answers the kept record.
 * `replaces`: the id of a refused action that this one stands for, so that the office does not book both.
 */
export async function act(
  name,
  payload,
  { id = uuid(), happened_at = new Date(now()).toISOString(), replaces } = {},
) {
  const record = await queue.add({
    id,
    name,
    payload,
    happened_at,
    device: device.snapshot.device.id,
    person: device.person?.id ?? null,
    app_version: VERSION,
    replaces,
  });
  await tell();
  registerBackgroundSync();
  return record;
}

/** Take a report back: gone if the server never saw it, else reversed by an action of its own. */
export async function undo(record) {
  const withdrawn = await queue.withdraw(record.id);
  if (!withdrawn && record.name === "operation.report") {
    await act("operation.undo_report", { report_action: record.id });
  }
  await tell();
  return withdrawn || record.name === "operation.report";
}

export async function mend(record, payload) {
  const mended = await queue.mend(record.id, payload);
  await tell();
  return mended;
}

/** A refused action goes again under a new id, changed or not; the old one is put aside. */
export async function sendAgain(record, payload = {}) {
  await act(record.name, { ...record.payload, ...payload }, { happened_at: record.happened_at, replaces: record.id });
  await discard(record);
}

export async function discard(record) {
  await queue.discard(record.id);
  await tell();
}

async function tell() {
  await reload();
  device.sending = device.actions.some((action) => action.state === "waiting");
  others.postMessage("changed");
  changed();
  soon();
}

export const syncNow = () => soon();
export const waiting = () => device.actions.filter((action) => action.state === "waiting");
export const refused = () => device.actions.filter((action) => action.state === "refused");
export const isUndone = (record) =>
  device.actions.some(
    (action) =>
      action.name === "operation.undo_report" &&
      action.payload.report_action === record.id &&
      action.state !== "refused" &&
      action.state !== "discarded",
  );

export const personById = (id) => device.snapshot?.people.find((person) => person.id === id) ?? null;
export const jobOf = (operation) => device.books?.jobs.find((job) => job.operation === operation) ?? null;
export const machineName = (code) =>
  device.books?.machines.find((machine) => machine.code === code)?.name ?? code ?? "";

export async function seat(person) {
  device.person = person;
  await keep("seat", person ? { person: person.id, at: Date.now() } : null);
  changed();
}

/** The person is still here: the seat fades after ten idle minutes, the machines keep running. */
let touched = 0;
export async function touch() {
  if (!device.person) return;
  if (touched && Date.now() - touched > IDLE_MS) {
    touched = 0;
    return seat(null);
  }
  if (Date.now() - touched < 5_000) return;
  touched = Date.now();
  keep("seat", { person: device.person.id, at: touched });
}
