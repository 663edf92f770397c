/** What is to be done, in which order. Pure functions over the device's books. */

export const remaining = (job) => Math.max(0, Number(job.quantity) - Number(job.good));
export const isFinished = (job) => job.state === "done" || remaining(job) === 0;

/** Fewer days than this to the due date are shown in red. */
const SOON_DAYS = 7;

/** How far off a due date ("2026-12-03") is: `{days, soon}`. */
export function dueIn(date, today) {
  const days = Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000);
  return { days, soon: days < SOON_DAYS };
}

/** How a job stands: a word, a shape, a colour. `key` names it. */
export function standing(job) {
  if (job.exception) return { key: "exception", glyph: "s-stop", card: "down" };
  if (isFinished(job)) return { key: "done", glyph: "s-ok", card: "" };
  return {
    running: { key: "running", glyph: "s-run", card: "next" },
    paused: { key: "paused", glyph: "s-pause", card: "chg" },
    waiting: { key: "waiting", glyph: "s-warn", card: "hold" },
    ready: { key: "ready", glyph: "s-todo", card: "new" },
  }[job.state];
}

const RANK = { running: 0, paused: 1, ready: 2, waiting: 3, done: 4 };
const rank = (job) => (isFinished(job) ? RANK.done : RANK[job.state]);
const byPlan = (a, b) =>
  String(a.planned_start).localeCompare(String(b.planned_start)) ||
  a.work_order.localeCompare(b.work_order) ||
  a.seq - b.seq;

/** Unfinished jobs by the plan; what is under way first, what is finished last. */
export const inPlanOrder = (jobs) => [...jobs].sort((a, b) => rank(a) - rank(b) || byPlan(a, b));

/** One entry per machine of the person: `{machine, job, next}`, most urgent first; job is null for an idle machine. */
export function machinesOf(person, books) {
  const own = books.machines.filter((machine) => person.machines.includes(machine.code));
  const rows = own.map((machine) => {
    const [job = null, next = null] = inPlanOrder(
      books.jobs.filter((row) => row.machine === machine.code && !isFinished(row)),
    );
    return { machine, job, next };
  });
  return rows.sort(
    (a, b) => !a.job - !b.job || (a.job && rank(a.job) - rank(b.job)) || (a.job && byPlan(a.job, b.job)) || 0,
  );
}

/** The baskets of a job: `{total, done}`, or null when it is not counted in baskets. At most 40 are drawn. */
export function baskets(job) {
  const each = Number(job.per_basket || 0);
  if (!each) return null;
  const total = Math.ceil(Number(job.quantity) / each);
  const done = isFinished(job) ? total : Math.min(total - 1, Math.floor(Number(job.good) / each));
  return total > 1 && total <= 40 ? { total, done } : null;
}

/** The job that a scanned code means: an operation's own code, or the first open operation of a work order's. */
export function jobForCode(code, books) {
  const own = books.jobs.find((job) => job.scan === code.code);
  if (own) return own;
  return inPlanOrder(books.jobs.filter((job) => job.work_order_scan === code.code))[0];
}
