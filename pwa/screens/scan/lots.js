/** What is left to pick and to put away, and which lot may be picked for which line. Pure functions over the device's books. */

export const open = (line) => Math.max(0, Number(line.quantity) - Number(line.picked));
export const isPicked = (note) => note.lines.every((line) => open(line) === 0);
/** Reported by the last operation and not yet in a bin. */
export const toReceive = (receipt) => Math.max(0, Number(receipt.done) - Number(receipt.received));

/**
 * What a lot's code means for this note: `{line, lot}` to pick, or `{wrong}`: "item" (not of this note),
 * "line" (its line is complete) or "empty" (nothing of it left in the bin). Pure.
 */
export function match(note, code, bin) {
  const lines = note.lines.filter((line) => line.lots.some((lot) => lot.scan === code));
  if (!lines.length) return { wrong: "item" };
  const line = lines.find((candidate) => open(candidate) > 0);
  if (!line) return { wrong: "line", line: lines[0] };
  const lots = line.lots.filter((lot) => lot.scan === code && Number(lot.available) > 0 && (!bin || lot.bin === bin));
  return lots.length
    ? { line, lot: lots[0] }
    : { wrong: "empty", line, lot: line.lots.find((lot) => lot.scan === code) };
}

/** Lines in walking order: open ones by bin, complete ones last. */
export const inOrder = (lines) =>
  [...lines].sort((a, b) => !open(a) - !open(b) || String(a.bin).localeCompare(String(b.bin)));

/** The lot to take instead, as words. */
export const suggestion = (line) =>
  line.lots.filter((lot) => Number(lot.available) > 0).map((lot) => `${lot.lot} · ${lot.bin}`)[0] ?? "—";

/** Lots known here, each once per bin: `{lot, scan, bin, available, item_name, unit}`. */
export function lotsOf(books) {
  const found = new Map();
  for (const line of books.picks.flatMap((pick) => pick.lines)) {
    for (const lot of line.lots)
      found.set(`${lot.lot} ${lot.bin}`, { ...lot, item_name: line.item_name, unit: line.unit });
  }
  return [...found.values()];
}
