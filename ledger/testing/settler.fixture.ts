import { EmbeddedLedger } from "../embedded/ledger.js";
import { asking, openingOf, roundOf, settling, testMarket } from "./settlements.js";

/**
 * `node settler.fixture.js FOLDER TRADES`: settles round after round, the last two again, and says each one that is
 * committed, until it is killed.
 */
const [folder, trades] = process.argv.slice(2);
const market = testMarket("feeder", Number(trades));
const ledger = await EmbeddedLedger.open(folder);
for (const command of openingOf(market)) await ledger.submit(command);
const { next } = JSON.parse(await ledger.query(asking("Market", market.name))) as { next: string };
for (let period = Math.max(0, Number(next) - 2); ; period++) {
  const { result } = await ledger.submit(settling(roundOf(market, period)));
  process.stdout.write(`${period} ${result}\n`);
}
