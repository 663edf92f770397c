import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { withActions } from "../../../pwa/offline/actions.js";
import { isOver, netWeight, piecesIn, said } from "../../../pwa/offline/quantities.js";
import { sha256 } from "../../../pwa/offline/sha256.js";
import { baskets, dueIn, inPlanOrder, jobForCode, machinesOf } from "../../../pwa/screens/floor/plan.js";
import { match } from "../../../pwa/screens/scan/lots.js";

const job = (facts) => ({
  operation: "WO/10",
  work_order: "WO",
  seq: 10,
  state: "running",
  quantity: "500",
  good: "70",
  scrap: "0",
  machine: "CNC1",
  planned_start: "2026-11-22T08:00",
  unit_label: "只",
  report_by: "pieces",
  per_basket: null,
  scan: "O1",
  work_order_scan: "W1",
  ...facts,
});
const report = (id, good, state = "waiting") => ({
  id,
  state,
  name: "operation.report",
  payload: { operation: "WO/10", good, scrap: [] },
});

test("what was reported here counts at once and the snapshot stays as it was", () => {
  const snapshot = { jobs: [job()], receipts: [], picks: [] };
  const books = withActions(snapshot, [report("a", "430")]);
  assert.equal(books.jobs[0].good, 500);
  assert.equal(snapshot.jobs[0].good, "70");
});

test("what the snapshot already holds, or the office sent back, is not counted again", () => {
  const snapshot = { jobs: [job()], receipts: [], picks: [] };
  const books = withActions(snapshot, [
    report("a", "10", "included"),
    report("b", "20", "refused"),
    report("c", "5", "sent"),
  ]);
  assert.equal(books.jobs[0].good, 75);
});

test("a report taken back counts no more, whether the snapshot holds it or not", () => {
  const undo = { id: "u", state: "waiting", name: "operation.undo_report", payload: { report_action: "a" } };
  const books = (state, good) =>
    withActions({ jobs: [job({ good })], receipts: [], picks: [] }, [report("a", "30", state), undo]).jobs[0].good;
  assert.equal(books("sent", "70"), 70);
  assert.equal(books("included", "100"), 70);
  assert.equal(books("refused", "70"), "70");
});

test("what was reported here lets the next step begin, and taken back it does not", () => {
  const next = (previous) => job({ operation: "WO/20", seq: 20, previous, previous_done: false });
  const jobs = [job({ good: "0" }), next("WO/10"), { ...next("WO/15"), operation: "WO/30" }];
  const done = (actions) => withActions({ jobs, receipts: [], picks: [] }, actions).jobs.map((row) => row.previous_done);
  assert.deepEqual(done([report("a", "30")]), [undefined, true, false]);
  const undo = { id: "u", state: "waiting", name: "operation.undo_report", payload: { report_action: "a" } };
  assert.deepEqual(done([report("a", "30"), undo]), [undefined, false, false]);
});

test("303.6 kg at 40.20 kg a thousand are 7,552 pieces, said as 7.552 thousand", () => {
  assert.equal(netWeight("341.6", "38.0"), 303.6);
  assert.equal(piecesIn(303.6, "40.20"), 7552);
  assert.equal(said("7552", { report_by: "weight", unit_label: "支" }), "7.552 千支");
  assert.equal(said("430", { report_by: "pieces", unit_label: "只" }), "430 只");
});

test("two percent more than is left is normal, more is asked", () => {
  assert.equal(isOver(1020, 1000), false);
  assert.equal(isOver(1021, 1000), true);
  assert.equal(isOver(1, 0), true);
});

test("jobs stand in plan order, what runs first, what is finished last", () => {
  const order = inPlanOrder([
    job({ operation: "done", good: "500" }),
    job({ operation: "late", state: "ready", planned_start: "2026-11-23" }),
    job({ operation: "soon", state: "ready" }),
    job({ operation: "runs", planned_start: "2026-11-24" }),
  ]);
  assert.deepEqual(
    order.map(({ operation }) => operation),
    ["runs", "soon", "late", "done"],
  );
});

test("a machine shows the job that runs on it and the one after", () => {
  const books = {
    machines: [{ code: "CNC1" }, { code: "CNC2" }, { code: "CNC9" }],
    jobs: [job({ operation: "next", state: "ready" }), job({ operation: "now" })],
  };
  const rows = machinesOf({ machines: ["CNC2", "CNC1"] }, books);
  assert.deepEqual(
    rows.map((row) => [row.machine.code, row.job?.operation, row.next?.operation]),
    [
      ["CNC1", "now", "next"],
      ["CNC2", undefined, undefined],
    ],
  );
});

test("the last basket is full only when the job is", () => {
  const weighed = { per_basket: "7500", quantity: "120000" };
  assert.deepEqual(baskets(job({ ...weighed, good: "52500" })), { total: 16, done: 7 });
  assert.deepEqual(baskets(job({ ...weighed, good: "119999" })), { total: 16, done: 15 });
  assert.deepEqual(baskets(job({ ...weighed, good: "120000" })), { total: 16, done: 16 });
  assert.equal(baskets(job()), null);
});

test("a traveller opens the first open operation of its work order", () => {
  const books = {
    jobs: [job({ good: "500" }), job({ operation: "WO/20", seq: 20, scan: "O2" })],
  };
  assert.equal(jobForCode({ code: "O1" }, books).operation, "WO/10");
  assert.equal(jobForCode({ code: "W1" }, books).operation, "WO/20");
  assert.equal(jobForCode({ code: "W2" }, books), undefined);
});

test("a lot is picked for its line, and stopped when it is not of this note, complete or empty", () => {
  const lot = (scan, available, bin = "A") => ({ lot: scan, scan, bin, available });
  const note = {
    lines: [
      { line: 1, quantity: "100", picked: "0", lots: [lot("L1", "60"), lot("L2", "0")] },
      { line: 2, quantity: "50", picked: "50", lots: [lot("L3", "10")] },
    ],
  };
  assert.equal(match(note, "L1").line.line, 1);
  assert.equal(match(note, "L1", "B").wrong, "empty");
  assert.equal(match(note, "L2").wrong, "empty");
  assert.equal(match(note, "L3").wrong, "line");
  assert.equal(match(note, "L9").wrong, "item");
});

test("our own SHA-256 is the SHA-256", () => {
  for (const text of ["", "7QH2M4T9KD3WX8RB", "料号".repeat(40), "x".repeat(55), "x".repeat(56), "x".repeat(64)]) {
    assert.equal(sha256(text), createHash("sha256").update(text).digest("hex"));
  }
});

test("what is due in fewer than seven days is soon", () => {
  assert.deepEqual(dueIn("2026-12-05", "2026-11-28"), { days: 7, soon: false });
  assert.deepEqual(dueIn("2026-12-04", "2026-11-28"), { days: 6, soon: true });
  assert.deepEqual(dueIn("2026-11-27", "2026-11-28"), { days: -1, soon: true });
});
