import assert from "node:assert/strict";
import { curveKeyPair } from "zeromq";
import { CosimError } from "../broker/wire/index.js";
import { requireAssembly } from "./assemble.js";
import { LocalHost } from "./local-host.js";
import { queryBroker } from "./query.js";
import { runHost, startTestBroker } from "./testing/broker-run.js";
import { discardEffects, loadTicker, tickerCase } from "./testing/ticker.js";

describe("a broker with keys", () => {
  it("runs hosts over encrypted connections, and answers nobody who lacks its key", async () => {
    const assembly = await requireAssembly(tickerCase(undefined, 0.005, 0), ".", loadTicker);
    const hosts = [0, 1, 2].map(f => ({ name: `host ${f}`, federates: [f] }));
    const broker = await startTestBroker({ plan: assembly.plan, hosts, listen: "127.0.0.1", keys: "generate" });
    const { publicKey, ...plain } = broker.address;
    assert.equal(publicKey?.length, 40);
    await assert.rejects(queryBroker(plain, 0.3), { code: "COSIM_BROKER_LOST" });
    await assert.rejects(queryBroker({ ...plain, publicKey: curveKeyPair().publicKey }, 0.3), {
      code: "COSIM_BROKER_LOST",
    });
    assert.equal((JSON.parse(await queryBroker(broker.address)) as { state: string }).state, "joining");
    const running = hosts.map(({ name, federates }) =>
      runHost(broker, new LocalHost(assembly, discardEffects, federates), { name, transport: "socket" }),
    );
    await Promise.all([broker.done, ...running]);
    broker.fail(new CosimError("COSIM_INTERRUPTED", "too late to matter"));
  });
});
