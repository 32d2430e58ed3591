import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const ofMocha = createRequire(require.resolve("mocha/package.json"));

/** Reads YAML with a library that is not ours: the one that the test runner brings. */
export function readYaml(text: string): unknown {
  return (ofMocha("js-yaml") as { load(text: string): unknown }).load(text);
}
