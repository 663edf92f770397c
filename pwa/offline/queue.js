/**
 * The outbox: what people did on this device, oldest first, until the server has answered for each.
 *
 * An action is `waiting` → `sent` (answered done, replayed or flagged) → `included` (the snapshot shows it),
 * or `waiting` → `refused` (parked with its reason) → `discarded`.
 */
import { HELD_MS } from "./actions.js";
import { database } from "./store.js";

const DAYS_KEPT = 3;
const heldUntil = (name) => Date.now() + (HELD_MS[name] ?? 0);

/** Put an action on disk. It stands when the promise is fulfilled, also if the power goes. */
export async function add(action) {
  const record = {
    ...action,
    state: "waiting",
    tries: 0,
    kept_at: new Date().toISOString(),
    held_until: heldUntil(action.name),
  };
  record.seq = await (await database).add("actions", record);
  return record;
}

export const all = async () => (await database).getAll("actions");

/** The oldest waiting actions, up to `limit`, stopping at the first one still held. */
export async function due(limit, now) {
  const waiting = await (await database).getAllFromIndex("actions", "state", "waiting", limit);
  const held = waiting.findIndex((record) => record.held_until > now);
  return held < 0 ? waiting : waiting.slice(0, held);
}

/** Milliseconds until the oldest waiting action may go, or null when none waits. */
export async function nextDueIn(now) {
  const [oldest] = await (await database).getAllFromIndex("actions", "state", "waiting", 1);
  return oldest ? Math.max(0, oldest.held_until - now) : null;
}

/** Note before sending that the server may from now on know them; answers those still waiting. */
export const attempted = (records) =>
  change(
    records.map((record) => record.id),
    (record) => record.state === "waiting" && { ...record, tries: record.tries + 1 },
  );

/** Keep the server's answer for each action: `[{id, status, reason, result}]`. */
export const settle = (answers) =>
  change(
    answers.map((answer) => answer.id),
    (record) => {
      const { status, reason, result } = answers.find((answer) => answer.id === record.id);
      return { ...record, state: status === "refused" ? "refused" : "sent", status, reason, result };
    },
  );

export const discard = (id) => change([id], (record) => ({ ...record, state: "discarded" }));

/** Change what an action says. Possible only while the server cannot know it; answers whether it was. */
export async function mend(id, payload) {
  const mended = await change(
    [id],
    (record) =>
      isHere(record) && { ...record, payload: { ...record.payload, ...payload }, held_until: heldUntil(record.name) },
  );
  return mended.length > 0;
}

/** Take an action back while the server cannot know it. Answers false when it may already be booked. */
export async function withdraw(id) {
  const transaction = (await database).transaction("actions", "readwrite");
  const record = await transaction.store.index("id").get(id);
  const here = Boolean(record) && isHere(record);
  if (here) await transaction.store.delete(record.seq);
  await transaction.done;
  return here;
}

const isHere = (record) => record.state === "waiting" && record.tries === 0;

async function change(ids, update) {
  const transaction = (await database).transaction("actions", "readwrite");
  const byId = transaction.store.index("id");
  const changed = [];
  for (const id of ids) {
    const record = await byId.get(id);
    const next = record && update(record);
    if (!next) continue;
    await transaction.store.put(next);
    changed.push(next);
  }
  await transaction.done;
  return changed;
}

/** Put the snapshot in place; the `sent` actions with these ids are part of it from now on. */
export async function replaceSnapshot(snapshot, includedIds) {
  const transaction = (await database).transaction(["actions", "kept"], "readwrite");
  const actions = transaction.objectStore("actions");
  transaction.objectStore("kept").put({ snapshot, received_at: Date.now() }, "snapshot");
  const oldest = Date.now() - DAYS_KEPT * 86_400_000;
  for (const record of await actions.getAll()) {
    if (record.state === "sent" && includedIds.has(record.id)) actions.put({ ...record, state: "included" });
    const over = record.state === "included" || record.state === "discarded";
    if (over && Date.parse(record.kept_at) < oldest) actions.delete(record.seq);
  }
  await transaction.done;
}
