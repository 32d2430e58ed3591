import assert from "node:assert/strict";
import { load, openLedger } from "./open-ledger.js";

describe("openLedger", () => {
  it("asks for what a driver must know", async () => {
    await assert.rejects(openLedger("embedded", {}), {
      code: "LEDGER_NETWORK_INVALID",
      message: /needs to be told its folder/,
    });
    await assert.rejects(openLedger("gateway", {}), { message: /The ledger gateway needs to be told its network/ });
    await assert.rejects(openLedger("fabric-network", { folder: "x" }), { message: /needs to be told its network/ });
  });

  it("names the package that is missing, and its version", async () => {
    const missing = Object.assign(new Error("Cannot find package 'fabric-network' imported from x"), {
      code: "ERR_MODULE_NOT_FOUND",
    });
    await assert.rejects(
      load("fabric-network", () => Promise.reject(missing)),
      {
        code: "LEDGER_PACKAGE_MISSING",
        message:
          "The package fabric-network is missing, which the ledger fabric-network needs: npm install fabric-network@2.2.20.",
      },
    );
    const other = new TypeError("something else");
    await assert.rejects(
      load("gateway", () => Promise.reject(other)),
      other,
    );
  });
});
