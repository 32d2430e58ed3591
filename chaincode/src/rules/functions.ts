import { canonical } from "./canonical.js";
import { refuse } from "./errors.js";
import { openDispute, resolveDispute } from "./disputes.js";
import { deposit, hold, release, withdraw } from "./funds.js";
import { show } from "./input.js";
import { createMarket, setTerms } from "./markets.js";
import { recordMeters } from "./meters.js";
import { registerParticipants, rotateKey, setStatus } from "./participants.js";
import * as queries from "./queries.js";
import { rate } from "./ratings.js";
import { CONTRACT_VERSION } from "./receipt.js";
import { closeSeals, revealBid, sealBid } from "./seals.js";
import { settle } from "./settle.js";
import type { ContractFunction, Role, Transaction } from "./transaction.js";

type Run = ContractFunction["run"];

const change = (roles: readonly Role[], args: readonly string[], run: Run): ContractFunction => ({
  ...{ kind: "transaction", roles, args, run },
});
const query = (args: readonly string[], run: Run): ContractFunction => ({
  ...{ kind: "query", roles: "anybody", args, run },
});

/** Every function of the contract, who may call it, and its arguments. What is not here cannot be called. */
export const contractFunctions = {
  CreateMarket: change(["operator"], ["market", "terms"], createMarket),
  SetTerms: change(["operator"], ["market", "fromPeriod", "terms"], setTerms),
  RegisterParticipants: change(["registrar"], ["registrations"], registerParticipants),
  RotateKey: change(["registrar"], ["participant", "publicKey"], rotateKey),
  SetStatus: change(["registrar"], ["participant", "status"], setStatus),
  Deposit: change(["treasury"], ["transfers"], deposit),
  Withdraw: change(["treasury"], ["transfers"], withdraw),
  Hold: change(["operator"], ["market", "period", "amounts"], hold),
  Release: change(["operator"], ["market", "period", "participants"], release),
  SealBid: change(["participant", "operator"], ["seal"], sealBid),
  CloseSeals: change(["operator"], ["market", "period"], closeSeals),
  RevealBid: change(["participant", "operator"], ["revelation"], revealBid),
  Settle: change(["operator"], ["rounds"], settle),
  OpenDispute: change(["participant", "operator"], ["dispute"], openDispute),
  ResolveDispute: change(["arbiter"], ["resolution"], resolveDispute),
  Rate: change(["participant", "operator"], ["rating"], rate),
  RecordMeters: change(["meter"], ["market", "period", "readings"], recordMeters),
  Market: query(["market"], queries.market),
  Receipt: query(["market", "period"], queries.receipt),
  Receipts: query(["market", "period", "limit"], queries.receipts),
  Book: query(["market", "period"], queries.book),
  Verify: query(["market", "period"], queries.verify),
  Statement: query(["participant", "market", "bookmark"], queries.statement),
  Journal: query(["participant", "bookmark"], queries.journal),
  Participant: query(["participant"], queries.participant),
  Balance: query(["participant"], queries.balance),
  Supply: query([], queries.supply),
  Audit: query([], queries.audit),
  Rating: query(["participant"], queries.rating),
  Dispute: query(["market", "period", "dispute"], queries.dispute),
  Meters: query(["market", "period"], queries.meters),
  Version: query([], () => Promise.resolve(canonical({ version: CONTRACT_VERSION }))),
} as const satisfies Readonly<Record<string, ContractFunction>>;

export type FunctionName = keyof typeof contractFunctions;

/**
 * Runs a function of the contract; every driver comes through here. Answers with canonical JSON. Refuses unknown functions,
 * callers without a role for it, and a wrong number of arguments, before anything is read.
 * @throws SettlementError; nothing of what was written may then be kept.
 */
export async function execute(transaction: Transaction, name: string, args: readonly string[]): Promise<string> {
  if (!Object.hasOwn(contractFunctions, name)) refuse("UNKNOWN", `there is no function ${show(name)}.`);
  const { roles, args: names, run }: ContractFunction = contractFunctions[name as FunctionName];
  const { caller } = transaction;
  if (roles !== "anybody" && !roles.some(role => caller.roles.includes(role)))
    refuse(
      "FORBIDDEN",
      `${name} is for ${roles.join(" or ")}; ${caller.id} is ${caller.roles.join(", ") || "nothing"}.`,
    );
  if (args.length !== names.length)
    refuse("BAD_INPUT", `${name} takes ${names.length} arguments (${names.join(", ")}); ${args.length} were given.`);
  return run(transaction, args);
}
