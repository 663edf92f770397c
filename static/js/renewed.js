// Of a page that was fetched again for a part of it, the dialogs are renewed too: they fit what the page offers now.
// One that somebody has open stays as it is.
function renew(page) {
  const here = document.getElementById("dialogs"), there = page.getElementById("dialogs");
  if (!here || !there) return;
  for (const dialog of here.querySelectorAll("dialog:not([open])")) dialog.remove();
  for (const dialog of there.querySelectorAll("dialog")) {
    if (document.getElementById(dialog.id)) continue;
    here.append(dialog);
    window.htmx?.process(dialog);
  }
}

document.addEventListener("htmx:after:swap", (event) => {
  const text = event.detail?.ctx?.text ?? "";
  if (text.includes('id="dialogs"')) renew(new DOMParser().parseFromString(text, "text/html"));
});
