// Menus and filters that drop from a button are <details class="drop">: one open at a time, inside the window, Esc closes.
const opened = () => document.querySelectorAll("details.drop[open]");

function place(drop) {
  const box = drop.querySelector(".drop-box");
  box.removeAttribute("style");
  const anchor = drop.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = drop.classList.contains("end") ? anchor.right - width : anchor.left;
  const below = anchor.bottom + 4;
  const top = below + height > innerHeight - 8 && anchor.top - height - 4 > 8 ? anchor.top - height - 4 : below;
  Object.assign(box.style, {
    position: "fixed",
    inset: "auto",
    left: `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`,
    top: `${top}px`,
    maxHeight: `${innerHeight - top - 8}px`,
  });
}

document.addEventListener("toggle", (event) => {
  const drop = event.target;
  if (!drop.matches?.("details.drop") || !drop.open) return;
  opened().forEach((other) => { if (other !== drop && !other.contains(drop)) other.open = false; });
  place(drop);
  drop.querySelector(".drop-box.form :is(input:not([type=hidden]), select)")?.focus();
}, true);

document.addEventListener("click", (event) => {
  opened().forEach((drop) => { if (!drop.contains(event.target)) drop.open = false; });
});

document.addEventListener("keydown", (event) => {
  const drop = event.target.closest?.("details.drop[open]");
  if (!drop) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    drop.open = false;
    drop.querySelector("summary").focus();
  } else if (drop.querySelector(".menu") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    const items = [...drop.querySelectorAll(".menu a, .menu button")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  }
});

// A menu hangs in the window, not on the page: it does not follow when the page scrolls.
addEventListener("scroll", (event) => {
  opened().forEach((drop) => { if (!drop.contains(event.target) && event.target.contains?.(drop)) drop.open = false; });
}, true);
