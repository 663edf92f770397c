// data-open="id" opens a dialog or drawer, data-open-now stands open as the page comes, data-close closes it, data-confirm="…" on a form asks first.
import { say } from "./words.js";
import { toast } from "./toast.js";

/** Opens the dialog of that id; its focus comes back to where it was when it closes. */
export function open(id) {
  const dialog = document.getElementById(id);
  if (dialog?.showModal && !dialog.open) dialog.showModal();
  return dialog;
}

for (const dialog of document.querySelectorAll("[data-open-now]")) {
  dialog.open = false; // open without scripts
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener && document.getElementById(opener.dataset.open)) {
    event.preventDefault();
    opener.closest("details")?.removeAttribute("open");
    return open(opener.dataset.open);
  }
  if (event.target.closest("[data-close]")) return event.target.closest("dialog")?.close();
  if (event.target.nodeName === "DIALOG" && event.target.open) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
  const copied = event.target.closest("[data-copy]");
  if (copied) navigator.clipboard?.writeText(copied.dataset.copy).then(() => toast(say("copied")));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.confirmed) return delete form.dataset.confirmed;
  const dialog = document.getElementById("confirm");
  if (!dialog) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const yes = dialog.querySelector("[data-yes]");
  dialog.querySelector("[data-text]").textContent = question;
  yes.textContent = event.submitter?.dataset.verb ?? form.dataset.verb ?? event.submitter?.textContent ?? "";
  yes.onclick = () => {
    dialog.close();
    form.dataset.confirmed = "1";
    form.requestSubmit(event.submitter);
  };
  dialog.showModal();
}, true);
