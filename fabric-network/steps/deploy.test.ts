import assert from "node:assert/strict";
import { fakeHost, type ToolCall } from "../testing/fake-host.js";
import { fixedNetwork } from "../testing/fixed-network.js";
import { deploy } from "./deploy.js";

const NETWORK = fixedNetwork("native", "dev");
const IDS = { operator: "settlement_2:11", prosumers: "settlement_2:22" };
const verbOf = ({ args }: ToolCall) => args[2];

/** Peers on which a version is committed, or none. */
function peersWith(version: string | undefined, answers: Readonly<Record<string, string | Error>> = {}) {
  const defined =
    version === undefined ? {} : { chaincode_definitions: [{ name: "settlement", version, sequence: 4 }] };
  const standard = { querycommitted: JSON.stringify(defined) };
  return fakeHost(call => ({ ...standard, ...answers })[verbOf(call)] ?? "");
}

describe("the contract's deployment", () => {
  it("asks, and does nothing where the version runs", async () => {
    const host = peersWith("2");
    assert.equal(await deploy(NETWORK, host, { version: "2", packageIds: IDS }), 4);
    assert.deepEqual(host.calls.map(verbOf), ["querycommitted"]);
  });

  it("is approved by each organisation with its own package, then committed once", async () => {
    const host = peersWith(undefined);
    assert.equal(await deploy(NETWORK, host, { version: "2", packageIds: IDS }), 1);
    const approvals = host.calls.filter(call => verbOf(call) === "approveformyorg");
    assert.deepEqual(approvals.map(({ args }) => args.at(-1)).sort(), Object.values(IDS));
    const [commit, ...others] = host.calls.filter(call => verbOf(call) === "commit");
    assert.deepEqual(others, []);
    assert.equal(host.calls.at(-1), commit);
    assert.equal(commit.args.filter(arg => arg === "--peerAddresses").length, 2);
  });

  it("follows another version as the next sequence", async () => {
    const host = peersWith("1");
    assert.equal(await deploy(NETWORK, host, { version: "2", packageIds: IDS }), 5);
    assert.ok(host.calls.some(({ args }) => args.join(" ").includes("--version 2 --sequence 5")));
  });

  it("goes on where an earlier start was broken off", async () => {
    const host = peersWith(undefined, {
      install: new Error("Error: chaincode already successfully installed (package ID 'settlement_2:11')"),
      approveformyorg: new Error(
        "attempted to redefine uncommitted sequence (1) for namespace settlement with unchanged content",
      ),
    });
    assert.equal(await deploy(NETWORK, host, { version: "2", packageIds: IDS }), 1);
  });
});
