import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { readPage } from "./testing/markdown.js";
import { Workshop } from "./testing/workshop.js";

const PICTURE = "docs/prices.svg";
const MARKED = /(<!-- summary -->\n)([\s\S]*?)(\n<!-- end of summary -->)/;

/** What the main job prints, without what differs from run to run. */
function summaryOf(printed: string): string {
  const lines = printed
    .trimEnd()
    .split("\n")
    .slice(printed.split("\n").findIndex(line => line.startsWith("case ")));
  const steady = lines.filter(line => !/^(wall clock|run folder) /.test(line));
  return `\n\`\`\`text\n${steady.join("\n")}\n\`\`\`\n`;
}

describe("the main job", () => {
  it("prints the table and draws the picture of README.md; WRITE_DOCS=1 writes them anew", () =>
    withFolder(folder => {
      const workshop = new Workshop(folder);
      const { code, output } = workshop.run("gridloom launch --out run && gridloom plot run prices");
      assert.equal(code, 0, output);
      const summary = summaryOf(output.slice(0, output.lastIndexOf("run folder")));
      const picture = readFileSync(join(folder, "run/prices.svg"), "utf8");
      const readme = readPage("README.md");
      if (process.env.WRITE_DOCS === "1") {
        writeFileSync("README.md", readme.replace(MARKED, `$1${summary}$3`));
        writeFileSync(PICTURE, picture);
        return;
      }
      assert.equal(MARKED.exec(readme)?.[2], summary);
      assert.equal(readFileSync(PICTURE, "utf8"), picture);
    })).timeout(120_000);
});
