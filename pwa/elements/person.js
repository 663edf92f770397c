/** Who is working: by badge from anywhere, by name and PIN where there is no badge. */
import { device, personById, seat } from "../offline/device.js";
import { sha256 } from "../offline/sha256.js";
import { t } from "../words/words.js";
import { closeCovers, html, icon, overlay } from "./dom.js";
import { pinPad } from "./pad.js";
import { signal } from "./signal.js";

/** Seat the owner of a scanned badge. Answers the person, or null when this device does not know the badge. */
export async function seatByBadge(body) {
  const hash = sha256(body);
  const person = device.snapshot.people.find((row) => row.badge_hash === hash);
  if (!person) return null;
  await seat(person);
  signal("person");
  closeCovers("pin", null); // a PIN half typed for somebody else
  closeCovers("who", person);
  return person;
}

/** The person at this device; asks for one when nobody is seated. Null when the question is left. */
export const somebody = async () => device.person ?? askWho();

export const askWho = () =>
  overlay(
    () =>
      html`<div class="sheet-box tall">
        <h2 id="sheet-title">${icon("scan-barcode")} ${t("Scan your badge")}</h2>
        <p>${t("No badge at hand: tap your name and enter your PIN.")}</p>
        <ul class="rows names">
          ${device.snapshot.people.map(
            ({ id, name, initials }) =>
              html`<li>
                <button class="tile" data-act="name" data-value="${id}">
                  <span class="ava">${initials || name[0]}</span><b>${name}</b>
                </button>
              </li>`,
          )}
        </ul>
        ${device.person && html`<button class="big" data-act="out">${icon("log-out")}${t("Sign off")}</button>`}
        <button class="big" data-act="leave">${t("Back")}</button>
      </div>`,
    (close) => ({
      name: async (id) => {
        const person = personById(id);
        if (await pinPad({ title: person.name, check: (pin) => checkPin(id, pin) })) {
          await seat(person);
          signal("person");
          close(person);
        }
      },
      out: async () => {
        await seat(null);
        close(null);
      },
      leave: () => close(null),
    }),
    { className: "sheet who" },
  );

async function checkPin(person, pin) {
  if (!pin) return t("Enter your PIN");
  try {
    const response = await fetch("/api/v1/device/pin", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ person, pin }),
      signal: AbortSignal.timeout(8_000),
    });
    if (response.ok) return true;
    if (response.status === 422) return t("That PIN is not right");
    if (response.status === 429) return t("Too many tries, wait a little");
  } catch {
    /* said below */
  }
  return t("A PIN is checked by the server, which is out of reach. Scan your badge.");
}
