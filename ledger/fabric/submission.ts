import { asLedgerError } from "../errors.js";
import type { Command, Committed } from "../port.js";
import { findOutcome } from "./blocks.js";
import type { Endorsed, FabricChannel, Outcome } from "./channel.js";
import { readVerdict, VALID } from "./faults.js";
import type { Gate, Tries } from "./tries.js";

/**
 * Carries a command out exactly once, whatever happens on the way.
 *
 * A command is first endorsed. If the contract writes nothing, it knows the command already (each has a key of its own in
 * the state), and its answer is the one that was given then: nothing is ordered. Otherwise the signed transaction is ordered
 * until its outcome is known, always with the same bytes, because peers commit a transaction's id once. A transaction that
 * lost a race for what it had read is endorsed again; if the winner was the same command, it writes nothing now.
 *
 * @param losers Lets one command through at a time, so that those that lost a race do not lose the next to each other.
 */
export async function submitOnce(
  channel: FabricChannel,
  command: Command,
  tries: Tries,
  losers: Gate,
): Promise<Committed> {
  const committed = await race(channel, command, tries);
  if (committed !== undefined) return committed;
  return losers.run(async () => {
    for (;;) {
      const late = await race(channel, command, tries);
      if (late !== undefined) return late;
    }
  });
}

/** Endorses a command and sees it through; undefined when others changed what it had read. */
async function race(channel: FabricChannel, command: Command, tries: Tries): Promise<Committed | undefined> {
  const endorsed = await tries.until(() => channel.endorse(command));
  if (!endorsed.hasEffect) return { result: endorsed.result, position: "", replayed: true };
  const { block, verdict } = await decide(channel, endorsed, tries);
  tries.calm();
  if (verdict === VALID) return { result: endorsed.result, position: String(block), replayed: false };
  await tries.pause(readVerdict(verdict, endorsed.transactionId));
  return undefined;
}

/** Orders a transaction until it stands in a block. After each failure the peer is asked first, for it may know the outcome. */
async function decide(channel: FabricChannel, endorsed: Endorsed, tries: Tries): Promise<Outcome> {
  for (;;) {
    try {
      await endorsed.order();
      return await endorsed.outcome();
    } catch (error) {
      await tries.pause(asLedgerError(error));
    }
    const found = await tries.until(() => findOutcome(channel, endorsed.transactionId));
    if (found !== undefined) return found;
  }
}
