import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { projectFiles, readProjectText, sourceFiles } from "./sources.js";

/** Tables of data, which are as long as what they hold. */
const TABLES = /\/data\/|\/pictures\.ts$/;
const MOST_LINES = 300;

const LAYERS =
  "broker broker/wire broker/core broker/server runtime models methods federates ledger chaincode fabric-network cases".split(
    " ",
  );
const FOLDERS = [...LAYERS, "tools", "bench", "testing", "docs"];

/** What would tie the project to one machine or one registry, or give a secret away. */
const GIVEAWAYS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a path of one machine", /(?<![\w.\-])\/(?:work|root|home\/\w+|Users\/\w+)\//],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a token", /\b(?:npm_|ghp_|github_pat_)\w{20,}/],
  ["the address of a registry", /https?:\/\/[\w.:-]*(?:registry|artifactory|nexus|pypi)[\w.:-]*\//],
];

const TEXT = /\.(ts|js|json|md|proto|svg|ya?ml)$|^\.[\w.]+$|^\.ci\/|^LICENSE$/;

/** Where the giveaways stand in a text. */
function giveawaysIn(path: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, i) =>
      GIVEAWAYS.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${path}:${i + 1} has ${what}`),
    );
}

describe("the rules of the house", () => {
  it(`no source has more than ${MOST_LINES} lines, tables apart`, () => {
    const lengths = sourceFiles()
      .filter(path => !TABLES.test(path))
      .map(path => ({ path, lines: readProjectText(path).trimEnd().split("\n").length }));
    const long = lengths.filter(({ lines }) => lines > MOST_LINES).map(({ path, lines }) => `${path}: ${lines}`);
    assert.deepEqual(long, []);
  });

  it("every folder of the architecture has a README of one screen", () => {
    for (const folder of FOLDERS) assert.ok(existsSync(`${folder}/README.md`), `${folder} has no README.md`);
    for (const layer of LAYERS) {
      const lines = readProjectText(`${layer}/README.md`).split("\n").length;
      assert.ok(lines <= 60, `${layer}/README.md has ${lines} lines`);
    }
  });

  it("package.json names exact versions, and those of the lock", () => {
    const { packages } = JSON.parse(readProjectText("package-lock.json")) as Lock;
    for (const manifest of ["package.json", "chaincode/package.json"]) {
      const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readProjectText(manifest)) as Record<
        string,
        Versions
      >;
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
        assert.match(version, /^\d+\.\d+\.\d+$/, name);
        const locked = packages[`node_modules/${name}`];
        assert.equal((locked.link === undefined ? locked : packages[locked.resolved]).version, version, name);
      }
    }
  });

  it("no file has paths of a machine, registries, keys or tokens", () => {
    const files = projectFiles().filter(path => TEXT.test(path) && path !== "testing/house-rules.test.ts");
    assert.deepEqual(
      files.flatMap(path => giveawaysIn(path, readProjectText(path))),
      [],
    );
  });

  it("giveaways are recognised", () => {
    const planted = [
      'const folder = "/root/x/";',
      "cd /work/main/",
      "-----BEGIN EC PRIVATE KEY-----",
      `npm_${"a1".repeat(18)}`,
      '"resolved": "https://registry.example.org/zod/-/zod-4.tgz"',
    ];
    for (const line of planted) assert.equal(giveawaysIn("x", line).length, 1, line);
    for (const line of ["dist/work/main.js", "../shared/root/x", "see https://nodejs.org/"]) {
      assert.deepEqual(giveawaysIn("x", line), []);
    }
  });
});

type Versions = Readonly<Record<string, string>>;

interface Lock {
  /** An entry with `link` stands for a workspace, whose own entry `resolved` names. */
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly link?: true; readonly resolved: string }>
  >;
}
