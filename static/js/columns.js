// The order of a list's columns: a step by button or Alt+↑/↓; the focus stays with the column.
function step(line, by) {
  const beside = by < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (!beside) return false;
  if (by < 0) beside.before(line);
  else beside.after(line);
  return true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-column] [data-step]");
  if (!button) return;
  step(button.closest("[data-column]"), Number(button.dataset.step));
  button.focus();
});

document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.("[data-column]");
  if (!line || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const focused = event.target;
  if (step(line, event.key === "ArrowUp" ? -1 : 1)) focused.focus();
});
