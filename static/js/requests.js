// What every htmx request has in common: a kind word when it fails, a gentle mark where something changed by itself.
import { say } from "./words.js";
import { toast } from "./toast.js";

document.addEventListener("htmx:response:error", (event) => {
  const status = event.detail?.ctx?.response?.status;
  if (status === 401) toast(say("login"), { kind: "warn" });
  else if (status >= 500) toast(say("failed"), { kind: "bad" });
});
document.addEventListener("htmx:error", (event) => {
  if (!event.detail?.ctx?.response) toast(say("offline"), { kind: "bad" });
});
document.addEventListener("htmx:after:swap", (event) => {
  const asked = event.detail?.ctx?.sourceEvent;
  if (!asked?.type.startsWith("changed:")) return;
  const place = document.getElementById(event.detail.ctx.sourceElement?.id) ?? event.target;
  place.classList?.add("flash-changed");
  place.addEventListener?.("animationend", () => place.classList.remove("flash-changed"), { once: true });
});
