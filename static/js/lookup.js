// <lookup-field data-src="/customers/lookup">: a text field that finds one thing on the server as one types (pinyin initials too).
// data-near: what is searched for while nothing is typed. The answer to src?q= is a list of <li role="option" data-value="17">…</li>; an empty field has no value.
// What the value stands for is kept beside it (…_said): where the text says something else, the text is meant, here and on the server.
class LookupField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    this.value = this.querySelector("input[type=hidden]");
    this.list = this.querySelector("[role=listbox]");
    this.said = this.querySelector("input[name$=_said]");
    this.shown = this.said?.value ?? this.input.defaultValue;
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.find(); });
    this.input.addEventListener("compositionend", () => this.find());
    this.input.addEventListener("focus", () => { if (!this.value.value && navigator.userActivation?.hasBeenActive !== false) this.find(); });
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.addEventListener("focusout", () => setTimeout(() => { if (!this.list.contains(document.activeElement)) this.leave(); }, 150));
    this.value.addEventListener("change", () => this.keep());
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      this.choose(option);
    });
    if (this.input.value !== this.shown) this.find(); // typed before this script arrived
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  find() {
    if (this.input.value !== this.shown) this.value.value = "";
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.fetch(), 120);
  }

  async fetch() {
    this.going?.abort();
    this.going = new AbortController();
    const url = new URL(this.dataset.src, location.href);
    const asked = this.input.value;
    url.searchParams.set("q", asked || this.dataset.near || "");
    try {
      const answer = await fetch(url, { signal: this.going.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok) return;
      this.list.innerHTML = await answer.text();
    } catch { return; }
    this.found = asked;
    this.options.forEach((option, at) => { option.id = `${this.list.id}-${at}`; });
    this.show(document.activeElement === this.input && this.list.childElementCount > 0);
    if (this.input.value) this.point(0);
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  point(at) {
    this.at = at;
    this.options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    const option = this.options[at];
    if (!option) return;
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  steer(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const count = this.options.length;
    if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      if (this.list.hidden) return this.find();
      this.point(((this.at ?? -1) + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" && !this.list.hidden && this.options[this.at]) {
      event.preventDefault();
      this.take();
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.show(false);
    }
  }

  /** Enter: who types faster than the server answers means what was typed, not what was found before. */
  async take() {
    if (this.found !== this.input.value) {
      clearTimeout(this.waiting);
      await this.fetch();
    }
    const option = this.options[this.at];
    if (option && this.found === this.input.value) this.choose(option);
  }

  choose(option) {
    this.value.value = option.dataset.value;
    this.input.value = option.dataset.label ?? option.firstChild.textContent.trim();
    this.show(false);
    const { word } = option.dataset; // the item's own for 件
    if (word) this.closest("qty-field, .ed, .card").querySelectorAll("[data-units] option[value$=件]").forEach((unit) => { unit.text = unit.value.replace("件", word); });
    this.keep(); // before others hear of it: what they send must say so already
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** The text is what the value stands for, whoever chose it. */
  keep() {
    this.shown = this.input.value;
    if (this.said) this.said.value = this.shown;
  }

  leave() {
    this.show(false);
    if (this.value.value && this.input.value !== this.shown) this.input.value = this.shown;
    if (!this.input.value) this.value.value = "";
  }
}
customElements.define("lookup-field", LookupField);
