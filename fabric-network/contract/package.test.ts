import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { PROJECT } from "../project.js";
import { archive } from "./archive.js";
import { packContract, readContract } from "./package.js";

const CONNECTION = {
  address: "127.0.0.1:9999",
  rootCertificate: "root",
  clientCertificate: "certificate",
  clientKey: "key",
};

/** Unpacks with the system's own tar. */
function unpack(bytes: Uint8Array, folder: string): void {
  writeFileSync(join(folder, "archive.tgz"), bytes);
  execFileSync("tar", ["-xzf", "archive.tgz"], { cwd: folder });
}

describe("the contract's package", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "package-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("holds where the contract listens and how both sides prove who they are", () => {
    unpack(packContract("1.0", CONNECTION).bytes, folder);
    const metadata = JSON.parse(readFileSync(join(folder, "metadata.json"), "utf8")) as unknown;
    assert.deepEqual(metadata, { type: "ccaas", label: "settlement_1.0" });
    unpack(readFileSync(join(folder, "code.tar.gz")), folder);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "connection.json"), "utf8")), {
      address: "127.0.0.1:9999",
      dial_timeout: "10s",
      tls_required: true,
      root_cert: "root",
      client_auth_required: true,
      client_cert: "certificate",
      client_key: "key",
    });
  });

  it("has the same id on every machine and Node", () => {
    const { id } = packContract("1.0", CONNECTION);
    assert.equal(id, "settlement_1.0:e4a81975a92ffe4b8fe2e78a9d555b45d0c61c24bd97cd1ea0ab07bb6f807aa6");
    assert.notEqual(packContract("1.0", { ...CONNECTION, address: "127.0.0.1:9998" }).id, id);
  });

  it("is an archive that tar unpacks, whatever the files hold", () => {
    const file = fc.tuple(fc.stringMatching(/^[a-z]{1,20}$/), fc.uint8Array({ maxLength: 1500 }));
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ([name]) => name, minLength: 1, maxLength: 4 }), files => {
        unpack(archive(Object.fromEntries(files)), folder);
        for (const [name, data] of files) assert.deepEqual(new Uint8Array(readFileSync(join(folder, name))), data);
      }),
      { numRuns: 20 },
    );
  });

  it("names the code by the digest that the contract reports", () => {
    assert.match(readContract(join(PROJECT, "chaincode")).version, /^\d+\.\d+\.\d+-[0-9a-f]{12}$/);
  });

  it("is refused while the contract is not built", () => {
    writeFileSync(join(folder, "package.json"), '{ "version": "1.0.0", "main": "dist/index.js" }');
    assert.throws(() => readContract(folder), /is not built: run `npm run build`/);
  });
});
