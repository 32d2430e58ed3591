import { modelOf, sketchFederation } from "../../broker/core/oracle/sketch.js";
import { readBrokerAddress } from "../broker-address.js";
import { connect } from "../client.js";
import { runHostProcess } from "../host-process.js";
import { runJoinedHost } from "../joined-host.js";
import { SocketLine } from "../socket-line.js";
import { discardEffects, loadTicker, tickerCase } from "./ticker.js";
import { ModelHost } from "./model-host.js";

/** What a test tells one of its processes, as JSON in its only argument. */
export type ChildOrder = { readonly runFolder: string; readonly host: string } & (
  | { readonly what: "model"; readonly seed: number; readonly federates: readonly number[] }
  | { readonly what: "ticker"; readonly federates: readonly string[]; readonly throwsAt?: number }
  | { readonly what: "foreign" }
);

async function run(order: ChildOrder): Promise<void> {
  const { runFolder, host } = order;
  if (order.what === "ticker") {
    const { federates, throwsAt } = order;
    const shape = tickerCase(throwsAt);
    await runHostProcess({ shape, folder: ".", load: loadTicker, effects: discardEffects, runFolder, host, federates });
    return;
  }
  const address = await readBrokerAddress(runFolder);
  if (order.what === "model") {
    const running = new ModelHost(modelOf(sketchFederation(order.seed)), order.federates);
    await runJoinedHost(running, new SocketLine(address), { name: host, token: address.token });
    process.send?.(running.trace);
    return;
  }
  const client = await connect({ ...address, name: host });
  client.publish("count", 0);
  for (let grant = await client.request(0); grant !== undefined; grant = await client.request(grant.time + 1000)) {
    client.publish("count", grant.time);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

try {
  await run(JSON.parse(process.argv[2]) as ChildOrder);
} catch (error) {
  process.send?.({
    code: (error as { code?: string }).code,
    message: (error as Error).message,
    at: performance.timeOrigin + performance.now(),
  });
  process.exitCode = 1;
}
process.disconnect?.();
