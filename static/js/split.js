// <split-line data-of="lines-0">: the deliveries of a line. Says what is left of its quantity, and offers a row more when the last is used.
class SplitLine extends HTMLElement {
  connectedCallback() {
    this.output = this.querySelector("output");
    this.whole = this.closest("form").elements[`${this.dataset.of}-quantity`];
    this.addEventListener("input", () => { this.grow(); this.tell(); });
    this.whole?.addEventListener("input", () => this.tell());
    this.tell();
  }

  tell() {
    const read = (field) => Number(field.value.replace(/[,，\s]/g, "")), written = [...this.querySelectorAll("[name$=-quantity]")].filter((field) => field.value.trim());
    const rest = Math.round((read(this.whole) - written.reduce((sum, field) => sum + read(field), 0)) * 1e6) / 1e6;
    delete this.output.dataset.kind;
    if (!written.length || Number.isNaN(rest)) return this.output.replaceChildren();
    if (rest) this.output.dataset.kind = "warn";
    const { rest: left, over, done } = this.dataset;
    this.output.textContent = (rest > 0 ? left : rest ? over : done).replace("{n}", Math.abs(rest).toLocaleString("en", { maximumFractionDigits: 6 }));
  }

  grow() {
    const rows = [...this.querySelectorAll(".part")], last = rows.at(-1);
    if (rows.length >= 24 || ![...last.querySelectorAll("input")].some((field) => field.value)) return;
    const more = last.cloneNode(true), number = rows.length;
    for (const field of more.querySelectorAll("input")) { field.value = ""; field.removeAttribute("value"); field.removeAttribute("aria-invalid"); }
    more.innerHTML = more.innerHTML.replaceAll(`-schedules-${number - 1}-`, `-schedules-${number}-`);
    more.querySelector("label").textContent = more.querySelector("label").textContent.replace(String(number), String(number + 1));
    last.after(more);
  }
}
customElements.define("split-line", SplitLine);
