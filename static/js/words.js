// The few sentences that scripts say, in the reader's language, as the page brought them.
const words = () => document.getElementById("words")?.dataset ?? {};

/** say("chosen", {n: 2}) → "已选 2 行"; an unknown name is said as it is. */
export function say(name, facts = {}) {
  return (words()[name] ?? name).replace(/%\((\w+)\)s/g, (_, key) => facts[key] ?? "");
}
