import assert from "node:assert/strict";
import { fakeHost } from "../testing/fake-host.js";
import { fixedNetwork } from "../testing/fixed-network.js";
import { asAdministrator, blockHeight, joinChannel } from "./channel.js";

const NETWORK = fixedNetwork("native", "ha");

describe("the channel", () => {
  it("is joined by every orderer and every peer, each as its own administrator", async () => {
    const host = fakeHost();
    await joinChannel(NETWORK, host);
    assert.deepEqual(host.calls.map(({ program }) => program).sort(), [
      "osnadmin",
      "osnadmin",
      "osnadmin",
      "peer",
      "peer",
    ]);
    const peers = host.calls.filter(({ program }) => program === "peer");
    assert.deepEqual(
      peers.map(({ environment }) => environment.CORE_PEER_LOCALMSPID),
      ["OperatorMSP", "ProsumersMSP"],
    );
  });

  it("is not joined twice, and waited for where it is not ready", async () => {
    let refusals = 3;
    const host = fakeHost(({ program }) => {
      if (program === "peer") return new Error("ledger [gridloom] already exists with state [ACTIVE]");
      return refusals-- > 0 ? new Error("connection refused") : "";
    });
    await joinChannel(NETWORK, host);
    assert.equal(host.calls.filter(({ program }) => program === "peer").length, 2);
    assert.equal(host.calls.filter(({ program }) => program === "osnadmin").length, 3 + 3);
  });

  it("has the height that the peer tells", async () => {
    const host = fakeHost(() => 'Blockchain info: {"height":12,"currentBlockHash":"x"}\n');
    assert.equal(await blockHeight(NETWORK, NETWORK.members[0], host), 12);
    const { CORE_PEER_ADDRESS } = asAdministrator(NETWORK, NETWORK.members[0], host);
    assert.equal(CORE_PEER_ADDRESS, `127.0.0.1:${NETWORK.members[0].peer.ports.service}`);
  });
});
