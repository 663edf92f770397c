/** Amounts on the shop floor. Weights in kg, quantities in pieces; both travel as decimal strings. */

/** Pieces in a net weight (kg) when a thousand weigh `perThousand` kg; whole pieces, rounded half up. */
export const piecesIn = (net, perThousand) => Math.round((Number(net) / Number(perThousand)) * 1000);

/** `gross − tare` in kg, to the gram. */
export const netWeight = (gross, tare) => Math.round(Number(gross) * 1000 - Number(tare || 0) * 1000) / 1000;

/** A number as the decimal string that travels: no grouping, no exponent, at most three decimals. */
export const decimal = (number) => String(Math.round(Number(number) * 1000) / 1000);

/** 7552 → "7,552"; at most three decimals, trailing zeros dropped. */
export const grouped = (number) => Number(number).toLocaleString("en-US", { maximumFractionDigits: 3 });

/** Pieces as spoken: by weight in thousands ("7.552", "千支"), else single ("430", "只"). */
export function spoken(pieces, job) {
  const inThousands = job.report_by === "weight";
  return {
    number: grouped(inThousands ? Number(pieces) / 1000 : pieces),
    unit: (inThousands ? "千" : "") + job.unit_label,
  };
}

/** "7.552 千支" */
export function said(pieces, job) {
  const { number, unit } = spoken(pieces, job);
  return `${number} ${unit}`;
}

/** Kilograms as the scale shows them: at least one decimal. */
export const kilograms = (weight) =>
  Number(weight).toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 3 });

/** More out than in by over 2 %: worth asking once before it becomes a fact. */
export const isOver = (good, remaining) => Number(good) > remaining * 1.02;
