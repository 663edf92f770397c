/** Words of the floor and scan pages: English in the source, Chinese from zh_CN.js. */
import { zh_CN } from "./zh_CN.js";

let entries = zh_CN;

/** Speak "zh_CN" or "en" from now on. */
export function speak(language) {
  entries = String(language).startsWith("zh") ? zh_CN : {};
  document.documentElement.lang = entries === zh_CN ? "zh-CN" : "en";
}

export const isChinese = () => entries === zh_CN;

/** The words for an English source text; `%(name)s` takes the fact of that name. */
export function t(source, facts = {}) {
  return (entries[source] ?? source).replace(/%\((\w+)\)s/g, (_, name) => facts[name]);
}
