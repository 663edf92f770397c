// Light, dark or as the system: applied at once, remembered on the server. The language reloads the page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-preferences]") || event.submitter?.name !== "theme") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const theme = event.submitter.value;
  document.documentElement.dataset.theme = theme;
  form.querySelectorAll("[name=theme]").forEach((button) => button.setAttribute("aria-pressed", String(button.value === theme)));
  const fields = new FormData(form);
  fields.set("theme", theme);
  fetch(form.action, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}, true);
