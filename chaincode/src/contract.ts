import "./logging.js";
import { Context, Contract, Info, Returns, Transaction } from "fabric-contract-api";
import { codeDigest } from "./code-digest.js";
import { fabricCaller, fabricState } from "./fabric-state.js";
import { canonical, CONTRACT_VERSION, execute, verifyHere, type FunctionName, type Verifier } from "./rules/index.js";

const code = codeDigest();

/**
 * The contract as Fabric loads it: a name and string arguments for each function, all of them run by `execute`. It keeps
 * nothing between transactions.
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

  private run(ctx: Context, name: FunctionName, ...args: readonly string[]): Promise<string> {
    const { stub } = ctx;
    const transaction = {
      state: fabricState(stub),
      caller: fabricCaller(ctx),
      transient: stub.getTransient(),
      verifier: this.verifier(),
      emit: (event: string, payload: Parameters<typeof canonical>[0]) => {
        stub.setEvent(event, Buffer.from(canonical(payload)));
      },
    };
    return execute(transaction, name, args);
  }

  @Transaction()
  @Returns("string")
  CreateMarket(ctx: Context, market: string, terms: string): Promise<string> {
    return this.run(ctx, "CreateMarket", market, terms);
  }

  @Transaction()
  @Returns("string")
  SetTerms(ctx: Context, market: string, fromPeriod: string, terms: string): Promise<string> {
    return this.run(ctx, "SetTerms", market, fromPeriod, terms);
  }

  @Transaction()
  @Returns("string")
  RegisterParticipants(ctx: Context, registrations: string): Promise<string> {
    return this.run(ctx, "RegisterParticipants", registrations);
  }

  @Transaction()
  @Returns("string")
  RotateKey(ctx: Context, participant: string, publicKey: string): Promise<string> {
    return this.run(ctx, "RotateKey", participant, publicKey);
  }

  @Transaction()
  @Returns("string")
  SetStatus(ctx: Context, participant: string, status: string): Promise<string> {
    return this.run(ctx, "SetStatus", participant, status);
  }

  @Transaction()
  @Returns("string")
  Deposit(ctx: Context, transfers: string): Promise<string> {
    return this.run(ctx, "Deposit", transfers);
  }

  @Transaction()
  @Returns("string")
  Withdraw(ctx: Context, transfers: string): Promise<string> {
    return this.run(ctx, "Withdraw", transfers);
  }

  @Transaction()
  @Returns("string")
  Hold(ctx: Context, market: string, period: string, amounts: string): Promise<string> {
    return this.run(ctx, "Hold", market, period, amounts);
  }

  @Transaction()
  @Returns("string")
  Release(ctx: Context, market: string, period: string, participants: string): Promise<string> {
    return this.run(ctx, "Release", market, period, participants);
  }

  @Transaction()
  @Returns("string")
  SealBid(ctx: Context, seal: string): Promise<string> {
    return this.run(ctx, "SealBid", seal);
  }

  @Transaction()
  @Returns("string")
  CloseSeals(ctx: Context, market: string, period: string): Promise<string> {
    return this.run(ctx, "CloseSeals", market, period);
  }

  @Transaction()
  @Returns("string")
  RevealBid(ctx: Context, revelation: string): Promise<string> {
    return this.run(ctx, "RevealBid", revelation);
  }

  @Transaction()
  @Returns("string")
  Settle(ctx: Context, rounds: string): Promise<string> {
    return this.run(ctx, "Settle", rounds);
  }

  @Transaction()
  @Returns("string")
  OpenDispute(ctx: Context, dispute: string): Promise<string> {
    return this.run(ctx, "OpenDispute", dispute);
  }

  @Transaction()
  @Returns("string")
  ResolveDispute(ctx: Context, resolution: string): Promise<string> {
    return this.run(ctx, "ResolveDispute", resolution);
  }

  @Transaction()
  @Returns("string")
  Rate(ctx: Context, rating: string): Promise<string> {
    return this.run(ctx, "Rate", rating);
  }

  @Transaction()
  @Returns("string")
  RecordMeters(ctx: Context, market: string, period: string, readings: string): Promise<string> {
    return this.run(ctx, "RecordMeters", market, period, readings);
  }

  @Transaction(false)
  @Returns("string")
  Market(ctx: Context, market: string): Promise<string> {
    return this.run(ctx, "Market", market);
  }

  @Transaction(false)
  @Returns("string")
  Receipt(ctx: Context, market: string, period: string): Promise<string> {
    return this.run(ctx, "Receipt", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Receipts(ctx: Context, market: string, period: string, limit: string): Promise<string> {
    return this.run(ctx, "Receipts", market, period, limit);
  }

  @Transaction(false)
  @Returns("string")
  Book(ctx: Context, market: string, period: string): Promise<string> {
    return this.run(ctx, "Book", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Verify(ctx: Context, market: string, period: string): Promise<string> {
    return this.run(ctx, "Verify", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Statement(ctx: Context, participant: string, market: string, bookmark: string): Promise<string> {
    return this.run(ctx, "Statement", participant, market, bookmark);
  }

  @Transaction(false)
  @Returns("string")
  Journal(ctx: Context, participant: string, bookmark: string): Promise<string> {
    return this.run(ctx, "Journal", participant, bookmark);
  }

  @Transaction(false)
  @Returns("string")
  Participant(ctx: Context, participant: string): Promise<string> {
    return this.run(ctx, "Participant", participant);
  }

  @Transaction(false)
  @Returns("string")
  Balance(ctx: Context, participant: string): Promise<string> {
    return this.run(ctx, "Balance", participant);
  }

  @Transaction(false)
  @Returns("string")
  Supply(ctx: Context): Promise<string> {
    return this.run(ctx, "Supply");
  }

  @Transaction(false)
  @Returns("string")
  Audit(ctx: Context): Promise<string> {
    return this.run(ctx, "Audit");
  }

  @Transaction(false)
  @Returns("string")
  Rating(ctx: Context, participant: string): Promise<string> {
    return this.run(ctx, "Rating", participant);
  }

  @Transaction(false)
  @Returns("string")
  Dispute(ctx: Context, market: string, period: string, dispute: string): Promise<string> {
    return this.run(ctx, "Dispute", market, period, dispute);
  }

  @Transaction(false)
  @Returns("string")
  Meters(ctx: Context, market: string, period: string): Promise<string> {
    return this.run(ctx, "Meters", market, period);
  }

  @Transaction(false)
  @Returns("string")
  Version(_ctx: Context): Promise<string> {
    return Promise.resolve(canonical({ version: CONTRACT_VERSION, code }));
  }
}
