/** Every scan of a page, by wedge, camera or typed: badges and broken codes are dealt with here, the rest by the page. */
import { closeCovers } from "../elements/dom.js";
import { seatByBadge } from "../elements/person.js";
import { wakeSound } from "../elements/signal.js";
import { acknowledge, isStopped, stop } from "../elements/stop.js";
import { parse } from "../offline/codes.js";
import { device, fetchBooks, touch } from "../offline/device.js";
import { t } from "../words/words.js";

let page = null;

/** What takes this page's scans from now on. */
export function scansOf(definition) {
  page = definition;
  wakeSound();
  return scan;
}

let earlier = Promise.resolve();

/** Scans are looked at in the order in which they came, even when the server is asked about one. */
export function scan(text) {
  earlier = earlier.then(() => look(text), () => look(text));
  return earlier;
}

async function look(text) {
  const code = parse(text);
  if (isStopped()) {
    if (code.letter === "K" && code.body === "OK") acknowledge();
    return;
  }
  if (!device.books) return;
  touch();
  if (code.letter === "P") {
    const person = (await seatByBadge(code.body)) ?? (await fetchBooks().then(() => seatByBadge(code.body)));
    if (!person)
      stop({ title: t("Unknown badge"), text: t("This badge is not in this device's team. Ask the team leader.") });
    return;
  }
  closeCovers("camera");
  if (code.error === "check") {
    stop({ title: t("Code not read completely"), text: t("Scan it once more, or type it.") });
    return;
  }
  if (!page.knows(code)) await fetchBooks(); // made a moment ago
  page.scanned(code);
}
