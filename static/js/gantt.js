// Bars move in time (half a shift at a time) and to lanes of the same group; Esc gives up; ← → nudge. The server decides:
// the lanes only say `plan:move` {id, lane, start, from} and are drawn again.
const SNAP = 1 / 4;
const number = (bar, name) => Number(bar.style.getPropertyValue(name));
const lane = (bar) => bar.parentElement.dataset.lane;

function clashes(bar) {
  const start = number(bar, "--s"), end = start + number(bar, "--w");
  return [...bar.parentElement.querySelectorAll(".gb")].some((other) =>
    other !== bar && number(other, "--y") === number(bar, "--y")
    && number(other, "--s") < end - 1e-6 && start < number(other, "--s") + number(other, "--w") - 1e-6);
}

function tell(root, bar, from) {
  const start = number(bar, "--s");
  if (lane(bar) === from.lane && start === from.start) return;
  root.dispatchEvent(new CustomEvent("plan:move", { bubbles: true, detail: { id: bar.dataset.id, lane: lane(bar), start, from } }));
}

function drag(root, bar, event) {
  const day = parseFloat(getComputedStyle(root).getPropertyValue("--day"));
  const from = { lane: lane(bar), start: number(bar, "--s") }, home = bar.parentElement;
  let moved = false;
  const move = (now) => {
    if (!moved && Math.hypot(now.clientX - event.clientX, now.clientY - event.clientY) < 4) return;
    moved = true;
    bar.classList.add("drag");
    bar.style.setProperty("--s", Math.max(0, Math.round((from.start + (now.clientX - event.clientX) / day) / SNAP) * SNAP));
    const under = document.elementsFromPoint(now.clientX, now.clientY).find((node) => node.classList?.contains("gt"));
    if (under && under !== bar.parentElement && under.dataset.group === home.dataset.group) under.append(bar);
    bar.classList.toggle("clash", clashes(bar));
  };
  const end = () => {
    bar.removeEventListener("pointermove", move);
    removeEventListener("keydown", escape, true);
    bar.classList.remove("drag");
    if (!moved) return;
    bar.addEventListener("click", (click) => click.preventDefault(), { once: true });
    tell(root, bar, from);
  };
  const escape = (key) => {
    if (key.key !== "Escape") return;
    moved = false;
    bar.style.setProperty("--s", from.start);
    home.append(bar);
    bar.classList.toggle("clash", clashes(bar));
    end();
  };
  bar.setPointerCapture(event.pointerId);
  bar.addEventListener("pointermove", move);
  bar.addEventListener("pointerup", end, { once: true });
  bar.addEventListener("pointercancel", () => escape({ key: "Escape" }), { once: true });
  addEventListener("keydown", escape, true);
}

document.querySelectorAll("[data-gantt]").forEach((root) => {
  const bar = (event) => event.target.closest(".gb:not([data-locked])");
  root.addEventListener("dragstart", (event) => event.preventDefault());
  root.addEventListener("pointerdown", (event) => { if (bar(event) && !event.button) drag(root, bar(event), event); });
  root.addEventListener("keydown", (event) => {
    const moving = bar(event);
    if (!moving || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const from = { lane: lane(moving), start: number(moving, "--s") };
    moving.style.setProperty("--s", Math.max(0, from.start + (event.key === "ArrowRight" ? SNAP : -SNAP)));
    moving.classList.toggle("clash", clashes(moving));
    tell(root, moving, from);
  });
});
