import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identityFor, ownPeer, readSite } from "./site.js";
import { TestAuthority } from "./testing/certificates.js";

describe("the description of a network", () => {
  const { own } = new TestAuthority("ca");
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "gridloom-site-"));
    await write("cert.pem", own.certificate);
    await write("key.pem", own.privateKey);
    await write("tls.pem", "TLS");
  });
  after(() => rm(folder, { recursive: true }));

  const write = (name: string, text: string | object) =>
    writeFile(join(folder, name), typeof text === "string" ? text : JSON.stringify(text));

  const profile = {
    client: { organization: "operator" },
    organizations: { operator: { mspid: "OperatorMSP", peers: ["peer0"] } },
    peers: {
      peer0: {
        url: "grpcs://127.0.0.1:7051",
        tlsCACerts: { path: "tls.pem" },
        grpcOptions: { "ssl-target-name-override": "peer0.test" },
      },
    },
  };
  const description = {
    channel: "gridloom",
    chaincode: { name: "settlement" },
    organisations: [{ connectionProfile: "profile.json" }],
    identities: { operator: { mspId: "OperatorMSP", certificate: "cert.pem", key: "key.pem" } },
  };

  async function read(changed: object = {}, changedProfile: object = {}) {
    await write("profile.json", { ...profile, ...changedProfile });
    await write("summary.json", { ...description, ...changed });
    return readSite({ description: join(folder, "summary.json"), patience: { inFlight: 7 } });
  }

  it("names all that a driver needs; paths begin at the file that has them", async () => {
    const site = await read();
    const { privateKey, certificate } = identityFor(site, "operator");
    assert.deepEqual([certificate, privateKey], [own.certificate, own.privateKey]);
    assert.deepEqual(ownPeer(site.profile), {
      address: "127.0.0.1:7051",
      tlsAuthority: "TLS",
      hostName: "peer0.test",
    });
    assert.deepEqual([site.channel, site.chaincode, site.patience.inFlight], ["gridloom", "settlement", 7]);
  });

  const faults: readonly (readonly [string, object, object, RegExp])[] = [
    [
      "a missing profile",
      { organisations: [{ connectionProfile: "nowhere.json" }] },
      {},
      /nowhere\.json cannot be read/,
    ],
    ["no organisation", { organisations: [] }, {}, /summary\.json cannot be used\. organisations/],
    ["no channel", { channel: undefined }, {}, /summary\.json cannot be used\. channel: /],
    [
      "a missing key",
      { identities: { operator: { mspId: "M", certificate: "cert.pem", key: "x" } } },
      {},
      /x cannot be/,
    ],
    [
      "an address of the web",
      {},
      { peers: { peer0: { url: "https://x" } } },
      /profile\.json .* peers\.peer0\.url: is not grpc/,
    ],
    ["a client of no organisation", {}, { client: { organization: "other" } }, /does not describe .* other/],
  ];
  for (const [what, changed, changedProfile, message] of faults) {
    it(`with ${what} is refused, with the file and the place`, async () => {
      const attempt = read(changed, changedProfile).then(site => ownPeer(site.profile));
      await assert.rejects(attempt, { code: "LEDGER_NETWORK_INVALID", message });
    });
  }

  it("that is not JSON is refused", async () => {
    await write("summary.json", "{");
    await assert.rejects(readSite({ description: join(folder, "summary.json") }), {
      message: /summary\.json is not JSON/,
    });
  });

  it("without an identity for a role names those that it has", async () => {
    const site = await read();
    assert.throws(() => identityFor(site, "treasury"), {
      code: "LEDGER_NETWORK_INVALID",
      message: /There is no identity for treasury in .*; it has operator\. Enrol treasury first\./,
    });
  });

  it("with an expired certificate says since when", async () => {
    const { certificate, privateKey } = new TestAuthority("ca").issue({ name: "old", validTo: new Date("2020-05-01") });
    await write("old.pem", certificate);
    await write("old-key.pem", privateKey);
    const site = await read({ identities: { operator: { mspId: "M", certificate: "old.pem", key: "old-key.pem" } } });
    assert.throws(() => identityFor(site, "operator"), {
      code: "LEDGER_IDENTITY",
      message:
        "The certificate of operator (M) ended on 2020-05-01T00:00:00.000Z and is not accepted any more. Enrol again.",
    });
  });
});
