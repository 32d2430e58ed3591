import type { ClearedRound } from "gridloom-settlement/rules";
import { toPlainError } from "../errors.js";
import { nextBatch } from "../outbox.js";
import type { LedgerPort } from "../port.js";
import { Clerk } from "./clerk.js";
import type { ClerkOrder, FromClerk, ToClerk } from "./messages.js";

/** Opens the ledger that an order names. */
export type OpenPort = (order: ClerkOrder) => Promise<LedgerPort>;

/** A clerk and the rounds that lie before it: it takes as many at once as may go together. */
export class ClerkDesk {
  private readonly queue: ClearedRound[] = [];
  private port: LedgerPort | undefined;
  private clerk: Clerk | undefined;
  private work: Promise<void> = Promise.resolve();
  private isWorking = false;
  private isClosing = false;

  constructor(
    private readonly order: ClerkOrder,
    private readonly openPort: OpenPort,
    private readonly tell: (message: FromClerk) => void,
  ) {}

  /** Takes a message; answers come through `tell`. */
  take(message: ToClerk): void {
    if (message.kind === "close") {
      this.isClosing = true;
      void this.work.then(() => this.close());
      return;
    }
    this.queue.push(message.round);
    this.begin();
  }

  /** Opens the ledger, so that the first round finds it ready. */
  begin(): void {
    if (this.isWorking) return;
    this.isWorking = true;
    this.work = this.workOff().finally(() => (this.isWorking = false));
  }

  private async workOff(): Promise<void> {
    try {
      const clerk = (this.clerk ??= await this.open());
      while (this.queue.length > 0 && !this.isClosing) {
        const places = nextBatch(this.queue);
        const batch = places.map(i => this.queue[i]);
        for (const i of places.reverse()) this.queue.splice(i, 1);
        this.tell({ kind: "settled", receipts: await clerk.settle(batch) });
      }
    } catch (error) {
      this.queue.length = 0;
      this.tell({ kind: "failed", error: toPlainError(error) });
    }
  }

  private async open(): Promise<Clerk> {
    this.port ??= await this.openPort(this.order);
    const clerk = new Clerk(this.port, this.order);
    await clerk.open(this.order.markets);
    return clerk;
  }

  private async close(): Promise<void> {
    await this.port?.close().catch(() => undefined);
    this.tell({ kind: "closed" });
  }
}
