// <qty-field data-echo="/items/17/echo">: says under the field what the typed number means (5 千支 = 5,000 支 ≈ 206 kg).
class QuantityField extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.echo) return;
    this.output = this.querySelector("output");
    for (const change of ["input", "change"]) this.addEventListener(change, () => { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.echo(), 150); });
  }

  async echo() {
    const url = new URL(this.dataset.echo, location.href);
    const fields = [...this.querySelectorAll("input[name], select[name]")].filter((field) => !field.closest("split-line"));
    if (this.dataset.with === undefined) {
      url.searchParams.set("quantity", fields[0].value);
      if (fields[1]) url.searchParams.set("unit", fields[1].value);
    } else {
      // A whole line: each field by the last part of its name, and what the line needs from the form's head.
      for (const name of this.dataset.with.split(" ")) fields.push(this.closest("form").elements[name]);
      for (const field of fields) if (field) url.searchParams.set(field.name.split("-").pop(), field.value);
    }
    this.going?.abort();
    this.going = new AbortController();
    try {
      const answer = await fetch(url, { signal: this.going.signal, headers: { "HX-Request": "true" } });
      this.output.innerHTML = answer.ok || answer.status === 422 ? await answer.text() : "";
      if (answer.ok) delete this.output.dataset.kind;
      else this.output.dataset.kind = "warn";
    } catch { /* a newer question is on its way */ }
  }
}
customElements.define("qty-field", QuantityField);

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
