/** What this device's books do not know, by the name the server gives it. */
const PATIENCE_MS = 4000;

/** "六角法兰面螺母 M12 · B2611-0388" for a code as scanned, or null: without a network, or when it is nobody's. */
export async function nameOf({ raw }) {
  if (!raw || navigator.onLine === false) return null;
  try {
    const response = await fetch(`/api/v1/device/scans?code=${encodeURIComponent(raw)}`, {
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) return null;
    const { title, number } = await response.json();
    return title.includes(number) ? title : `${title} · ${number}`;
  } catch {
    return null;
  }
}
