// The office's keys. Single letters rest while one types or composes Chinese, and can be switched off (list of keys, ?).
import { open } from "./dialogs.js";
import { enter, hasCursor, move, peek, tick } from "./rows.js";

const GO = { o: "orders", p: "plan", s: "stock", i: "inbox" };
let leading = 0;

const singles = () => localStorage.getItem("single-keys") !== "off";
document.querySelectorAll("[data-single-keys]").forEach((box) => {
  box.checked = singles();
  box.addEventListener("change", () => localStorage.setItem("single-keys", box.checked ? "on" : "off"));
});

function press(key) {
  const button = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key.toLowerCase() === key && each.offsetParent);
  button?.click();
  return Boolean(button);
}

function act(event) {
  const key = event.key.toLowerCase();
  if (performance.now() < leading) {
    leading = 0;
    const link = document.querySelector(`[data-menu="${GO[key]}"]`);
    return link ? (link.click(), true) : false;
  }
  switch (key) {
    case "g": leading = performance.now() + 1200; return true;
    case "/": {
      const search = document.querySelector("[data-list-search]");
      return search ? (search.focus(), true) : Boolean(open("palette"));
    }
    case "?": return Boolean(open("keys"));
    case "j": return move(1);
    case "k": return move(-1);
    case "arrowdown": return hasCursor() && move(1);
    case "arrowup": return hasCursor() && move(-1);
    case "enter": return hasCursor() && document.activeElement === document.body && (enter(), true);
    case " ": return hasCursor() && document.activeElement === document.body && (peek(), true);
    case "x": return hasCursor() && (tick(event.shiftKey), true);
    default: return /^[a-z[\]]$/.test(key) && press(key);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return open("palette");
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !singles()) return;
  if (document.querySelector("dialog[open]") || event.target.closest("input, textarea, select, [contenteditable=true], details[open], [data-gantt]")) return;
  if (act(event)) event.preventDefault();
});
