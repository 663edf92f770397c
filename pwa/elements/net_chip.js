/** How it stands between this device and the server: always visible, never in the way. */
import { device, refused, waiting } from "../offline/device.js";
import { t } from "../words/words.js";
import { html, icon } from "./dom.js";

/** `{kind, icon, words}`; the worst first. */
export function netState() {
  const parked = refused().length;
  const left = waiting().length;
  if (device.link === "auth")
    return {
      kind: "back",
      icon: "wifi-off",
      words: left ? t("Enrol this device again, %(n)s kept", { n: left }) : t("Enrol this device again"),
    };
  if (parked) return { kind: "back", icon: "s-warn", words: t("%(n)s sent back", { n: parked }) };
  if (device.link === "offline" || device.link === "retry" || navigator.onLine === false) {
    return { kind: "off", icon: "wifi-off", words: left ? t("Offline · %(n)s waiting", { n: left }) : t("Offline") };
  }
  if (left) return { kind: "up", icon: "upload", words: t("Sending %(n)s", { n: left }) };
  return { kind: "", icon: "wifi", words: t("Synced") };
}
// icons: wifi wifi-off upload

export function netChip() {
  const { kind, icon: name, words } = netState();
  return html`<button class="fl-net ${kind}" data-act="chip">${icon(name)}<span>${words}</span></button>`;
}
