/** What is done at the machines: taps and scans at a job, fetched once the first list stands. */
import { ask } from "../../elements/ask.js";
import { isCovered } from "../../elements/dom.js";
import { codePad } from "../../elements/pad.js";
import { askWho } from "../../elements/person.js";
import { stop } from "../../elements/stop.js";
import { device } from "../../offline/device.js";
import { t } from "../../words/words.js";
import { draw, turnTheme } from "../page.js";
import { reportsActs } from "../reports.js";
import { scan } from "../scans.js";
import { entryActs, entryOf, good, scrapTotal } from "./entry.js";
import "../../words/zh_CN_later.js";
import { isFinished, jobForCode } from "./plan.js";
import { begin, finish, pause, report, reportException, resume, undoLast } from "./report.js";

export { reportsView } from "../reports.js";
export { isUntouched } from "./entry.js";
export { jobView } from "./job.js";
export { bandView } from "./report.js";

/** The acts of the job screen, the feet and the head. `place` says what is open, `job()` gives it, `go()` changes it. */
export function workActs({ place, job, go }) {
  const acts = {
    ...reportsActs,
    person: () => askWho().then(draw),
    undo: () => undoLast().then(draw),
    exception: () => reportException(place.screen === "job" ? job() : null).then(draw),
    begin: () => begin(job()).then(draw),
    pause: () => pause(job()).then(draw),
    finish: async () => ((await finish(job())) ? go("home") : draw()),
    resume: () => resume(job()).then(draw),
    basket: scanMenu,
    scanMenu,
    station: () => station(place).then(draw),
    async report() {
      const open = job();
      if (!good(open) && !scrapTotal())
        return open.report_by === "weight" && open.weight_per_thousand ? acts.gross() : acts.pieces();
      if (!(await report(open))) return;
      if (place.operation === open.operation && isFinished(job())) go("home");
      else draw();
    },
  };
  for (const name of ["gross", "tare", "net", "add", "whole", "pieces", "scrap"]) {
    acts[name] = (value) => entryActs(job(), draw)[name](value);
  }
  return acts;
}

/** Whether a code means something here: a basket, the OK card, or a job of the books. */
export const knows = (code) => "CK".includes(code.letter) || Boolean(jobForCode(code, device.books));

/** A scan at the machines: a basket for the open job, the OK card for its button, else the job that the code means. */
export function scanned(code, { place, job, go, acts }) {
  if (code.letter === "C" && place.screen === "job") {
    entryOf(job()).container = code.body;
    return draw();
  }
  if (code.letter === "K")
    return code.body === "OK" && place.screen === "job" && job().state === "running" && acts.report();
  if (isCovered()) document.querySelectorAll(".sheet").forEach((el) => el.close(null));
  const found = jobForCode(code, device.books);
  if (found) return go("job", found.operation);
  stop({
    title: t("Not in this list"),
    text: t("No job of this team has this code."),
    scanned: code,
  });
}

async function station(place) {
  const choice = await ask({
    title: device.books.device.name,
    columns: 2,
    choices: [
      { value: "theme", label: t("Light or dark"), icon: "sun-moon" },
      { value: "all", label: place.everything ? t("Only my jobs") : t("All jobs"), icon: "layers" },
      { value: "scan", label: t("Warehouse"), icon: "warehouse" },
      { value: "reports", label: t("My reports"), icon: "clipboard-check" },
    ],
  });
  // icons: sun-moon layers warehouse clipboard-check
  if (choice === "theme") await turnTheme();
  if (choice === "all") place.everything = !place.everything;
  if (choice === "scan") location.href = "/scan";
  if (choice === "reports") place.screen = "reports";
}

async function scanMenu() {
  const way = await ask({
    title: t("Scan with the scanner now"),
    lines: [t("Or choose another way:")],
    columns: 2,
    choices: [
      { value: "camera", label: t("Camera"), icon: "camera" },
      { value: "type", label: t("Type the code"), icon: "keyboard" },
    ],
  });
  // icons: camera keyboard
  if (way === "camera") (await import("../../elements/camera.js")).scanByCamera(scan);
  if (way === "type") {
    const text = await codePad();
    if (text) scan(text);
  }
}
