/**
 * What this device keeps: `actions` (the outbox and what became of it) and `kept` (snapshot, person, look).
 *
 * A transaction dies at the first await of anything else, so never await fetch or a timer inside one.
 */
import { openDB } from "/static/vendor/idb.js";

export const database = openDB("zhunjiao", 1, {
  upgrade(db) {
    const actions = db.createObjectStore("actions", { keyPath: "seq", autoIncrement: true });
    actions.createIndex("id", "id", { unique: true });
    actions.createIndex("state", "state");
    db.createObjectStore("kept");
  },
  blocking(_current, _blocked, event) {
    event.target.close();
  },
});

export const kept = async (name) => (await database).get("kept", name);
export const keep = async (name, value) => (await database).put("kept", value, name);
