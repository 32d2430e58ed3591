import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorityConfig } from "../config/authority-config.js";
import { ask } from "../host/ask.js";
import { builtAuthority, hasGo } from "../host/programs.js";
import { freePorts } from "../ports.js";
import { retry } from "../retry.js";
import { type AuthorityAddress, openRegistrar, ROLE_ATTRIBUTE } from "./identities.js";
import { writeState } from "./material.js";

const NAME = "ca.test";
const SECRET = "not-a-secret";
const BUILD_MS = 900_000;

describe("identities, at a real Fabric CA", function () {
  this.timeout(BUILD_MS);
  let folder: string;
  let server: ChildProcess;
  let authority: AuthorityAddress;

  before(async function () {
    if (!hasGo()) {
      console.log("      skipped: no Go, which builds Fabric CA");
      return this.skip();
    }
    const program = await builtAuthority(text => {
      console.log(`      ${text}`);
    });
    folder = mkdtempSync(join(tmpdir(), "authority-"));
    const [service, operations] = await freePorts(2);
    const settings = { name: NAME, hosts: ["127.0.0.1"], bind: "127.0.0.1", ports: { service, operations } };
    const config = authorityConfig({ ...settings, secret: SECRET, hasKeys: false });
    writeState(folder, "fabric-ca-server-config.yaml", config, 0o600);
    server = spawn(program, ["start"], { cwd: folder, env: { FABRIC_CA_HOME: folder }, stdio: "ignore" });
    const url = `https://127.0.0.1:${service}`;
    await retry({ what: "Fabric CA", forSeconds: 30, restMs: 50 }, async () => {
      await ask(operations, "/healthz");
      authority = { url, name: NAME, tlsRoot: readFileSync(join(folder, "ca-cert.pem"), "utf8"), mspId: "TestMSP" };
      await openRegistrar(authority, SECRET);
    });
  });

  after(async () => {
    if (server === undefined) return;
    server.kill();
    await once(server, "exit");
    rmSync(folder, { recursive: true });
  });

  it("bear the attribute by which the contract knows their role", async () => {
    const registrar = await openRegistrar(authority, SECRET);
    const { certificate, key } = await registrar.enrol("alice", { [ROLE_ATTRIBUTE]: "operator" });
    const x509 = new X509Certificate(certificate);
    assert.match(x509.subject, /CN=alice/);
    assert.match(x509.subject, /OU=client/);
    assert.ok(x509.raw.includes(`"${ROLE_ATTRIBUTE}":"operator"`));
    assert.match(key, /^-----BEGIN (?:EC )?PRIVATE KEY-----/);
  });

  it("are signed by the authority, which nobody else can be taken for", async () => {
    const registrar = await openRegistrar(authority, SECRET);
    const { certificate } = await registrar.enrol("bob", {});
    const root = new X509Certificate(authority.tlsRoot);
    assert.ok(new X509Certificate(certificate).verify(root.publicKey));
    await assert.rejects(openRegistrar({ ...authority, tlsRoot: certificate }, SECRET));
  });

  it("are refused for a wrong password and for a name that was enrolled before", async () => {
    await assert.rejects(openRegistrar(authority, "wrong"), /Authentication failure/);
    const registrar = await openRegistrar(authority, SECRET);
    await registrar.enrol("carol", {});
    await assert.rejects(registrar.enrol("carol", {}), /already registered/);
  });

  it("are on the list of the revoked after they were taken back, and only then", async () => {
    const registrar = await openRegistrar(authority, SECRET);
    const dave = new X509Certificate((await registrar.enrol("dave", {})).certificate);
    const erin = new X509Certificate((await registrar.enrol("erin", {})).certificate);
    const list = Buffer.from((await registrar.revoke("dave")).replace(/-----[^-]+-----|\s/g, ""), "base64");
    assert.ok(list.includes(Buffer.from(dave.serialNumber, "hex")));
    assert.ok(!list.includes(Buffer.from(erin.serialNumber, "hex")));
  });
});
