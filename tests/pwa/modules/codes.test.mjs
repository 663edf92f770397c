import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { code, parse } from "../../../pwa/offline/codes.js";

const vectors = JSON.parse(readFileSync(new URL("../../data/scan_codes.json", import.meta.url)));

test("every scan of the shared list is read as it says there", () => {
  for (const { raw, ...expected } of vectors) {
    const { raw: _, ...found } = parse(raw);
    assert.deepEqual(found, expected, JSON.stringify(raw));
  }
});

test("a code with one character misread is never taken for another", () => {
  const whole = code("O", "40718293");
  for (let at = 0; at < whole.length; at++) {
    for (const other of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
      const misread = whole.slice(0, at) + other + whole.slice(at + 1);
      if (misread !== whole) assert.ok(parse(misread).error, misread);
    }
  }
});
