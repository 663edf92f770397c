/** Make this device known: the administrator's QR code opens this page with the code behind the `#`. */
import { html, icon, listenTo, render } from "./elements/dom.js";
import { codePad } from "./elements/pad.js";
import { sync } from "./offline/sync.js";
import { speak, t } from "./words/words.js";

const root = document.getElementById("page");
const state = { code: decodeURIComponent(location.hash.slice(1)), busy: false, said: "", device: null };

function view() {
  if (state.device) {
    return html`<main class="alone">
      ${icon("s-ok")}
      <h1>${t("Enrolled: %(name)s", { name: state.device.name })}</h1>
      <p>${state.device.team ?? ""}</p>
      <a class="big go" href="/floor">${icon("factory")}${t("Machines")}</a>
      <a class="big" href="/scan">${icon("warehouse")}${t("Warehouse")}</a>
    </main>`;
  }
  return html`<main class="alone">
    <h1>${t("Enrol this device")}</h1>
    <p>
      ${state.code ? t("The code is here. Enrol this device with it?") : t("Open the administrator's QR code on this device, or type its code.")}
    </p>
    ${state.said && html`<p class="said" role="alert">${icon("s-stop")}${state.said}</p>`}
    <button class="big go" data-act="enrol" ${(!state.code || state.busy) && html` disabled`}>
      ${icon("check")}${t("Enrol")}
    </button>
    <button class="big" data-act="type">${icon("keyboard")}${t("Type the code")}</button>
  </main>`;
}

const acts = {
  async type() {
    state.code = (await codePad()) ?? state.code;
    draw();
  },
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
draw();
