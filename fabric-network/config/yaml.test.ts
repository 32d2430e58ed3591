import assert from "node:assert/strict";
import fc from "fast-check";
import { readYaml } from "../testing/reader.js";
import { toYaml, type Yaml } from "./yaml.js";

describe("YAML of configurations", () => {
  it("is block style with quoted strings", () => {
    const value = { port: 7, hosts: ["a", "yes"], empty: [], none: {}, deep: [{ x: true, y: [[1, 2]] }] };
    const expected = [
      ...["port: 7", "hosts:", '  - "a"', '  - "yes"', "empty: []", "none: {}"],
      ...["deep:", "  - x: true", "    y:", "      - - 1", "        - 2", ""],
    ];
    assert.equal(toYaml(value), expected.join("\n"));
  });

  it("is read back as it was by another library", () => {
    const { value } = fc.letrec<{ value: Yaml }>(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-zA-Z_][\w.-]{0,8}$/), tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const ambiguous = /^(y|n|yes|no|on|off|true|false|null|__proto__)$/i;
    const hasAmbiguousKey = (of: unknown): boolean =>
      typeof of === "object" &&
      of !== null &&
      Object.entries(of).some(([k, v]) => ambiguous.test(k) || hasAmbiguousKey(v));
    fc.assert(
      fc.property(value, original => {
        fc.pre(!hasAmbiguousKey(original));
        assert.deepEqual(readYaml(toYaml(original)), original);
      }),
      { numRuns: 500 },
    );
  });
});
