/** Make this device known: the administrator's QR code opens this page with the code behind the `#`. */
import { closeCovers, html, icon, listenTo, render } from "./elements/dom.js";
import { codePad } from "./elements/pad.js";
import { listenForScans } from "./elements/wedge.js";
import { sync } from "./offline/sync.js";
import { speak, t } from "./words/words.js";

const root = document.getElementById("page");
/** The code out of a link or as it stands. */
const codeIn = (text) => decodeURIComponent(text.slice(text.indexOf("#") + 1)).trim();
const state = { code: codeIn(location.hash), busy: false, said: "", device: null };

function view() {
  if (state.device) return enrolledView(state.device);
  const typed = html`<button class="big" data-act="type">${icon("keyboard")}${t("Type the code")}</button>`;
  return html`<main class="alone">
    ${icon("qr-code")}
    <h1>${t("Enrol this device")}</h1>
    <p>
      ${state.code ? t("The code is here. Enrol this device with it?") : t("The administrator shows a QR code under Devices. Scan it with this device, or type the code below it.")}
    </p>
    ${state.code && html`<p class="code">${state.code}</p>`}
    ${state.said && html`<p class="said" role="alert">${icon("s-stop")}${state.said}</p>`}
    ${
      state.code
        ? html`<button class="big go" data-act="enrol" ${state.busy && html` disabled`}>${icon("check")}${t("Enrol")}</button>`
        : navigator.mediaDevices &&
          html`<button class="big go" data-act="camera">${icon("camera")}${t("Scan by camera")}</button>`
    }
    ${typed}
  </main>`;
}
// icons: qr-code

/** What this device is for comes first; the other page is a tap away. */
function enrolledView({ name, kind, team }) {
  const pages = [
    { href: "/floor", glyph: "factory", words: t("Machines") },
    { href: "/scan", glyph: "warehouse", words: t("Warehouse") },
  ];
  if (kind === "pda") pages.reverse();
  return html`<main class="alone">
    ${icon("s-ok")}
    <h1>${t("Enrolled: %(name)s", { name })}</h1>
    ${team && html`<p>${team}</p>`}
    ${pages.map(({ href, glyph, words }, n) => html`<a class="big ${!n && "go"}" href="${href}">${icon(glyph)}${words}</a>`)}
  </main>`;
}
// icons: factory warehouse

function take(text) {
  closeCovers("sheet", null);
  closeCovers("camera");
  if (!text || state.busy || state.device) return;
  Object.assign(state, { code: codeIn(text), said: "" });
  draw();
}

const acts = {
  type: () => codePad().then(take),
  camera: async () => (await import("./elements/camera.js")).scanByCamera(take),
  async enrol() {
    Object.assign(state, { busy: true, said: "" });
    draw();
    state.said = await enrol();
    state.busy = false;
    draw();
  },
};

/** Answers the sentence to show when it did not work, "" when it did. */
async function enrol() {
  try {
    const response = await fetch("/api/v1/devices/enrol", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: state.code }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) return answer.detail || t("This code is wrong or too old. Ask for a new one.");
    state.device = answer.device;
    history.replaceState(null, "", "/enrol"); // the code is used up and nobody's business
    await navigator.storage?.persist?.();
    sync(); // what was kept goes out under the new enrolment, and the jobs come in
    return "";
  } catch {
    return t("The server is out of reach. Check the network and try again.");
  }
}

const draw = () => render(root, view());

speak(navigator.language.startsWith("en") ? "en" : "zh_CN");
listenTo(root, () => acts);
listenForScans(take);
addEventListener("hashchange", () => take(location.hash));
draw();
