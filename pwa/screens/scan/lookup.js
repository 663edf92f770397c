/** What this device knows about a scanned bin, lot or work order. */
import { html } from "../../elements/dom.js";
import { device, machineName } from "../../offline/device.js";
import { grouped, said } from "../../offline/quantities.js";
import { t } from "../../words/words.js";
import { foot, head, panel, row } from "./frame.js";
import { lotsOf } from "./lots.js";

/** `{title, small, rows}` for a code, or null when nothing is known of it. */
export function lookUp(code, books) {
  const bin = books.bins.find((candidate) => candidate.scan === code.code);
  if (bin) {
    const rows = lotsOf(books).filter((lot) => lot.bin === bin.code);
    return {
      title: bin.name,
      small: t("Bin"),
      rows: rows.map(lotRow),
      none: t("Nothing of the open deliveries lies here"),
    };
  }
  const lots = lotsOf(books).filter((lot) => lot.scan === code.code);
  if (lots.length)
    return { title: lots[0].item_name, small: t("Lot %(lot)s", { lot: lots[0].lot }), rows: lots.map(lotRow) };
  const job = books.jobs.find((candidate) => candidate.scan === code.code);
  if (job)
    return {
      title: job.item_name,
      small: job.work_order,
      rows: books.jobs.filter((other) => other.work_order === job.work_order).map(jobRow),
    };
  return null;
}

const lotRow = (lot) =>
  row({
    act: "noop",
    value: "",
    glyph: "s-ok",
    title: lot.item_name,
    small: `${lot.bin} · ${lot.lot}`,
    quantity: grouped(lot.available),
    of: ` ${lot.unit}`,
  });
const jobRow = (job) =>
  row({
    act: "noop",
    value: "",
    glyph: job.state === "done" ? "s-ok" : "s-todo",
    title: job.operation_name,
    small: machineName(job.machine),
    quantity: said(job.good, job),
    of: "",
  });

export const lookupView = ({ found }) =>
  html`${head(found.title, found.small)}
    <main class="sc-main">
      ${panel({ title: found.title, lines: [found.small] })}
      <ul class="sc-list">
        ${found.rows.length ? found.rows : html`<li class="none">${found.none}</li>`}
      </ul>
    </main>
    ${foot(t("Back"))}`;
