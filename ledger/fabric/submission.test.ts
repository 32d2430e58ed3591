import assert from "node:assert/strict";
import fc from "fast-check";
import { LedgerError, refusal } from "../errors.js";
import { PATIENCE, type Endorsed, type FabricChannel, type Outcome } from "./channel.js";
import { readFault, readVerdict } from "./faults.js";
import { submitOnce } from "./submission.js";
import { Gate, Tries, type Clock } from "./tries.js";

/** A clock that only sleeping moves. */
function testClock(): Clock & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => slept.reduce((sum, ms) => sum + ms, 0),
    sleep: ms => Promise.resolve(void slept.push(ms)),
  };
}

/** What happens to the next step: it works, fails before it does anything, or fails after it was done. */
type Fate = "works" | "fails" | "done, but fails" | "lost race";

/** A ledger with one key: a command that it has is answered without writing. */
class ScriptedChannel implements Pick<FabricChannel, "endorse" | "ask"> {
  readonly name = "scripted";
  readonly blocks: { readonly id: string; readonly verdict: number }[] = [];
  effects = 0;
  #fates: Fate[];
  #ids = 0;

  constructor(fates: readonly Fate[]) {
    this.#fates = [...fates];
  }

  endorse(): Promise<Endorsed> {
    if (this.#next() !== "works") return Promise.reject(unreachable("endorse"));
    const transactionId = `tx${this.#ids++}`;
    const hasEffect = this.effects === 0;
    const order = () => {
      const fate = this.#next();
      if (fate === "fails") return Promise.reject(unreachable("order"));
      this.#commit(transactionId, fate === "lost race");
      return fate === "done, but fails" ? Promise.reject(unreachable("order")) : Promise.resolve();
    };
    const outcome = () => {
      const at = this.blocks.findIndex(({ id }) => id === transactionId);
      if (this.#next() !== "works" || at < 0) return Promise.reject(unreachable("commit"));
      return Promise.resolve<Outcome>({ block: BigInt(at), verdict: this.blocks[at].verdict });
    };
    return Promise.resolve({ transactionId, result: "receipt", hasEffect, order, outcome });
  }

  /** Peers commit a transaction's id once, and nothing that has read what changed since. */
  #commit(id: string, lost: boolean): void {
    if (this.blocks.some(block => block.id === id)) return;
    const verdict = this.effects > 0 || lost ? 11 : 0;
    this.blocks.push({ id, verdict });
    if (verdict === 0) this.effects++;
  }

  ask(): Promise<Uint8Array> {
    return Promise.reject(new LedgerError("LEDGER_REFUSED", "no such transaction ID"));
  }

  #next(): Fate {
    return this.#fates.shift() ?? "works";
  }
}

function unreachable(step: "endorse" | "order" | "commit"): LedgerError {
  return readFault({ step, status: 14, text: "unavailable" });
}

const COMMAND = { function: "Settle", args: ["[]"] };
const submit = (channel: ScriptedChannel, clock: Clock = testClock(), patience = PATIENCE) =>
  submitOnce(channel as unknown as FabricChannel, COMMAND, new Tries(patience, clock), new Gate(1));

describe("a submission", () => {
  it("is carried out exactly once, whatever fails and whenever, even if the peer never finds its transaction", async () => {
    const fates = fc.array(fc.constantFrom<Fate>("works", "fails", "done, but fails", "lost race"), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fates, async script => {
        const channel = new ScriptedChannel(script);
        const { result } = await submit(channel);
        assert.deepEqual([result, channel.effects], ["receipt", 1]);
        const again = await submit(channel);
        assert.deepEqual([again, channel.effects], [{ result: "receipt", position: "", replayed: true }, 1]);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives up when its patience ends, and says that the outcome is in doubt once something was ordered", async () => {
    const patience = { ...PATIENCE, totalMs: 2000 };
    const never = Array<Fate>(100).fill("fails");
    const early = submit(new ScriptedChannel(never), testClock(), patience);
    await assert.rejects(early, { code: "LEDGER_UNREACHABLE", retry: "same", message: /Given up after 2 s/ });
    const late = submit(new ScriptedChannel(["works", ...never]), testClock(), patience);
    await assert.rejects(late, { code: "LEDGER_UNREACHABLE", retry: "after-query" });
  });

  it("pauses longer each time, up to a second", async () => {
    const clock = testClock();
    await submit(new ScriptedChannel(Array<Fate>(7).fill("fails")), clock);
    assert.deepEqual(clock.slept, [50, 100, 200, 400, 800, 1000, 1000]);
  });

  it("raises an alarm when peers keep differing", async () => {
    const tries = new Tries(PATIENCE, testClock());
    const differ = () => Promise.reject(readFault({ step: "endorse", text: "ProposalResponsePayloads do not match" }));
    await assert.rejects(tries.until(differ), { code: "LEDGER_MISMATCH", message: /still differ after 8 tries/ });
  });

  it("takes a refusal that rests on the newest block for final when every peer has had time to get it", async () => {
    const early = () => Promise.reject(refusal("SEQUENCE: round 7 of m comes before round 6 is settled."));
    const clock = testClock();
    await assert.rejects(new Tries(PATIENCE, clock, undefined, 1000).until(early), { code: "LEDGER_REFUSED" });
    assert.deepEqual(clock.slept, [50, 100, 200, 400, 800]);
    await assert.rejects(new Tries(PATIENCE, testClock(), undefined, 0).until(early), { code: "LEDGER_REFUSED" });
    const forged = testClock();
    const lie = () => Promise.reject(refusal("SIGNATURE: a did not sign."));
    await assert.rejects(new Tries(PATIENCE, forged, undefined, 1000).until(lie), { code: "LEDGER_SIGNATURE" });
    assert.deepEqual(forged.slept, []);
  });

  it("ends at once when it is called off or refused", async () => {
    const signal = AbortSignal.abort();
    const clock: Clock = {
      now: () => 0,
      sleep: (_, s) => (s?.aborted ? Promise.reject(new Error()) : Promise.resolve()),
    };
    const tries = new Tries(PATIENCE, clock, signal);
    await assert.rejects(tries.pause(unreachable("order")), { code: "LEDGER_CLOSED", retry: "after-query" });
    await assert.rejects(tries.pause(readVerdict(5, "id")), { code: "LEDGER_FAILED" });
  });
});

describe("a gate", () => {
  it("lets as many through at once as it is wide, in their order", async () => {
    const gate = new Gate(2);
    let inside = 0;
    const most: number[] = [];
    const ended: number[] = [];
    const task = async (i: number) => {
      most.push(++inside);
      await new Promise(resolve => setTimeout(resolve, 2));
      inside--;
      ended.push(i);
      if (i % 3 === 0) throw new Error("failed");
    };
    const all = Array.from({ length: 9 }, (_, i) => gate.run(() => task(i)));
    await Promise.allSettled(all);
    assert.equal(Math.max(...most), 2);
    assert.deepEqual(ended, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
