// Menus and filters that drop from a button are <details class="drop">: one open at a time, inside the window, Esc closes.
const opened = () => document.querySelectorAll("details.drop[open]");

// A scrolling frame would cut the box off, so in there it hangs in the window instead.
function hang(box, anchor, { width, height }, end) {
  const left = end ? anchor.right - width : anchor.left;
  const above = anchor.bottom + height > innerHeight - 12 && anchor.top > height + 12;
  Object.assign(box.style, {
    position: "fixed",
    inset: "auto",
    left: `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`,
    top: `${above ? anchor.top - height - 4 : anchor.bottom + 4}px`,
  });
}

function place(drop) {
  const box = drop.querySelector(".drop-box");
  box.removeAttribute("style");
  const anchor = drop.getBoundingClientRect(), size = box.getBoundingClientRect();
  if (drop.closest(".tw, .views, .tabs, .gw")) return hang(box, anchor, size, drop.classList.contains("end"));
  const beyond = Math.max(0, size.right - innerWidth + 8) || Math.min(0, size.left - 8);
  if (beyond) box.style.transform = `translateX(${-beyond}px)`;
  if (size.bottom > innerHeight - 8 && anchor.top > size.height + 12) box.style.insetBlock = "auto calc(100% + 4px)";
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

// One that hangs in the window does not follow its row.
addEventListener("scroll", (event) => {
  opened().forEach((drop) => {
    if (drop.querySelector(".drop-box").style.position === "fixed" && !drop.contains(event.target)) drop.open = false;
  });
}, true);
