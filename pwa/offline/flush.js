/**
 * Send what waits, oldest first, until nothing waits or the server cannot take more now.
 *
 * `queue` is offline/queue.js (or anything with the same `due`, `attempted`, `settle`, `nextDueIn`);
 * `post(actions)` answers `{status, answers}` or throws when no answer came.
 * Answers "empty", "held" (the oldest may still be taken back), "offline", "retry" or "auth".
 */
const BATCH = 20;
const AGAIN = new Set([408, 425, 429]);

export async function flush(queue, post, now = Date.now) {
  let limit = BATCH;
  for (;;) {
    const due = await queue.attempted(await queue.due(limit, now()));
    if (!due.length) return (await queue.nextDueIn(now())) === null ? "empty" : "held";
    const outcome = await send(due, post);
    if (Array.isArray(outcome)) {
      const answers = outcome.filter((answer) => due.some((action) => action.id === answer.id));
      if (!answers.length) return "retry";
      await queue.settle(answers);
    } else if (outcome !== "malformed") {
      return outcome;
    } else if (due.length > 1) {
      limit = 1; // one of them spoils the batch: find out which
      continue;
    } else {
      await queue.settle([{ id: due[0].id, status: "refused", reason: "malformed" }]);
    }
    limit = BATCH;
  }
}

async function send(due, post) {
  let response;
  try {
    response = await post(due.map(asSent));
  } catch {
    return "offline";
  }
  const { status, answers } = response;
  if (status === 200 || status === 201) return Array.isArray(answers) ? answers : "retry";
  if (status === 401 || status === 403) return "auth";
  if (status >= 400 && status < 500 && !AGAIN.has(status)) return "malformed";
  return "retry";
}

const asSent = ({ id, name, payload, happened_at, device, person, app_version, replaces }) => ({
  id,
  name,
  payload,
  happened_at,
  device,
  person,
  app_version,
  ...(replaces && { replaces }),
});

/** Seconds to wait after the n-th failure: 2, 4, … 30 with jitter, so that tablets do not knock together. */
export const backOff = (failures) => Math.min(30, 2 ** failures) * (0.75 + Math.random() * 0.5);
