// What just happened, bottom left, five seconds; stays while the pointer or the focus is on it.
const STAY = 5000;

function leaveLater(item) {
  const leave = () => {
    if (item.matches(":hover, :focus-within")) return setTimeout(leave, 1000);
    item.classList.add("leaving");
    setTimeout(() => item.remove(), 250);
  };
  setTimeout(leave, STAY);
}

/** Shows a sentence; undo, if given, is {label, run} and is offered as a button. */
export function toast(text, { kind = "ok", undo } = {}) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const item = document.createElement("div");
  item.className = "toast";
  item.dataset.kind = kind;
  const words = document.createElement("span");
  words.textContent = text;
  item.append(words);
  if (undo) {
    const button = document.createElement("button");
    button.className = "btn";
    button.textContent = undo.label;
    button.addEventListener("click", () => { item.remove(); undo.run(); }, { once: true });
    item.append(button);
  }
  place.append(item);
}

const place = document.getElementById("toasts");
if (place) {
  [...place.children].forEach(leaveLater);
  new MutationObserver((records) => {
    for (const record of records) for (const node of record.addedNodes) if (node.nodeType === 1) leaveLater(node);
  }).observe(place, { childList: true });
}
