/**
 * When the outbox goes out and the books come in. Also run by the service worker when the page is closed.
 *
 * `sync()` is safe to call at any time from any tab. `keepSynced` gives the page's own triggers.
 */
import { backOff, flush } from "./flush.js";
import { alone } from "./lock.js";
import * as queue from "./queue.js";
import { refresh } from "./snapshot.js";

const POLL_MS = 60_000;
const BUSY_MS = 1_500;

async function post(actions) {
  const response = await fetch("/api/v1/device-actions", {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(8_000),
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(actions),
  });
  if (response.type === "opaqueredirect") return { status: 401 };
  return { status: response.status, answers: response.ok ? await response.json() : null };
}

/** Send what waits, then fetch the books. Answers "empty", "held", "busy", "offline", "retry" or "auth". */
export const sync = () =>
  alone("device-sync", async () => {
    if (navigator.onLine === false) return "offline";
    const outcome = await flush(queue, post);
    return outcome === "empty" ? refresh() : outcome;
  });

/** Sync on every occasion and tell `heard(outcome)`. Answers `soon()`, to be called after each new action. */
export function keepSynced(heard) {
  let timer,
    failures = 0,
    running = false,
    asked = false;

  async function run() {
    if (running) {
      asked = true;
      return;
    }
    clearTimeout(timer);
    running = true;
    const outcome = await sync();
    running = false;
    failures = outcome === "retry" || outcome === "offline" ? failures + 1 : 0;
    const wait = await nextIn(outcome, asked);
    asked = false;
    timer = setTimeout(run, wait);
    heard(outcome);
  }

  async function nextIn(outcome, again) {
    if (again) return 0;
    if (outcome === "busy") return BUSY_MS;
    if (outcome === "held") return Math.max(200, (await queue.nextDueIn(Date.now())) ?? 0);
    return failures ? backOff(failures) * 1000 : POLL_MS;
  }

  addEventListener("online", () => {
    failures = 0;
    run();
  });
  addEventListener("offline", run);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && run());
  run();
  return run;
}

/** Ask the browser to send the outbox even if the page is closed by then; a bonus, never relied on. */
export async function registerBackgroundSync() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("outbox").catch(() => {});
}
