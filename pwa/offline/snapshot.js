/** The device's picture of the factory: its team's jobs, open receipts and picks, people by badge. */
import { all, replaceSnapshot } from "./queue.js";
import { kept } from "./store.js";

/**
 * Fetch the books anew. Answers "empty" when they are fresh, else "offline", "retry" or "auth".
 *
 * Call it only while no action is under way (sync.js holds the lock): what was answered before the question
 * is in the answer, so its own trace on the device can go.
 */
export async function refresh() {
  const answered = (await all()).filter((action) => action.state === "sent").map((action) => action.id);
  const before = (await stored())?.snapshot;
  let snapshot;
  try {
    const response = await fetch(`/api/v1/device/snapshot?cursor=${encodeURIComponent(before?.cursor ?? "")}`, {
      headers: { Accept: "application/json" },
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(15_000),
    });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return "auth";
    if (!response.ok) return "retry";
    snapshot = await response.json();
    if (snapshot.unchanged) snapshot = { ...before, ...snapshot };
  } catch {
    return "offline";
  }
  await replaceSnapshot(snapshot, new Set(answered));
  return "empty";
}

/** `{snapshot, received_at}` as last fetched, or undefined on a device that was never enrolled. */
export const stored = () => kept("snapshot");
