// One press is one request; filters leave no empty words in the address; the first error gets the focus.
function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll(".busy").forEach((button) => {
    button.classList.remove("busy");
    button.removeAttribute("aria-disabled");
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented && !form.matches("[hx-post], [hx-get]")) return;
  if (form.dataset.sent) return event.preventDefault();
  if (["get", "dialog"].includes(event.submitter?.formMethod || form.method)) return;
  form.dataset.sent = "1";
  // Afterwards, since a disabled button would not send its own name and value.
  setTimeout(() => {
    event.submitter?.classList.add("busy");
    event.submitter?.setAttribute("aria-disabled", "true");
  });
});

for (const name of ["htmx:finally:request", "htmx:error"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("form");
    if (form) release(form);
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release); });

document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form?.requestSubmit();
});

function isoDate(date) {
  const two = (n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-date]");
  if (!chip) return;
  const now = new Date(`${document.body.dataset.today || isoDate(new Date())}T12:00`);
  const day = chip.dataset.date === "month-end"
    ? new Date(now.getFullYear(), now.getMonth() + 1, 0)
    : new Date(now.getFullYear(), now.getMonth(), now.getDate() + Number(chip.dataset.date));
  const input = document.getElementById(chip.dataset.for);
  input.value = isoDate(day);
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

/** The summary names the field of each error; a line's field with the number of its line. */
function nameErrors(root) {
  for (const link of root.querySelectorAll(".errors a[href^='#f-']:not([data-named])")) {
    const field = document.getElementById(link.hash.slice(1));
    const label = field?.labels?.[0];
    const name = (field?.getAttribute("aria-label") ?? (label?.querySelector("span:not(.req)") ?? label)?.firstChild?.textContent ?? "").trim();
    link.dataset.named = "";
    if (!name) continue;
    const line = field.closest(".lc")?.querySelector(".no")?.textContent;
    link.prepend(`${line ? `${line} · ` : ""}${name}${document.documentElement.lang.startsWith("zh") ? "：" : ": "}`);
  }
}

function showErrors(root) {
  nameErrors(root);
  (root.querySelector(".row.bad [aria-invalid=true]") ?? root.querySelector(".row.bad :is(input:not([type=hidden]), select, textarea)") ?? root.querySelector(".errors"))?.focus();
}
showErrors(document);
document.addEventListener("htmx:after:swap", (event) => { if (event.target.querySelector) showErrors(event.target); });

// An error is of the past once its field is changed.
document.addEventListener("input", (event) => {
  const row = event.target.closest?.(".row.bad");
  if (!row) return;
  row.classList.remove("bad");
  event.target.removeAttribute("aria-invalid");
  row.querySelector(".error").hidden = true;
});
