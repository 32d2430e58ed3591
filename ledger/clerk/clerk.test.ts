import assert from "node:assert/strict";
import {
  bidText,
  checkSignature,
  participantKeys,
  type ClearedRound,
  type MarketTerms,
  type Round,
} from "gridloom-settlement/rules";
import { LedgerError } from "../errors.js";
import type { Command, LedgerPort } from "../port.js";
import { Clerk } from "./clerk.js";
import { ClerkDesk } from "./clerk-desk.js";
import type { FromClerk } from "./messages.js";
import { openingCommands, type MarketOpening } from "./opening.js";

const terms: MarketTerms = {
  ...{ rule: "uniform", pricing: "corrected", start: "2024-07-01T00:05:00.000Z", periodSeconds: "300" },
  ...{ priceCap: "1000000000", maxEnergy: "1000000", fee: "0", operator: "operator", escrow: "balance", sealed: "no" },
};
const opening: MarketOpening = {
  market: "m",
  terms,
  members: [
    { name: "a", deposit: "1000000000000" },
    { name: "b", deposit: "0" },
  ],
};

const round = (period: number): ClearedRound => ({
  ...{ market: "m", period: String(period), closesAt: "2024-07-01T00:05:00.000Z", rule: "uniform" },
  ...{ priceCap: "1000000000", price: "100", accepted: ["5", "5"] },
  bids: [
    { bidder: "a", side: "buy", price: "100", energy: "5", nonce: String(2 * period + 1) },
    { bidder: "b", side: "sell", price: "100", energy: "5", nonce: String(2 * period + 2) },
  ],
});

/** A run with a seed and a scope of its own. */
const RUN = { seed: "7", scope: "run-1" };
const PATIENCE = { milliseconds: 1000, firstPauseMs: 1 };

/** A ledger that answers as a script says and keeps what it was told. */
function scripted(answer: (command: Command, call: number) => string) {
  const commands: Command[] = [];
  const submit = (command: Command) =>
    new Promise<{ result: string; position: string; replayed: boolean }>(resolve => {
      commands.push(command);
      resolve({ result: answer(command, commands.length), position: "1", replayed: false });
    });
  return { port: { submit, close: () => Promise.resolve() } as unknown as LedgerPort, commands };
}

describe("a clerk", () => {
  it("opens a ledger: everybody is registered once, markets, then deposits with a reference that counts once", () => {
    const commands = openingCommands(RUN, [opening, { ...opening, market: "n" }]);
    assert.deepEqual(
      commands.map(({ function: name, as }) => `${name} as ${as ?? ""}`),
      [
        "RegisterParticipants as registrar",
        "CreateMarket as operator",
        "CreateMarket as operator",
        "Deposit as treasury",
      ],
    );
    const registered = JSON.parse(commands[0].args[1]) as { participant: string; publicKey: string }[];
    assert.deepEqual(
      registered.map(({ participant }) => participant),
      ["operator", "a", "b"],
    );
    assert.equal(registered[1].publicKey, participantKeys("7", "a").publicKey);
    assert.deepEqual(JSON.parse(commands[3].args[1]), [
      { amount: "1000000000000", participant: "a", reference: "opening:a" },
    ]);
  });

  it("signs every bid with its bidder's key, the same on every run", async () => {
    const { port, commands } = scripted(() => "[]");
    await new Clerk(port, RUN, PATIENCE).settle([round(0)]);
    await new Clerk(port, RUN, PATIENCE).settle([round(0)]);
    assert.deepEqual(commands[0], commands[1]);
    const [{ market, period, bids }] = JSON.parse(commands[0].args[1]) as Round[];
    for (const bid of bids) {
      const { publicKey } = participantKeys("7", bid.bidder);
      assert.ok(checkSignature({ publicKey, text: bidText(market, period, bid), signature: bid.signature }));
    }
  });

  it("repeats the same command while its outcome is unknown", async () => {
    const { port, commands } = scripted((_, call) => {
      if (call < 4) throw new LedgerError("LEDGER_UNREACHABLE", "no answer", call % 2 === 0 ? "same" : "after-query");
      return "[]";
    });
    await new Clerk(port, RUN, PATIENCE).settle([round(0)]);
    assert.equal(commands.length, 4);
    assert.equal(new Set(commands.map(command => JSON.stringify(command))).size, 1);
  });

  it("gives up at once where the contract refuses, and after its patience where nobody answers", async () => {
    const refusing = scripted(() => {
      throw new LedgerError("LEDGER_CONFLICT", "settled before");
    });
    await assert.rejects(new Clerk(refusing.port, RUN, PATIENCE).settle([round(0)]), { code: "LEDGER_CONFLICT" });
    assert.equal(refusing.commands.length, 1);
    const silent = scripted(() => {
      throw new LedgerError("LEDGER_UNREACHABLE", "no answer", "same");
    });
    const impatient = { milliseconds: 5, firstPauseMs: 1 };
    await assert.rejects(new Clerk(silent.port, RUN, impatient).settle([round(0)]), { code: "LEDGER_UNREACHABLE" });
    assert.ok(silent.commands.length > 1);
  });
});

describe("a clerk's desk", () => {
  const order = { driver: "embedded", folder: "", ...RUN, markets: [opening] } as const;

  it("joins the rounds that have come while it was at work", async () => {
    const { port, commands } = scripted(() => "[]");
    const told: FromClerk[] = [];
    await new Promise<void>(resolve => {
      const desk = new ClerkDesk(
        order,
        () => Promise.resolve(port),
        message => {
          told.push(message);
          if (message.kind === "settled" && told.length === 2) desk.take({ kind: "close" });
          if (message.kind === "closed") resolve();
        },
      );
      for (let period = 0; period < 40; period++) desk.take({ kind: "settle", round: round(period) });
    });
    const settles = commands.filter(command => command.function === "Settle");
    assert.deepEqual(
      settles.map(({ args }) => (JSON.parse(args[1]) as unknown[]).length),
      [32, 8],
    );
  });

  it("tells a refusal as plain data, and goes on with what comes after", async () => {
    const { port } = scripted(command => {
      if (command.args[1]?.includes('"period":"0"')) throw new LedgerError("LEDGER_FUNDS", "a has nothing.");
      return "[]";
    });
    const told: FromClerk[] = [];
    await new Promise<void>(resolve => {
      const desk = new ClerkDesk(
        order,
        () => Promise.resolve(port),
        message => {
          told.push(message);
          if (message.kind === "failed") setImmediate(() => desk.take({ kind: "settle", round: round(1) }));
          else resolve();
        },
      );
      desk.take({ kind: "settle", round: round(0) });
    });
    assert.deepEqual(told[0], {
      kind: "failed",
      error: { code: "LEDGER_FUNDS", message: "a has nothing.", retry: "never" },
    });
    assert.equal(told[1].kind, "settled");
  });
});
