import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BROKER_FILE, CosimError } from "../wire/index.js";
import { startBroker, type Broker } from "./broker.js";
import { pairPlan } from "./testing.js";

const hosts = [{ name: "both", federates: [0, 1] }];

async function stop(broker: Broker): Promise<void> {
  broker.fail(new CosimError("COSIM_INTERRUPTED", "The test is over."));
  await assert.rejects(broker.done, { code: "COSIM_INTERRUPTED" });
}

describe("a broker", () => {
  let runFolder = "";

  beforeEach(async () => {
    runFolder = await mkdtemp(join(tmpdir(), "gridloom-broker-"));
  });

  afterEach(() => rm(runFolder, { recursive: true }));

  it("says in a file for its owner alone how to reach it, while it can be reached", async () => {
    const broker = await startBroker({ plan: pairPlan, hosts, runFolder });
    const path = join(runFolder, BROKER_FILE);
    assert.deepEqual(JSON.parse(await readFile(path, "utf8")), JSON.parse(JSON.stringify(broker.address)));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.match(broker.address.endpoint, /^tcp:\/\/127\.0\.0\.1:\d+$/);
    await stop(broker);
    await assert.rejects(stat(path), { code: "ENOENT" });
  });

  it("has a port and a token of its own", async () => {
    const brokers = [
      await startBroker({ plan: pairPlan, hosts, runFolder }),
      await startBroker({ plan: pairPlan, hosts, runFolder }),
    ];
    const [first, second] = brokers.map(broker => broker.address);
    assert.notEqual(first.endpoint, second.endpoint);
    assert.notEqual(first.token, second.token);
    for (const broker of brokers) await stop(broker);
  });

  it("ends when its signal says so", async () => {
    const interrupt = new AbortController();
    const broker = await startBroker({ plan: pairPlan, hosts, runFolder }, interrupt.signal);
    interrupt.abort();
    await assert.rejects(broker.done, { code: "COSIM_INTERRUPTED" });
  });

  it("does not listen beyond loopback without keys", async () => {
    await assert.rejects(startBroker({ plan: pairPlan, hosts, runFolder, listen: "*" }), {
      code: "COSIM_LISTEN_NEEDS_KEYS",
    });
    const keys = join(runFolder, "keys.json");
    await writeFile(keys, '{"publicKey": "short", "secretKey": "short"}');
    await assert.rejects(startBroker({ plan: pairPlan, hosts, runFolder, listen: "*", keys }), {
      code: "COSIM_LISTEN_NEEDS_KEYS",
    });
  });

  it("makes keys into a file for its owner alone, and tells only the public one", async () => {
    const broker = await startBroker({ plan: pairPlan, hosts, runFolder, listen: "127.0.0.1", keys: "generate" });
    const path = join(runFolder, "broker-keys.json");
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const keys = JSON.parse(await readFile(path, "utf8")) as { publicKey: string; secretKey: string };
    assert.equal(broker.address.publicKey, keys.publicKey);
    assert.equal((await readFile(join(runFolder, BROKER_FILE), "utf8")).includes(keys.secretKey), false);
    await stop(broker);
  });

  it("tells its status while it waits", async () => {
    const told: string[] = [];
    const broker = await startBroker({ plan: pairPlan, hosts, runFolder, onStatus: ({ state }) => told.push(state) });
    await new Promise(resolve => setTimeout(resolve, 400));
    assert.deepEqual(told, ["joining"]);
    await stop(broker);
  });
});
