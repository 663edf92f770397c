// Ctrl/⌘ K: everything by name, number or pinyin initials. GET /cmdk?q= answers groups of <a role="option">.
const dialog = document.getElementById("palette");

if (dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  let going, waiting, found, at = 0;
  const options = () => [...list.querySelectorAll("[role=option]")];

  const point = (n) => {
    const all = options();
    at = all.length ? (n + all.length) % all.length : 0;
    all.forEach((option, index) => {
      option.id ||= `found-${index}`;
      option.setAttribute("aria-selected", String(index === at));
    });
    input.setAttribute("aria-activedescendant", all[at]?.id ?? "");
    all[at]?.scrollIntoView({ block: "nearest" });
  };

  const find = async () => {
    going?.abort();
    going = new AbortController();
    const asked = input.value;
    try {
      const answer = await fetch(`${list.dataset.src}?q=${encodeURIComponent(asked)}`, { signal: going.signal, headers: { "HX-Request": "true" } });
      list.innerHTML = answer.ok ? await answer.text() : "";
    } catch (error) {
      if (error.name === "AbortError") return;
      list.replaceChildren();
    }
    found = asked;
    if (!options().length) {
      const none = document.createElement("p");
      none.className = "none";
      none.textContent = list.dataset.empty;
      list.replaceChildren(none);
    }
    point(0);
  };
  /** Who types faster than the server answers means what was typed, not what was found before. */
  const enter = async () => {
    if (found !== input.value) {
      clearTimeout(waiting);
      await find();
    }
    if (found !== input.value) return;
    options().length ? options()[at].click() : input.form.requestSubmit();
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(find, 80); };

  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      event.preventDefault(); // else a search field only empties itself
      dialog.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      enter();
    }
  });
  new MutationObserver(() => { if (dialog.open) { input.select(); find(); } }).observe(dialog, { attributeFilter: ["open"] });
}
