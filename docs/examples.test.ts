import assert from "node:assert/strict";
import { withFolder } from "../testing/case-runner.js";
import { blocksOf, commandsOf, looksLike, PAGES, readPage, type Block } from "./testing/markdown.js";
import { compileExample } from "./testing/type-check.js";
import { Workshop } from "./testing/workshop.js";

/** Does what a reader would do with a block: save it as its file, run it, or type its commands and compare. */
function follow(workshop: Workshop, { language, file, text, line }: Block): void {
  const at = `line ${line}`;
  if (language === "console") {
    for (const { command, expected } of commandsOf(text)) {
      const { output } = workshop.run(command);
      assert.ok(looksLike(output, expected), `${at}: $ ${command}\nsays\n${output}\ninstead of\n${expected}`);
    }
    return;
  }
  if (language === "json") JSON.parse(text);
  const { output: code, problems } = language === "ts" ? compileExample(text) : { output: text, problems: [] };
  assert.deepEqual(problems, [], at);
  const name = (file ?? "example.mjs").replace(/\.ts$/, ".js");
  if (file !== undefined || language === "js") workshop.write(name, code);
  if (file === undefined && language === "js") {
    const { code: status, output } = workshop.run(`node ${name}`);
    assert.equal(status, 0, `${at}: ${output}`);
  }
}

describe("the documentation's examples", () => {
  for (const page of PAGES) {
    it(`${page} does what it says`, () =>
      withFolder(folder => {
        const workshop = new Workshop(folder);
        workshop.write("package.json", '{ "type": "module" }');
        const blocks = blocksOf(readPage(page)).filter(({ language }) => /^(ts|js|json|csv|console)$/.test(language));
        for (const block of blocks) follow(workshop, block);
      })).timeout(120_000);
  }

  it("a wrong port in a TypeScript example is found", () => {
    const federate = `import { defineFederate, z } from "gridloom";
      export default defineFederate({ params: z.strictObject({}), inputs: { price: { type: "number" } }, outputs: {},
        create: () => ({ state: {} }), step(_, { inputs }) { inputs.prise.toFixed(); return undefined; } });`;
    assert.match(compileExample(federate).problems.join(), /'prise' does not exist/);
  });

  it("expected output is compared line by line, with gaps where it says so", () => {
    assert.ok(looksLike("a 1\nb\nc\n", "a ...\n...\nc"));
    assert.ok(looksLike("a\n", "a"));
    assert.ok(!looksLike("a\nb\n", "a"));
    assert.ok(!looksLike("a 1\nc\n", "a 2\nc"));
    assert.ok(!looksLike("axb\n", "a.b"));
  });
});
