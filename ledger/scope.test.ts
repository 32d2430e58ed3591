import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { canonical, participantKeys } from "gridloom-settlement/rules";
import { FakeNetwork } from "./fabric/testing/fake-network.js";
import { openLedger } from "./open-ledger.js";
import { scopeOf } from "./scope.js";
import { withFolder } from "./testing/toy-ledger.js";

describe("the scope of a run", function () {
  this.timeout(30_000);

  it("is made up once for each run on a network, and empty on a ledger of its own", () =>
    withFolder(folder => {
      for (const run of ["one", "two"]) mkdirSync(join(folder, run));
      const scope = scopeOf("gateway", join(folder, "one"));
      assert.match(scope, /^run-[0-9a-f]{16}$/);
      assert.equal(scopeOf("fabric-network", join(folder, "one")), scope);
      assert.notEqual(scopeOf("gateway", join(folder, "two")), scope);
      assert.equal(scopeOf("embedded", join(folder, "one")), "");
      return Promise.resolve();
    }));

  it("lets runs with other seeds have the same names on one network", async () => {
    const network = await FakeNetwork.start();
    const ledger = await openLedger("gateway", { network: { description: network.description } });
    try {
      for (const seed of ["1", "2"]) {
        const { publicKey } = participantKeys(seed, "utility");
        const registrations = canonical([{ participant: "utility", publicKey, validUntil: "" }]);
        const register = { function: "RegisterParticipants", args: [`run-${seed}`, registrations], as: "registrar" };
        const { replayed } = await ledger.submit(register);
        assert.equal(replayed, false);
        const known = JSON.parse(await ledger.query({ function: "Participant", args: [`run-${seed}`, "utility"] })) as {
          publicKey: string;
        };
        assert.equal(known.publicKey, publicKey);
      }
    } finally {
      await ledger.close();
      await network.stop();
    }
  });
});
