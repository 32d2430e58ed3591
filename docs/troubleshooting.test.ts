import assert from "node:assert/strict";
import { ERRORS } from "../broker/wire/index.js";
import { blocksOf, readPage } from "./testing/markdown.js";

const [, ...sections] = readPage("docs/troubleshooting.md").split(/^## /m);
const byCode = new Map(sections.map(section => [section.slice(0, section.indexOf("\n")), section]));

describe("docs/troubleshooting.md", () => {
  it("has every code of the catalogue and no other", () => {
    assert.deepEqual([...byCode.keys()].sort(), Object.keys(ERRORS).sort());
  });

  for (const [code, meaning] of Object.entries(ERRORS)) {
    it(`explains ${code} with its meaning, a message and a cure`, () => {
      const section = byCode.get(code) ?? "";
      assert.ok(section.includes(`\n> ${meaning}\n`), "the meaning is that of the catalogue");
      const [block] = blocksOf(section);
      assert.ok(new RegExp(`^${code}( \\(\\S+\\))?: \\S`, "m").test(block.text), "a message as it is printed");
      assert.ok(section.slice(section.lastIndexOf("```") + 3).trim().length > 20, "what to do");
    });
  }
});
