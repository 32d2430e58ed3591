import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { FEDERATES, loadFederate } from "./registry.js";

describe("the registry of federates", () => {
  for (const name of Object.keys(FEDERATES)) {
    it(`has a federate behind "${name}", with one sentence of documentation`, async () => {
      const federate = await loadFederate(name, ".");
      assert.equal(typeof federate.step, "function");
      assert.match(federate.doc ?? "", /^[A-Z].*\.$/s);
    });
  }

  it("loads a module relative to the case's folder", () =>
    withFolder(async folder => {
      writeFileSync(join(folder, "own.mjs"), "export default { params: {}, create() {}, step() {} };");
      assert.equal(typeof (await loadFederate("./own.mjs", folder)).create, "function");
      assert.equal(typeof (await loadFederate(join(folder, "own.mjs"), ".")).create, "function");
    }));

  it("names what is not there, does not load, or is no federate", () =>
    withFolder(async folder => {
      const refused = (use: string, message: RegExp) =>
        assert.rejects(loadFederate(use, folder), { code: "COSIM_FEDERATE_UNKNOWN", message });
      writeFileSync(join(folder, "plain.mjs"), "export default { step: 1 };");
      writeFileSync(join(folder, "broken.mjs"), "export default {");
      await refused("toaster", /There is no kind of federate "toaster"; there are .*counter/);
      await refused("toString", /There is no kind/);
      await refused("./none.mjs", /none\.mjs cannot be loaded/);
      await refused("./broken.mjs", /broken\.mjs cannot be loaded/);
      await refused("./plain.mjs", /plain\.mjs is no federate/);
    }));
});
