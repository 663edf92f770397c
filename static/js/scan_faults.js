// What is wrong with a scan, told from what arrived and what stood on the code. Pure: no page, no clock.

const PLAIN = /^[0-9A-Za-z]$/;
const folded = (text) => text.normalize("NFKC");

/** How `got` came from `wanted`: "", "case", "wide", "layout", "head", "lost", "more" or null when it is something else. */
function difference(got, wanted) {
  if (got === wanted) return "";
  if (folded(got) === wanted) return "wide";
  if (got.toLowerCase() === wanted.toLowerCase()) return "case";
  const same = folded(got).toLowerCase(), code = wanted.toLowerCase();
  if (same.length >= 3 && same.includes(code)) return "more";
  if (same.length >= 3 && code.endsWith(same)) return "head";
  if (same.length === code.length) {
    // Another keyboard country moves signs, and a few letters (y and z, a and q), but never digits alone.
    const moved = [...code].filter((sign, at) => sign !== same[at]);
    if (moved.length && (moved.some((sign) => !PLAIN.test(sign)) || moved.every((sign) => "yzaqwm".includes(sign)))) return "layout";
  }
  return same.length >= 3 && isPart(same, code) ? "lost" : null;
}

/** The signs of `part` stand in `whole` in this order. */
function isPart(part, whole) {
  let at = 0;
  for (const sign of whole) if (sign === part[at]) at += 1;
  return at === part.length;
}

/**
 * `arrived`: {text, suffix: "Enter" | "Tab" | "", twice, ime, slow (ms per sign), covered}; `codes`: what stands on the test codes.
 * Answers {code: its place or -1, faults: [names]}: nothing in `faults` means that it came as it should.
 */
export function faultsOf(arrived, codes) {
  const found = codes.map((code) => difference(arrived.text, code));
  const order = ["", "case", "wide", "layout", "head", "lost", "more"];
  let best = -1;
  found.forEach((kind, at) => {
    if (kind !== null && (best < 0 || order.indexOf(kind) < order.indexOf(found[best]))) best = at;
  });
  const faults = [];
  if (best < 0) faults.push("unknown");
  else if (found[best]) faults.push(found[best]);
  if (arrived.ime) faults.push("ime");
  if (!arrived.suffix) faults.push("no-suffix");
  if (arrived.twice) faults.push("twice");
  if (arrived.slow > 60) faults.push("slow");
  if (arrived.covered) faults.push("covered");
  return { code: best, faults };
}
