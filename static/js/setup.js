// The self-test of /setup: green when this browser trusts the server enough to work without a network.
const box = document.getElementById("self-test");
const verdict = box?.querySelector("[data-verdict]");

async function worksOffline() {
  if (!("serviceWorker" in navigator)) return false;
  try {
    // A certificate that was only clicked away is secure enough for the camera, but never for a service worker.
    await navigator.serviceWorker.register("/service-worker.js", { type: "module" });
    return true;
  } catch {
    return false;
  }
}

async function test() {
  if (!box) return;
  const result = !window.isSecureContext ? "plain" : (await worksOffline()) ? "secure" : "half";
  verdict.textContent = box.dataset[result];
  verdict.className = "banner";
  verdict.dataset.kind = { secure: "ok", half: "warn", plain: "warn" }[result];
}

test();
