/**
 * Run `work` if no other tab of this device is at it; answers "busy" otherwise.
 *
 * Web Locks exist only in secure contexts; on plain http a lease in localStorage does, renewed while we work.
 */
import { uuid } from "./ids.js";

const LEASE_MS = 12_000;

export async function alone(name, work) {
  if (navigator.locks) {
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : "busy"));
  }
  const owner = uuid();
  if (!(await take(name, owner))) return "busy";
  const renewing = setInterval(() => write(name, owner), LEASE_MS / 4);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    localStorage.removeItem(name);
  }
}

const read = (name) => JSON.parse(localStorage.getItem(name) || "{}");
const write = (name, owner) => localStorage.setItem(name, JSON.stringify({ owner, until: Date.now() + LEASE_MS }));

async function take(name, owner) {
  if (read(name).until > Date.now()) return false;
  write(name, owner);
  await new Promise((done) => setTimeout(done, 60)); // two tabs may have written: the last one stays
  return read(name).owner === owner;
}
