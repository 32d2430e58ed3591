import assert from "node:assert/strict";
import { ERRORS } from "../broker/wire/index.js";
import { readProjectText, sourceFiles } from "../testing/sources.js";
import { blocksOf, readPage } from "./testing/markdown.js";

const [, ...sections] = readPage("docs/troubleshooting.md").split(/^## /m);
const byCode = new Map(sections.map(section => [section.slice(0, section.indexOf("\n")), section]));

/** Words that stand side by side in a message and are the program's own, not names or figures. */
const FIXED_WORDS = 4;

/** Sequences of words of a text. */
function phrasesOf(text: string): string[] {
  const words = text.trim().split(/\s+/);
  return words.slice(FIXED_WORDS - 1).map((_, i) => words.slice(i, i + FIXED_WORDS).join(" "));
}

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

  it("shows messages that the program has, also where no command is typed", () => {
    const program = sourceFiles()
      .filter(path => !path.endsWith(".test.ts") && !path.startsWith("docs/"))
      .map(readProjectText)
      .join("\n");
    for (const [code, section] of byCode) {
      const [block] = blocksOf(section);
      if (block.language !== "text" || code === "COSIM_INTERNAL") continue;
      const phrases = phrasesOf(block.text.replace(/^\S+( \(\S+\))?:/, ""));
      assert.ok(
        phrases.some(phrase => program.includes(phrase)),
        `${code}: ${block.text}`,
      );
    }
  });
});
