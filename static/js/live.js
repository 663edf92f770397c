// One stream for the whole browser. Elements name what they watch (data-live="order:17"); when it changes, the body of
// every open page gets the event "changed:order:17". One tab holds the stream and tells the others; where the browser
// cannot agree on one (plain http), a tab has its own while it is in front.
const ME = String(Math.random()).slice(2);
const channel = "BroadcastChannel" in window ? new BroadcastChannel("live") : null;
const wanted = new Map();
let source, asked = "", last = "", leader = false;

const mine = () => [...new Set([...document.querySelectorAll("[data-live]")].map((node) => node.dataset.live))].sort();

function announce(topic) {
  document.body.dispatchEvent(new CustomEvent(`changed:${topic}`, { detail: { topic } }));
}

function topicOf(text) {
  try {
    const said = JSON.parse(text);
    return typeof said === "object" ? `${said.kind}:${said.id}` : String(said);
  } catch { return text.trim(); }
}

function hear(event) {
  last = event.lastEventId || last;
  const topic = topicOf(event.data);
  announce(topic);
  channel?.postMessage({ changed: topic });
}

function connect() {
  wanted.set(ME, mine());
  const topics = [...new Set([...wanted.values()].flat())].sort().join(",");
  if (topics === asked && source?.readyState !== EventSource.CLOSED) return;
  source?.close();
  asked = topics;
  if (!topics) return;
  source = new EventSource(`/events/stream?topics=${encodeURIComponent(topics)}${last ? `&after=${encodeURIComponent(last)}` : ""}`);
  source.addEventListener("message", hear);
  source.addEventListener("changed", hear);
  // The browser tries again by itself after a break, but not after a refusal (401, 503).
  source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) later(15_000 + Math.random() * 15_000); });
}

let waiting;
function later(delay = 200) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (leader) connect();
    else channel?.postMessage({ from: ME, wants: mine() });
  }, delay);
}

channel?.addEventListener("message", ({ data }) => {
  if (data.changed) return announce(data.changed);
  if (data.who && !leader) return later(0);
  if (!leader || !data.from) return;
  if (data.wants) wanted.set(data.from, data.wants);
  else wanted.delete(data.from);
  later();
});

function lead() {
  leader = true;
  channel?.postMessage({ who: true });
  later(0);
}

if (document.querySelector("[data-live]")) {
  if (navigator.locks && channel) {
    navigator.locks.request("live-stream", () => new Promise((release) => {
      lead();
      addEventListener("pagehide", () => { source?.close(); release(); }, { once: true });
    }));
    later(0);
  } else {
    const follow = () => {
      leader = !document.hidden;
      if (leader) later(0);
      else { source?.close(); asked = ""; }
    };
    document.addEventListener("visibilitychange", follow);
    follow();
  }
  addEventListener("pagehide", () => channel?.postMessage({ from: ME }));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("htmx:after:swap", () => later());
}
