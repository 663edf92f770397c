/**
 * Floor and scan pages without a network. The shell holds no person's data and is one version at a time:
 * pages and modules come from the cache of the installed version, a new version waits until the page is idle.
 */
import { FILES, VERSION } from "/pwa/shell.js";
import { sync } from "/pwa/offline/sync.js";

const CACHE = `shell-${VERSION}`;
const LAZY = `lazy-${VERSION}`;
const PAGES = new Set(["/floor", "/scan", "/enrol"]);

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE && name !== LAZY) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const path = pathname.replace(/\/+$/, "");
  if (request.mode === "navigate") {
    if (PAGES.has(path)) event.respondWith(fromShell(path, request));
  } else if (
    pathname.startsWith("/pwa/") ||
    pathname.startsWith("/static/") ||
    pathname === "/manifest.webmanifest"
  ) {
    event.respondWith(fromShell(pathname, request));
  }
});

async function fromShell(path, request) {
  const cached = (await (await caches.open(CACHE)).match(path)) ?? (await (await caches.open(LAZY)).match(request));
  if (cached) return cached;
  const response = await fetch(request);
  // The camera's reader is large and asked for once. A redirect (to a login page) must never become a part of us.
  if (pathIsLazy(path) && response.ok && !response.redirected)
    (await caches.open(LAZY)).put(request, response.clone());
  return response;
}

const pathIsLazy = (path) => path.startsWith("/static/vendor/");

self.addEventListener("message", (event) => {
  if (event.data === "skip") self.skipWaiting();
});

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendOrThrow());
});

async function sendOrThrow() {
  const outcome = await sync();
  if (outcome === "offline" || outcome === "retry") throw new Error(outcome); // the browser tries again later
}
