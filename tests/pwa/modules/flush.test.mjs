import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff, flush } from "../../../pwa/offline/flush.js";

/** An outbox in memory with the manners of offline/queue.js. */
function outbox(count, held = {}) {
  const actions = Array.from({ length: count }, (_, index) => ({
    id: `a${index}`,
    name: "operation.report",
    payload: { good: "1" },
    happened_at: "2026-11-22T08:00:00Z",
    device: "7",
    person: "11",
    app_version: "1",
    state: "waiting",
    tries: 0,
    held_until: held[index] ?? 0,
  }));
  const waiting = () => actions.filter((action) => action.state === "waiting");
  return {
    actions,
    async due(limit, now) {
      const oldest = waiting().slice(0, limit);
      const first = oldest.findIndex((action) => action.held_until > now);
      return first < 0 ? oldest : oldest.slice(0, first);
    },
    async nextDueIn(now) {
      return waiting().length ? Math.max(0, waiting()[0].held_until - now) : null;
    },
    async attempted(records) {
      records.forEach((record) => record.tries++);
      return records;
    },
    async settle(answers) {
      for (const answer of answers) {
        Object.assign(
          actions.find((action) => action.id === answer.id),
          { state: answer.status === "refused" ? "refused" : "sent", reason: answer.reason },
        );
      }
    },
  };
}

const done = (sent) => ({ status: 200, answers: sent.map(({ id }) => ({ id, status: "done" })) });
const states = (queue) => queue.actions.map((action) => action.state).join(" ");

test("everything that waits goes out oldest first", async () => {
  const queue = outbox(45);
  const seen = [];
  assert.equal(
    await flush(queue, async (sent) => {
      seen.push(...sent.map(({ id }) => id));
      return done(sent);
    }),
    "empty",
  );
  assert.deepEqual(
    seen,
    queue.actions.map(({ id }) => id),
  );
});

test("a refused action is parked with its reason and the rest goes on", async () => {
  const queue = outbox(3);
  const outcome = await flush(queue, async (sent) => ({
    status: 200,
    answers: sent.map(({ id }) =>
      id === "a1" ? { id, status: "refused", reason: "unknown_subject" } : { id, status: "done" },
    ),
  }));
  assert.equal(outcome, "empty");
  assert.equal(states(queue), "sent refused sent");
  assert.equal(queue.actions[1].reason, "unknown_subject");
});

for (const [outcome, answer] of [
  ["retry", { status: 503 }],
  ["retry", { status: 429 }],
  ["retry", { status: 504 }],
  ["auth", { status: 401 }],
  ["retry", { status: 200, answers: null }],
]) {
  test(`an answer ${JSON.stringify(answer)} keeps everything and means ${outcome}`, async () => {
    const queue = outbox(2);
    assert.equal(await flush(queue, async () => answer), outcome);
    assert.equal(states(queue), "waiting waiting");
  });
}

test("no answer at all keeps everything and remembers that the server may know it", async () => {
  const queue = outbox(1);
  assert.equal(
    await flush(queue, async () => {
      throw new TypeError("network");
    }),
    "offline",
  );
  assert.deepEqual([queue.actions[0].state, queue.actions[0].tries], ["waiting", 1]);
});

test("one malformed action in a batch is found and parked, its neighbours are booked", async () => {
  const queue = outbox(4);
  const outcome = await flush(queue, async (sent) =>
    sent.some(({ id }) => id === "a2") ? { status: 422 } : done(sent),
  );
  assert.equal(outcome, "empty");
  assert.equal(states(queue), "sent sent refused sent");
});

test("an action that may still be taken back is not sent, and nothing overtakes it", async () => {
  const queue = outbox(3, { 1: 5_000 });
  assert.equal(
    await flush(
      queue,
      async (sent) => done(sent),
      () => 1_000,
    ),
    "held",
  );
  assert.equal(states(queue), "sent waiting waiting");
  assert.equal(
    await flush(
      queue,
      async (sent) => done(sent),
      () => 6_000,
    ),
    "empty",
  );
});

test("only what the contract names leaves the device", async () => {
  await flush(outbox(1), async (sent) => {
    assert.deepEqual(Object.keys(sent[0]), [
      "id",
      "name",
      "payload",
      "happened_at",
      "device",
      "person",
      "app_version",
    ]);
    return done(sent);
  });
});

test("waiting grows to half a minute and no further", () => {
  assert.ok(backOff(1) >= 1.5 && backOff(1) <= 2.5);
  assert.ok(backOff(50) <= 37.5);
});
