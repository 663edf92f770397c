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
