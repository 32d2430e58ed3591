import assert from "node:assert/strict";
import { importsOf, servesTests, sourceFiles } from "./sources.js";

/** Who may import whom, besides themselves. Tests and what serves them may import anything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "models": [],
  "methods": ["models"],
  "broker/wire": [],
  "broker/core": ["broker/wire"],
  "broker/server": ["broker/wire", "broker/core"],
  "runtime": ["broker/wire", "broker/core"],
  "chaincode": [],
  "fabric-network": [],
  "ledger": ["broker/wire"],
  "federates": ["broker/wire", "runtime", "models", "methods", "ledger"],
  "cases": ["broker/wire", "runtime", "models", "methods", "federates"],
  "tools": ["broker/wire", "broker/core", "broker/server", "runtime", "federates", "cases", "ledger", "bench"],
  "bench": [
    "broker/wire",
    "broker/core",
    "broker/server",
    "runtime",
    "models",
    "methods",
    "federates",
    "cases",
    "tools",
    "ledger",
  ],
  "index.ts": ["broker/wire", "runtime", "cases", "tools"],
};

const layerOf = (path: string) => /^(broker\/\w+|[\w.-]+)/.exec(path)?.[0] ?? path;

const sources = sourceFiles().filter(path => !servesTests(path) && !path.startsWith("docs/"));

/** Imports that the table does not allow. */
function trespasses(edges: readonly { from: string; to: string }[]): string[] {
  return edges
    .filter(({ from, to }) => {
      const [here, there] = [layerOf(from), layerOf(to)];
      return here !== there && !MAY_IMPORT[here].includes(there);
    })
    .map(({ from, to }) => `${from} -> ${to}`);
}

describe("the layers", () => {
  it("are those of the table", () => {
    const layers = [...new Set(sources.map(layerOf))].filter(layer => !Object.hasOwn(MAY_IMPORT, layer));
    assert.deepEqual(layers, []);
  });

  it("import only what lies below them", () => {
    assert.deepEqual(trespasses(sources.flatMap(path => importsOf(path))), []);
  });

  it("never import what serves tests; benchmarks may measure it", () => {
    const shipped = sources.filter(path => !path.startsWith("bench/"));
    const edges = shipped.flatMap(path => importsOf(path)).filter(({ to }) => servesTests(to));
    assert.deepEqual(
      edges.map(({ from, to }) => `${from} -> ${to}`),
      [],
    );
  });

  it("are read from every kind of import, and a trespass is seen", () => {
    const text = `import { a } from "../runtime/index.js";\nimport type { B } from "./b.js";\nimport "../tools/c.js";
      export * from "../cases/d.js";\nconst e = await import("../federates/e.js");\nimport { z } from "zod";\n`;
    const edges = importsOf("models/x.ts", text);
    const expected = ["runtime/index.ts", "models/b.ts", "tools/c.ts", "cases/d.ts", "federates/e.ts"];
    assert.deepEqual(edges.map(({ to }) => to).sort(), expected.sort());
    assert.equal(trespasses(edges).length, 4);
  });
});
