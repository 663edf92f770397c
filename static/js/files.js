// A place to drop files on: shows what was chosen, and how far a large one is on its way.
import { say } from "./words.js";
import { toast } from "./toast.js";

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function list(zone) {
  const input = zone.querySelector("input[type=file]");
  zone.querySelector("[data-files]").replaceChildren(...[...input.files].map((file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    item.append(name, size(file.size));
    return item;
  }));
}

/** Sends the form by hand so that its progress can be seen; then goes where the server says. */
function send(form) {
  const request = new XMLHttpRequest();
  const bar = document.createElement("progress");
  bar.max = 1;
  form.querySelector("[data-dropzone]").append(bar);
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  request.addEventListener("load", () => {
    if (request.status < 300 && request.responseURL !== form.action) return location.assign(request.responseURL);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    if (!answer) {
      bar.remove();
      return toast(say("failed"), { kind: "bad" });
    }
    document.querySelector("main").replaceWith(answer);
    answer.dispatchEvent(new CustomEvent("htmx:after:swap", { bubbles: true }));
  });
  request.addEventListener("error", () => { bar.remove(); form.submit(); });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

function prepare(root) {
  root.querySelectorAll("[data-dropzone]").forEach((zone) => zone.classList.add("live"));
}
prepare(document);
document.addEventListener("htmx:after:swap", (event) => { if (event.target.querySelectorAll) prepare(event.target); });

document.addEventListener("change", (event) => {
  const zone = event.target.closest("[data-dropzone]");
  if (zone) list(zone);
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => event.target.closest?.("[data-dropzone]")?.classList.toggle("over", name === "dragover"));
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  const large = [...form.querySelectorAll("[data-dropzone] input")].some((input) => [...input.files].some((file) => file.size > 500_000));
  if (!large || event.defaultPrevented) return;
  event.preventDefault();
  send(form);
});
