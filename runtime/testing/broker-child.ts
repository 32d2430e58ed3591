import { requireAssembly } from "../assemble.js";
import { startTestBroker } from "./broker-run.js";
import { loadTicker, tickerCase } from "./ticker.js";

const { plan } = await requireAssembly(tickerCase(), ".", loadTicker);
const hosts = plan.federates.map(({ shape: { name } }, f) => ({ name, federates: [f] }));
const broker = await startTestBroker({ plan, hosts });
process.send?.(broker.runFolder);
const watch = setInterval(() => {
  if ((broker.status().time ?? 0) < 20_000) return;
  clearInterval(watch);
  process.send?.("running");
}, 10);
