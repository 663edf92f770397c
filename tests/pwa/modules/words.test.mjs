import assert from "node:assert/strict";
import { test } from "node:test";
import { speak, t } from "../../../pwa/words/words.js";

globalThis.document = { documentElement: {} };

test("one thing is said in the singular in English, and in Chinese as ever", () => {
  speak("en");
  assert.equal(t("%(n)s lines are still open", { n: 1 }), "1 line is still open");
  assert.equal(t("%(n)s lines are still open", { n: 2 }), "2 lines are still open");
  assert.equal(t("My %(n)s machines", { n: "1" }), "My 1 machine");
  speak("zh_CN");
  assert.equal(t("%(n)s days left", { n: 1 }), "剩 1 天");
});
