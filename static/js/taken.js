// Fields that an order took over from the customer's file: each says so, and once it says otherwise, how to take the file's again.
function say(mark) {
  const field = document.getElementById(mark.dataset.for);
  const same = field.value === mark.dataset.file || field.value === "";
  mark.querySelector(".same").hidden = !same;
  mark.querySelector(".back").hidden = same;
}

const markOf = (field) => field.id && document.querySelector(`.from[data-for="${CSS.escape(field.id)}"]`);

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    const mark = markOf(event.target);
    if (mark) say(mark);
  });
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest(".from .back")?.closest(".from");
  if (!mark) return;
  const field = document.getElementById(mark.dataset.for);
  field.value = mark.dataset.file;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});
