import { openLedger } from "../open-ledger.js";
import { describeLedger } from "../testing/conformance.js";
import { FakeNetwork } from "./testing/fake-network.js";

for (const driver of ["gateway", "fabric-network"] as const) {
  let network: FakeNetwork;
  describeLedger(`fake ${driver}`, {
    open: async () => {
      network = await FakeNetwork.start();
      return openLedger(driver, { network: { description: network.description, patience: { lagMs: 200 } } });
    },
    cleanUp: () => network.stop(),
  });
}
