import { canonical } from "./canonical.js";
import { readCounter, readDigest, readJson, readList, readMembers, readName } from "./input.js";
import { keys } from "./keys.js";
import { readMarket } from "./markets.js";
import { checkDistinct } from "./participants.js";
import { saveOnce } from "./storage.js";
import type { Transaction } from "./transaction.js";

/** Keeps digests of meter readings, never the readings: whoever has one can show later that it was not changed. */
export async function recordMeters({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const [market, period] = [readName(args[0], "the market"), readCounter(args[1], "the period")];
  const readings = readList(readJson(args[2], "readings"), "readings", 20_000).map(readReading);
  checkDistinct(readings.map(({ participant }) => participant));
  await readMarket(state, market);
  const recorded: string[] = [];
  for (const { participant, digest } of readings) {
    const what = `the reading of ${participant} in period ${period} of ${market}`;
    if (await saveOnce(state, keys.meter(market, period, participant), { value: { digest }, what }))
      recorded.push(participant);
  }
  if (recorded.length > 0) emit("MetersRecorded", { market, period, participants: recorded });
  return canonical(recorded);
}

function readReading(value: unknown): { participant: string; digest: string } {
  const reading = readMembers(value, "a reading", ["participant", "digest"]);
  const participant = readName(reading.participant, "the participant of a reading");
  return { participant, digest: readDigest(reading.digest, `the digest of ${participant}'s reading`) };
}
