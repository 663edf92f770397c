/** Words of the floor and scan pages: English in the source, Chinese from zh_CN.js. */
import { zh_CN } from "./zh_CN.js";

let entries = zh_CN;
const sayings = [];

/** Speak "zh_CN" or "en" from now on. */
export function speak(language) {
  entries = String(language).startsWith("zh") ? zh_CN : {};
  document.documentElement.lang = entries === zh_CN ? "zh-CN" : "en";
  sayings.forEach((say) => say());
}

/** `say` now and in each language spoken from now on: the words of what is drawn only once. */
export function keepSaying(say) {
  sayings.push(say);
  say();
}

export const isChinese = () => entries === zh_CN;

// "%(n)s lines are open" is said in the plural; of a single one it becomes "1 line is open". Chinese knows no plural.
const COUNTED = /%\((\w+)\)s (lines|baskets|days|digits|machines)( are)?\b/g;
const ofOne = (text, facts) =>
  text.replace(COUNTED, (found, name, noun, are) =>
    String(facts[name]) === "1" ? `1 ${noun.slice(0, -1)}${are ? " is" : ""}` : found,
  );

/** More Chinese, of screens that are fetched later. */
export const learn = (more) => Object.assign(zh_CN, more);

/** The words for an English source text; `%(name)s` takes the fact of that name. */
export function t(source, facts = {}) {
  return (entries[source] ?? ofOne(source, facts)).replace(/%\((\w+)\)s/g, (_, name) => facts[name]);
}
