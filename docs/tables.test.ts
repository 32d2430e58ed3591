import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { readPage } from "./testing/markdown.js";
import { fillTables, TABLES } from "./testing/tables.js";

const pages = ["docs/cases.md", "docs/writing-a-federate.md", "docs/learning.md", "docs/dispatch.md"];

describe("the documentation's tables", () => {
  for (const page of pages) {
    it(`${page} says what the program reads; WRITE_DOCS=1 writes it anew`, async () => {
      const text = readPage(page);
      const filled = await fillTables(text);
      if (process.env.WRITE_DOCS === "1") writeFileSync(page, filled);
      else assert.equal(text, filled);
    });
  }

  it("are all shown", () => {
    const shown = pages.map(readPage).join("\n");
    for (const name of Object.keys(TABLES)) assert.ok(shown.includes(`<!-- table: ${name} -->`), name);
  });
});
