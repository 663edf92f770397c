/**
 * The house's scan codes: `<letter><body><check>`, bare or behind `/Q/` of any host.
 *
 * `parse` answers `{letter, body, code, raw}` or `{error, raw}`: "foreign" when the code is not ours
 * (a supplier's or GS1 code), "check" when it looks like ours but was cut or misread.
 * tests/data/scan_codes.json holds for this file and for app/scanning/codes.py alike.
 */
export const LETTERS = {
  O: "operation",
  W: "work_order",
  B: "bin",
  L: "lot",
  P: "person",
  D: "delivery_note",
  C: "container",
  K: "command",
};

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const OURS = /^[OWBLPDCK][0-9A-Z]+[0-9A-Z]$/;

/** The check character of `text` by ISO 7064 MOD 37,36. */
export function checkCharacter(text) {
  let product = 36;
  for (const character of text) {
    const sum = (product + ALPHABET.indexOf(character)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return ALPHABET[(37 - product) % 36];
}

/** The whole code for a letter and a body. */
export const code = (letter, body) => letter + body + checkCharacter(letter + body);

export function parse(scanned) {
  const raw = clean(scanned);
  const link = raw.toUpperCase().match(/\/Q\/([0-9A-Z]+)/);
  const text = link ? link[1] : raw.toUpperCase();
  if (!OURS.test(text)) return { error: "foreign", raw };
  if (checkCharacter(text.slice(0, -1)) !== text.slice(-1)) return { error: "check", raw };
  return { letter: text[0], body: text.slice(1, -1), code: text, raw };
}

/** Full width becomes half width; blanks, controls and the scanner's own `]xN` prefix go, a GS inside stays. */
function clean(scanned) {
  return scanned
    .normalize("NFKC")
    .replace(/[\s\u0000-\u001c\u001e\u001f]+/g, "")
    .replace(/^\u001d+|\u001d+$/g, "")
    .replace(/^\][A-Za-z][0-9A-Za-z]/, "")
    .replace(/^\u001d+/, "");
}
