/**
 * A keyboard-wedge scanner: keys until Enter or Tab are one scan, wherever the focus is. No timing is involved.
 *
 * A one-pixel field catches the characters: `inputmode=none` keeps the soft keyboard shut where `readonly` would
 * also shut out DataWedge. Alt is not filtered because Zebra's MC3300x sets it on every key.
 */
import { keepSaying, t } from "../words/words.js";

const ENDS = new Set(["Enter", "Tab"]);
const SHORTEST = 3;
const SAME_AGAIN_MS = 250;
const FORGET_MS = 3_000;

/** What the trap has caught so far: `take` it as a scan, or `wait` for the rest and forget what stays a rest. */
function catching(trap, scanned, idle) {
  let last = { text: "", at: -Infinity };
  let timer;

  function take() {
    clearTimeout(timer);
    const text = trap.value.trim();
    trap.value = "";
    const at = performance.now();
    const again = text === last.text && at - last.at < SAME_AGAIN_MS;
    if (text.length < SHORTEST || again) return;
    last = { text, at };
    scanned(text);
  }

  function forget() {
    trap.value = "";
  }

  function wait() {
    clearTimeout(timer);
    timer = idle ? setTimeout(take, idle) : setTimeout(forget, FORGET_MS);
  }

  return { take, wait };
}

/** Call `scanned(text)` for each scan. `idle`: milliseconds that end a scan, only for scanners without a suffix (/setup/scanner). */
export function listenForScans(scanned, { idle = Number(localStorage.getItem("scan-idle")) || 0 } = {}) {
  const trap = trapField();
  const { take, wait } = catching(trap, scanned, idle);
  const grab = () => {
    if (document.activeElement !== trap && !isField(document.activeElement)) trap.focus({ preventScroll: true });
  };

  addEventListener(
    "keydown",
    (event) => {
      if ((event.target !== trap && isField(event.target)) || event.ctrlKey || event.metaKey) return;
      if (ENDS.has(event.key)) {
        if (trap.value.length < SHORTEST) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        return take();
      }
      if (event.key === "Process" && typed(event)) {
        // an input method swallows the key: read its place instead
        event.preventDefault();
        trap.value += typed(event);
        return wait();
      }
      if ((event.key.length === 1 && event.key !== " ") || event.key === "Unidentified" || event.keyCode === 229)
        grab();
    },
    true,
  );
  trap.addEventListener("beforeinput", (event) => {
    if (!/^insert(LineBreak|Paragraph)$/.test(event.inputType)) return;
    event.preventDefault();
    take();
  });
  trap.addEventListener("input", () => (/[\r\n\t]$/.test(trap.value) ? take() : wait()));
  addEventListener("pointerup", () => setTimeout(grab));
  addEventListener("focus", grab);
  document.addEventListener("visibilitychange", grab);
  grab();
}

/** The character of a key by its place on a US keyboard. */
function typed({ code, shiftKey }) {
  const letter = code.match(/^Key([A-Z])$/)?.[1];
  if (letter) return letter;
  const digit = code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  if (digit) return digit;
  return { Slash: "/", Period: ".", Minus: "-", Semicolon: shiftKey ? ":" : ";", BracketRight: "]" }[code];
}

const isField = (el) =>
  el?.matches?.("input:not([readonly]):not(.trap), textarea, select, [contenteditable=true]") ?? false;

function trapField() {
  const trap = document.createElement("input");
  trap.className = "trap";
  trap.autocomplete = "off";
  trap.inputMode = "none";
  trap.tabIndex = -1;
  trap.setAttribute("virtualkeyboardpolicy", "manual");
  trap.setAttribute("autocapitalize", "off");
  const aside = document.createElement("aside");
  keepSaying(() => [aside, trap].forEach((el) => el.setAttribute("aria-label", t("Scanner input"))));
  aside.append(trap);
  document.body.append(aside);
  return trap;
}
