// The review of an inbound order: the source cell of the field in hand is lit, Tab goes through what is doubtful first,
// and each line says what its quantity and price mean.
const form = document.querySelector("[data-intake]");
const cellAt = (address) => document.querySelector(`[data-at="${CSS.escape(address)}"]`);

function light(address) {
  document.querySelectorAll(".xl td.on").forEach((cell) => cell.classList.remove("on"));
  const cell = address && cellAt(address);
  if (!cell) return;
  cell.classList.add("on");
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  const seeing = cell.closest(".card").querySelector("[data-seeing]");
  if (seeing) seeing.textContent = address;
}

document.addEventListener("focusin", ({ target }) => { if (target.dataset?.cell) light(target.dataset.cell); });
document.addEventListener("click", ({ target }) => { const from = target.closest?.("button[data-cell]"); if (from) light(from.dataset.cell); });

const waiting = new Map();
async function echo(line) {
  const output = form.querySelector(`[data-line-echo="${line}"]`);
  const value = (name) => form.elements[`lines-${line}-${name}`]?.value ?? "";
  if (!output || !value("quantity") || !value("item")) return;
  const asked = new URLSearchParams({ item: value("item"), quantity: value("quantity"), unit: value("unit"), unit_price: value("unit_price"), price_unit: value("price_unit"), currency: form.elements.currency.value });
  try {
    const answer = await fetch(`/orders/echo?${asked}`, { headers: { "HX-Request": "true" } });
    output.innerHTML = await answer.text();
    output.classList.toggle("warn", !answer.ok);
    const row = output.closest(".lc");
    row.classList.toggle("ask", !answer.ok || row.querySelector("[data-doubt], output [data-kind=warn]") !== null);
  } catch { output.textContent = ""; }
}

if (form) {
  const later = ({ target }) => {
    const line = /^lines-(\d+)-/.exec(target.name ?? "")?.[1];
    if (line === undefined) return;
    target.removeAttribute("data-doubt");
    if (target.name.endsWith("-item")) {
      const said = form.elements[`${target.name}_text`];
      said.removeAttribute("data-doubt");
      form.querySelector(`[data-name="${line}"]`).textContent = said.value;
    }
    clearTimeout(waiting.get(line));
    waiting.set(line, setTimeout(() => echo(line), 250));
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.querySelectorAll("[data-line-echo]").forEach((output) => echo(output.dataset.lineEcho));
  if (form.contains(document.activeElement)) light(document.activeElement.dataset.cell);
  else form.querySelector("[data-doubt], [aria-invalid=true]")?.focus();
}
