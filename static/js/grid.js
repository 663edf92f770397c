// The grid for fast entry: pasting cells from Excel fills it from the cell in hand on, Enter and arrows move, the last row makes
// a new one. And a form with data-go-on goes on by itself.
const table = document.querySelector("[data-grid]");
const rows = () => [...table.tBodies[0].rows];
const cells = (row) => [...row.querySelectorAll("input")];

function row(at) {
  while (at >= rows().length && rows().length < 500) {
    const made = rows().at(-1).cloneNode(true), n = rows().length;
    made.querySelector("th").textContent = n + 1;
    for (const input of cells(made)) {
      input.name = input.name.replace(/^rows-\d+/, `rows-${n}`);
      input.ariaLabel = input.ariaLabel.replace(/\d+$/, n + 1);
      input.value = "";
    }
    table.tBodies[0].append(made);
  }
  return rows()[at];
}

// A table that grows sideways has a column for each that is pasted; its inputs are named rows-0-c1, rows-0-c2 … A whole one that is
// pasted into its first cell takes the place of all that stood there.
function widen(to) {
  while (table.dataset.grid === "wide" && cells(rows()[0]).length < Math.min(to, 80)) {
    const n = cells(rows()[0]).length;
    for (const each of [...table.tHead.rows, ...rows()]) {
      const made = each.lastElementChild.cloneNode(true), input = made.querySelector("input");
      if (input) { input.removeAttribute("id"); input.name = cells(each)[0].name.replace(/c0$/, `c${n}`); input.value = ""; }
      else made.textContent = n;
      each.append(made);
    }
  }
}

// Cells as Excel copies them: tabs and line ends, with quotes around what holds such itself.
function parsed(text) {
  const lines = [[""]];
  let quoted = false;
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < clean.length; i++) {
    const c = clean[i], line = lines.at(-1);
    if (quoted && c === '"' && clean[i + 1] === '"') { line[line.length - 1] += '"'; i++; }
    else if (c === '"' && (quoted || line.at(-1) === "")) quoted = !quoted;
    else if (c === "\t" && !quoted) line.push("");
    else if (c === "\n" && !quoted) lines.push([""]);
    else line[line.length - 1] += c === "\n" ? " " : c;
  }
  return lines;
}

function place(target) {
  const at = rows().indexOf(target.closest("tr"));
  return [at, cells(rows()[at]).indexOf(target)];
}

table?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const [top, left] = place(event.target);
  const heads = [...table.tHead.querySelectorAll("th")].slice(1).map((head) => head.textContent.trim());
  const lines = parsed(text);
  if (table.dataset.grid === "wide" && !top && !left) rows().forEach((each) => cells(each).forEach((input) => { input.value = ""; }));
  widen(left + Math.max(...lines.map((line) => line.length)));
  if (lines[0].filter((cell) => heads.includes(cell.trim())).length > 2) lines.shift();
  lines.forEach((line, y) => {
    const inputs = row(top + y) && cells(row(top + y));
    line.forEach((value, x) => { if (inputs?.[left + x]) inputs[left + x].value = value.trim(); });
  });
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

table?.addEventListener("keydown", (event) => {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.isComposing || event.ctrlKey || event.metaKey || (event.key !== "Enter" && event.target.list)) return;
  const [at, x] = place(event.target);
  if (at + step < 0) return;
  event.preventDefault();
  cells(row(at + step))[x]?.focus();
});

document.querySelector("form[data-go-on]")?.requestSubmit();
