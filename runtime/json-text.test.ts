import assert from "node:assert/strict";
import fc from "fast-check";
import { CosimError } from "../broker/wire/index.js";
import { parseJson } from "./json-text.js";

const placeOf = (text: string): string => {
  try {
    parseJson(text, "case.json");
  } catch (error) {
    assert.ok(error instanceof CosimError && error.code === "COSIM_DATA_INVALID");
    return error.message;
  }
  return "fine";
};

describe("JSON text", () => {
  const table: [string, string][] = [
    ['{"a": 1,\n "b": x}', 'case.json:2:7: unexpected "x"; this is no JSON.'],
    ['{"a": 1,\n}', 'case.json:2:1: unexpected "}"; this is no JSON.'],
    ['{"a" 1}', 'case.json:1:6: unexpected "1"; this is no JSON.'],
    ["[1, 2", "case.json:1:6: the text ends too early; this is no JSON."],
    ["", "case.json:1:1: the text ends too early; this is no JSON."],
    ["{} {}", 'case.json:1:4: unexpected "{"; this is no JSON.'],
    ['{"a": 01}', 'case.json:1:8: unexpected "1"; this is no JSON.'],
    ['["a\nb"]', 'case.json:1:2: unexpected "\\""; this is no JSON.'],
    ["// comment", 'case.json:1:1: unexpected "/"; this is no JSON.'],
  ];
  for (const [text, message] of table) {
    it(`names line and column in ${JSON.stringify(text)}`, () => {
      assert.equal(placeOf(text), message);
    });
  }

  it("finds a character that was put before any token of any JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, pick) => {
        const pretty = JSON.stringify(JSON.parse(json), undefined, 1);
        const tokens = [...pretty.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)];
        const at = tokens[pick % tokens.length].index;
        const text = `${pretty.slice(0, at)}@${pretty.slice(at)}`;
        const lines = text.slice(0, at).split("\n");
        const place = `case.json:${lines.length}:${(lines.at(-1) ?? "").length + 1}: unexpected "@"`;
        assert.ok(placeOf(text).startsWith(place), `${text}: ${placeOf(text)}, expected ${place}`);
      }),
    );
  });

  it("takes what JSON.parse takes and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.nat(), (json, cut) => {
        const text = json.slice(0, cut % (json.length + 1));
        let expected: unknown = placeOf;
        try {
          expected = JSON.parse(text);
        } catch {
          assert.notEqual(placeOf(text), "fine");
          return;
        }
        assert.deepEqual(parseJson(text, "case.json"), expected);
      }),
    );
  });
});
