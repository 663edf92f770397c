/** Our own keys: numbers for quantities and weights, letters and digits for a code. The device's keyboard stays shut. */
import { html, icon, overlay } from "./dom.js";
import { t } from "../words/words.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const LETTERS = "1234567890QWERTYUIOPASDFGHJKL⌫ZXCVBNM";

const key = (label, act, value = label) =>
  html`<button
    class="key"
    data-act="${act}"
    data-value="${value}"
    aria-label="${value === "erase" ? t("Erase") : label}"
  >
    ${value === "erase" ? icon("delete") : label}
  </button>`;

/**
 * A number by thumb: `{title, unit, value, decimals, note, presets: [{label, value}]}` → a decimal string, null when left.
 * The first key replaces the number that stands there. `note(text)` may say what the number means, while it is typed.
 */
export function numberPad({ title, unit, value = "", decimals = 0, note, presets = [], confirm = t("OK") }) {
  let text = String(value || "");
  let fresh = true;
  const type = (character) => {
    const next = fresh ? character : text + character;
    fresh = false;
    if (new RegExp(`^\\d{0,8}${decimals ? `(\\.\\d{0,${decimals}})?` : ""}$`).test(next))
      text = next.replace(/^0+(?=\d)/, "");
    if (text === ".") text = "0.";
  };
  return overlay(
    () =>
      html`<div class="sheet-box pad">
        <h2 id="sheet-title">${title}</h2>
        <output class="pad-out">${text || "0"}<em>${unit}</em></output>
        <p class="pad-note" role="status">${note?.(text || "0") ?? ""}</p>
        ${presets.length > 0 && html`<div class="fl-quick">${presets.map((preset) => html`<button data-act="set" data-value="${preset.value}">${preset.label}</button>`)}</div>`}
        <div class="keys">
          ${DIGITS.map((digit) => key(digit, "type"))}${decimals ? key(".", "type") : html`<span></span>`}${key("0", "type")}${key("", "erase", "erase")}
        </div>
        <div class="pad-foot">
          <button class="big" data-act="leave">${t("Back")}</button>
          <button class="big go" data-act="done">${confirm}</button>
        </div>
      </div>`,
    (close, draw) => ({
      type: (character) => {
        type(character);
        draw();
      },
      erase: () => {
        text = fresh ? "" : text.slice(0, -1);
        fresh = false;
        draw();
      },
      set: (preset) => {
        text = preset;
        fresh = true;
        draw();
      },
      leave: () => close(null),
      done: () => close(text.replace(/\.$/, "") || "0"),
    }),
  );
}

/** Four to six hidden digits. `check(pin)` answers true, or the sentence to show. */
export function pinPad({ title, check }) {
  let pin = "";
  let said = "";
  let busy = false;
  return overlay(
    () =>
      html`<div class="sheet-box pad">
        <h2 id="sheet-title">${title}</h2>
        <output class="pad-out" aria-label="${t("%(n)s digits entered", { n: pin.length })}">
          ${"●".repeat(pin.length) || "PIN"}</output>
        <p class="pad-note bad" role="alert">${said}</p>
        <div class="keys">
          ${DIGITS.map((digit) => key(digit, "type"))}<span></span>${key("0", "type")}${key("", "erase", "erase")}
        </div>
        <div class="pad-foot">
          <button class="big" data-act="leave">${t("Back")}</button>
          <button class="big go" data-act="done" ${busy && html` disabled`}>${t("OK")}</button>
        </div>
      </div>`,
    (close, draw) => ({
      type: (digit) => {
        if (pin.length < 8) pin += digit;
        said = "";
        draw();
      },
      erase: () => {
        pin = pin.slice(0, -1);
        draw();
      },
      leave: () => close(null),
      done: async () => {
        busy = true;
        draw();
        const answer = await check(pin);
        busy = false;
        if (answer === true) return close(true);
        [pin, said] = ["", answer];
        draw();
      },
    }),
    { className: "sheet pin" },
  );
}

/** A code typed when it cannot be scanned. Answers the text, null when left. */
export function codePad() {
  let text = "";
  return overlay(
    () =>
      html`<div class="sheet-box pad">
        <h2 id="sheet-title">${t("Type the code")}</h2>
        <output class="pad-out code">${text || "—"}</output>
        <div class="keys letters">
          ${[...LETTERS].map((letter) => (letter === "⌫" ? key("", "erase", "erase") : key(letter, "type")))}
        </div>
        <div class="pad-foot">
          <button class="big" data-act="leave">${t("Back")}</button>
          <button class="big go" data-act="done">${t("OK")}</button>
        </div>
      </div>`,
    (close, draw) => ({
      type: (letter) => {
        text += letter;
        draw();
      },
      erase: () => {
        text = text.slice(0, -1);
        draw();
      },
      leave: () => close(null),
      done: () => close(text || null),
    }),
  );
}
