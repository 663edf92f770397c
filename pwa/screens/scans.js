/** Every scan of a page, by wedge, camera or typed: badges and broken codes are dealt with here, the rest by the page. */
import { closeCovers } from "../elements/dom.js";
import { seatByBadge } from "../elements/person.js";
import { wakeSound } from "../elements/signal.js";
import { acknowledge, isStopped, stop } from "../elements/stop.js";
import { parse } from "../offline/codes.js";
import { device, touch } from "../offline/device.js";
import { t } from "../words/words.js";

let page = null;

/** What takes this page's scans from now on. */
export function scansOf(definition) {
  page = definition;
  wakeSound();
  return scan;
}

export async function scan(text) {
  const code = parse(text);
  if (isStopped()) {
    if (code.letter === "K" && code.body === "OK") acknowledge();
    return;
  }
  if (!device.books) return;
  touch();
  if (code.letter === "P") {
    if (!(await seatByBadge(code.body)))
      stop({ title: t("Unknown badge"), text: t("This badge is not in this device's team. Ask the team leader.") });
    return;
  }
  closeCovers("camera");
  if (code.error === "check") {
    stop({ title: t("Code not read completely"), text: t("Scan it once more, or type it.") });
    return;
  }
  page.scanned(code);
}
