/** Markup from template literals: everything put in is escaped, except what `html` made. */
const ICONS = "/static/vendor/icons.svg";
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

class Markup {
  constructor(text) {
    this.text = text;
  }
}

export const html = (strings, ...values) =>
  new Markup(strings.reduce((text, string, index) => text + put(values[index - 1]) + string));

function put(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(put).join("");
  if (value === null || value === undefined || value === false) return "";
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

/** Draw `markup` into `root`; the focus stays on the same act. */
export function render(root, markup) {
  if (root.drawn === markup.text) return;
  const { act, value } = root.contains(document.activeElement) ? document.activeElement.dataset : {};
  root.drawn = markup.text;
  root.innerHTML = markup.text;
  if (act)
    [...root.querySelectorAll("[data-act]")]
      .find((el) => el.dataset.act === act && el.dataset.value === value)
      ?.focus();
}

/** An outline icon, or a filled status glyph when its name begins with "s-". */
export function icon(name) {
  const glyph = name.startsWith("s-");
  return html`<svg class="i${glyph ? " g" : ""}" aria-hidden="true">
    <use href="${ICONS}#${glyph ? "" : "i-"}${name}" />
  </svg>`;
}

/**
 * One click listener for a root: `data-act="name" data-value="…"` calls `acts()[name](value, element)`,
 * `unknown(element)` when there is no such act.
 */
export function listenTo(root, acts, unknown) {
  root.addEventListener("click", (event) => {
    const el = event.target.closest("[data-act]");
    if (!el || el.hasAttribute("disabled")) return;
    const act = acts()[el.dataset.act];
    act ? act(el.dataset.value, el) : unknown?.(el);
  });
}

/** An element that covers the page until its promise is fulfilled; the page below is inert, scans still arrive. */
export function overlay(markup, acts, { className = "sheet", role = "dialog" } = {}) {
  const page = document.getElementById("page");
  const el = document.createElement("div");
  el.className = className;
  el.setAttribute("role", role);
  el.setAttribute("aria-modal", "true");
  const before = document.activeElement;
  const draw = () => {
    render(el, markup());
    el.setAttribute("aria-labelledby", el.querySelector("h1,h2")?.id || "");
  };
  return new Promise((resolve) => {
    const close = (answer) => {
      el.remove();
      open.delete(el);
      page.inert = open.size > 0;
      before?.isConnected && before.focus({ preventScroll: true });
      resolve(answer);
    };
    el.close = close;
    el.redraw = draw;
    draw();
    listenTo(el, () => acts(close, draw));
    document.body.append(el);
    open.add(el);
    page.inert = true;
  });
}

/** Put a style sheet on the page that its first screen does not need; fulfilled when it is there. */
export const wear = (href) =>
  new Promise((there) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href,
      onload: there,
      onerror: there,
    });
    document.querySelector(`link[href="${href}"]`) ? there() : document.head.append(link);
  });

const open = new Set();
export const isCovered = () => open.size > 0;
/** Close the covers of one kind (a badge closes the question who it is). */
export const closeCovers = (className, answer) =>
  [...open].filter((el) => el.classList.contains(className)).forEach((el) => el.close(answer));
