import "./logging.js";
import { Context, Contract, Info, Returns, Transaction } from "fabric-contract-api";
import { codeDigest } from "./code-digest.js";
import { fabricCaller, fabricState, readScope } from "./fabric-state.js";
import { canonical, CONTRACT_VERSION, execute, verifyHere, type FunctionName, type Verifier } from "./rules/index.js";

const code = codeDigest();

/**
 * The contract as Fabric loads it: a name and string arguments for each function, all of them run by `execute`. It keeps
 * nothing between transactions. The first argument is the scope: markets, participants and money of one scope are unknown
 * in every other, so that many runs share a network. A ledger with one run has the empty scope.
 */
@Info({ title: "settlement", description: "Settles the rounds of energy markets" })
export class SettlementContract extends Contract {
  constructor() {
    super("settlement");
  }

  /** Checks signatures; a subclass may use worker threads. */
  protected verifier(): Verifier {
    return verifyHere;
  }

  private async run(ctx: Context, scope: string, name: FunctionName, ...args: readonly string[]): Promise<string> {
    const { stub } = ctx;
    const transaction = {
      state: fabricState(stub, readScope(scope)),
      caller: fabricCaller(ctx),
      transient: stub.getTransient(),
      verifier: this.verifier(),
      emit: (event: string, payload: object) => {
        stub.setEvent(event, Buffer.from(canonical(scope === "" ? payload : { ...payload, scope })));
      },
    };
    return await execute(transaction, name, args);
  }

  @Transaction()
  @Returns("string")
  CreateMarket(ctx: Context, scope: string, market: string, terms: string): Promise<string> {
    return this.run(ctx, scope, "CreateMarket", market, terms);
  }

  @Transaction()
  @Returns("string")
  SetTerms(ctx: Context, scope: string, market: string, fromPeriod: string, terms: string): Promise<string> {
    return this.run(ctx, scope, "SetTerms", market, fromPeriod, terms);
  }

  @Transaction()
  @Returns("string")
  RegisterParticipants(ctx: Context, scope: string, registrations: string): Promise<string> {
    return this.run(ctx, scope, "RegisterParticipants", registrations);
  }

  @Transaction()
  @Returns("string")
  RotateKey(ctx: Context, scope: string, participant: string, publicKey: string): Promise<string> {
    return this.run(ctx, scope, "RotateKey", participant, publicKey);
  }

  @Transaction()
  @Returns("string")
  SetStatus(ctx: Context, scope: string, participant: string, status: string): Promise<string> {
    return this.run(ctx, scope, "SetStatus", participant, status);
  }

  @Transaction()
  @Returns("string")
  Deposit(ctx: Context, scope: string, transfers: string): Promise<string> {
    return this.run(ctx, scope, "Deposit", transfers);
  }

  @Transaction()
  @Returns("string")
  Withdraw(ctx: Context, scope: string, transfers: string): Promise<string> {
    return this.run(ctx, scope, "Withdraw", transfers);
  }

  @Transaction()
  @Returns("string")
  Hold(ctx: Context, scope: string, market: string, period: string, amounts: string): Promise<string> {
    return this.run(ctx, scope, "Hold", market, period, amounts);
  }

  @Transaction()
  @Returns("string")
  Release(ctx: Context, scope: string, market: string, period: string, participants: string): Promise<string> {
    return this.run(ctx, scope, "Release", market, period, participants);
  }

  @Transaction()
  @Returns("string")
  SealBid(ctx: Context, scope: string, seal: string): Promise<string> {
    return this.run(ctx, scope, "SealBid", seal);
  }

  @Transaction()
  @Returns("string")
  CloseSeals(ctx: Context, scope: string, market: string, period: string): Promise<string> {
    return this.run(ctx, scope, "CloseSeals", market, period);
  }

  @Transaction()
  @Returns("string")
  RevealBid(ctx: Context, scope: string, revelation: string): Promise<string> {
    return this.run(ctx, scope, "RevealBid", revelation);
  }

  @Transaction()
  @Returns("string")
  Settle(ctx: Context, scope: string, rounds: string): Promise<string> {
    return this.run(ctx, scope, "Settle", rounds);
  }

  @Transaction()
  @Returns("string")
  OpenDispute(ctx: Context, scope: string, dispute: string): Promise<string> {
    return this.run(ctx, scope, "OpenDispute", dispute);
  }

  @Transaction()
  @Returns("string")
  ResolveDispute(ctx: Context, scope: string, resolution: string): Promise<string> {
    return this.run(ctx, scope, "ResolveDispute", resolution);
  }

  @Transaction()
  @Returns("string")
  Rate(ctx: Context, scope: string, rating: string): Promise<string> {
    return this.run(ctx, scope, "Rate", rating);
  }

  @Transaction()
  @Returns("string")
  RecordMeters(ctx: Context, scope: string, market: string, period: string, readings: string): Promise<string> {
    return this.run(ctx, scope, "RecordMeters", market, period, readings);
  }

  @Transaction(false)
  @Returns("string")
  Market(ctx: Context, scope: string, market: string): Promise<string> {
    return this.run(ctx, scope, "Market", market);
  }

  @Transaction(false)
  @Returns("string")
  Receipt(ctx: Context, scope: string, market: string, period: string): Promise<string> {
    return this.run(ctx, scope, "Receipt", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Receipts(ctx: Context, scope: string, market: string, period: string, limit: string): Promise<string> {
    return this.run(ctx, scope, "Receipts", market, period, limit);
  }

  @Transaction(false)
  @Returns("string")
  Book(ctx: Context, scope: string, market: string, period: string): Promise<string> {
    return this.run(ctx, scope, "Book", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Verify(ctx: Context, scope: string, market: string, period: string): Promise<string> {
    return this.run(ctx, scope, "Verify", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Statement(ctx: Context, scope: string, participant: string, market: string, bookmark: string): Promise<string> {
    return this.run(ctx, scope, "Statement", participant, market, bookmark);
  }

  @Transaction(false)
  @Returns("string")
  Journal(ctx: Context, scope: string, participant: string, bookmark: string): Promise<string> {
    return this.run(ctx, scope, "Journal", participant, bookmark);
  }

  @Transaction(false)
  @Returns("string")
  Participant(ctx: Context, scope: string, participant: string): Promise<string> {
    return this.run(ctx, scope, "Participant", participant);
  }

  @Transaction(false)
  @Returns("string")
  Balance(ctx: Context, scope: string, participant: string): Promise<string> {
    return this.run(ctx, scope, "Balance", participant);
  }

  @Transaction(false)
  @Returns("string")
  Supply(ctx: Context, scope: string): Promise<string> {
    return this.run(ctx, scope, "Supply");
  }

  @Transaction(false)
  @Returns("string")
  Audit(ctx: Context, scope: string): Promise<string> {
    return this.run(ctx, scope, "Audit");
  }

  @Transaction(false)
  @Returns("string")
  Rating(ctx: Context, scope: string, participant: string): Promise<string> {
    return this.run(ctx, scope, "Rating", participant);
  }

  @Transaction(false)
  @Returns("string")
  Dispute(ctx: Context, scope: string, market: string, period: string, dispute: string): Promise<string> {
    return this.run(ctx, scope, "Dispute", market, period, dispute);
  }

  @Transaction(false)
  @Returns("string")
  Meters(ctx: Context, scope: string, market: string, period: string): Promise<string> {
    return this.run(ctx, scope, "Meters", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Version(_ctx: Context): Promise<string> {
    return Promise.resolve(canonical({ version: CONTRACT_VERSION, code }));
  }
}
