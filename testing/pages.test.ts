import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFiles, readProjectText } from "./sources.js";

/** Stands for any name. */
const PLACEHOLDER = /^x\./;

/** A page without its fenced blocks, whose file names are a reader's. */
function proseOf(page: string): string {
  return readProjectText(page).replace(/^( *)```[\s\S]*?^\1```$/gm, "");
}

/** Files that a text's links name, relative to the page. */
function linkedFiles(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1].replace(/#.*$/, ""));
  return targets.filter(target => target !== "" && !/^[a-z]+:/.test(target));
}

/** Sources that a text names in backticks; a pattern or a placeholder is no name. */
function namedSources(text: string): string[] {
  return [...text.matchAll(/`((?:\.\.?\/)*[\w-]+(?:[/.][\w-]+)*\.(?:ts|proto))`/g)].map(match => match[1]);
}

const files = projectFiles();
const pages = files.filter(path => path.endsWith(".md"));

describe("the pages", () => {
  for (const page of pages) {
    it(`${page} names files that are there`, () => {
      const text = proseOf(page);
      const missing = [
        ...linkedFiles(text).filter(target => !existsSync(join(dirname(page), target))),
        ...namedSources(text).filter(name => !PLACEHOLDER.test(name) && !isThere(page, name)),
      ];
      assert.deepEqual(missing, []);
    });
  }

  it("names are found in links and in backticks", () => {
    assert.deepEqual(linkedFiles("[a](x.md#y) [b](https://z.org) [c](#d) ![e](f/g.svg)"), ["x.md", "f/g.svg"]);
    assert.deepEqual(namedSources("`a.ts`, `b/c.test.ts`, `*.ts`, `d.md`, `../e/f.proto`"), [
      "a.ts",
      "b/c.test.ts",
      "../e/f.proto",
    ]);
  });
});

/** A name may start from the root, from the page's folder or from a folder below it. */
function isThere(page: string, name: string): boolean {
  const folder = dirname(page);
  if (existsSync(name) || existsSync(join(folder, name))) return true;
  return files.some(path => path.endsWith(`/${name}`) && (folder === "." || path.startsWith(`${folder}/`)));
}
