/** Post a delivery note that is picked: done by the server at once, as the person seated here; asked once. */
import { ask } from "../../elements/ask.js";
import { somebody } from "../../elements/person.js";
import { signal } from "../../elements/signal.js";
import { stop } from "../../elements/stop.js";
import { device, fetchBooks, refused, syncNow, waiting } from "../../offline/device.js";
import { uuid } from "../../offline/ids.js";
import { t } from "../../words/words.js";
import { verdict } from "./frame.js";

const SENDING_MS = 20_000;
const POSTING_MS = 15_000;

const pickOf = (number) => (action) => action.name === "delivery.pick" && action.payload.delivery_note === number;

/** Answers true when the note is posted. `task` keeps the key, so that a second try is the same posting. */
export async function postNote(task, note) {
  const number = note.delivery_note;
  const person = await somebody();
  if (!person) return false;
  if (!person.posts) return no(t("Posting is not for %(name)s", { name: person.name }), t("The office posts it, or somebody who may."));
  if (navigator.onLine === false) return offline();
  const answer = await ask({
    title: t("Post %(number)s?", { number }),
    lines: [note.customer, t("The goods leave the store. Stock and order change at once.")],
    choices: [{ value: "yes", label: t("Post"), kind: "go", icon: "truck" }],
  });
  if (answer !== "yes" || task.posting) return false;
  task.posting = true;
  try {
    return (await allSent(number)) && (await posted(task, note, person));
  } finally {
    task.posting = false;
  }
}

/** What was picked here is booked before it is posted. */
async function allSent(number) {
  const until = Date.now() + SENDING_MS;
  while (waiting().some(pickOf(number))) {
    if (device.link === "offline" || device.link === "retry" || Date.now() > until) return offline();
    verdict({ kind: "wait", title: t("Sending the picks…"), lines: [number] });
    syncNow();
    await new Promise((done) => setTimeout(done, 400));
  }
  if (refused().some(pickOf(number))) return no(t("A pick was sent back"), t("Look into “My reports” first."));
  return true;
}

async function posted(task, note, person) {
  task.postKey ??= uuid();
  let response, body;
  try {
    response = await fetch(`/api/v1/device/delivery-notes/${encodeURIComponent(note.delivery_note)}/post`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": task.postKey },
      body: JSON.stringify({ person: person.id }),
      signal: AbortSignal.timeout(POSTING_MS),
    });
    body = await response.json();
  } catch {
    return offline();
  }
  if (!response.ok) {
    fetchBooks();
    return no(t("Not posted"), body.detail ?? body.title ?? "");
  }
  signal("task");
  await fetchBooks();
  verdict({ kind: "ok", title: t("Posted"), lines: [note.delivery_note, note.customer] });
  return true;
}

const offline = () =>
  no(t("Posting needs the network"), t("What you picked is kept. Post when the network is back; twice is once."));

function no(title, text) {
  verdict(null);
  stop({ title, text });
  return false;
}
