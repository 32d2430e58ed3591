import { CosimError } from "../wire/index.js";
import { failureOf } from "../wire/protocol.js";
import type { HostSlot } from "./roster.js";

/** How a run ends: with an error or without, once every host that had joined has left. */
export class Ending {
  /** Fulfilled after the end, rejected with the run's error. */
  readonly done: Promise<void>;
  /** The first error, which the run ends with. */
  error: CosimError | undefined;
  private isFinished = false;
  private settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;

  constructor(
    private readonly slots: readonly HostSlot[],
    private readonly readLog: (federate: string) => readonly string[] = () => [],
  ) {
    this.done = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    this.done.catch(() => undefined);
  }

  /** Takes the first error and tells it to every host but the one it comes from; false when it is not the first. */
  fail(error: CosimError, origin?: HostSlot): boolean {
    if (this.error !== undefined || this.isFinished) return false;
    this.error = this.withLog(error);
    const frame = failureOf(this.error);
    for (const slot of this.slots) {
      if (slot !== origin && !slot.hasLeft) slot.peer?.post(frame);
    }
    this.finishIfEmpty();
    return true;
  }

  private withLog(error: CosimError): CosimError {
    const { party, log = [] } = error.details;
    if (party === undefined || log.length > 0) return error;
    return new CosimError(error.code, error.message, { ...error.details, log: this.readLog(party) });
  }

  finishIfEmpty(): void {
    if (this.slots.every(slot => slot.client === undefined || slot.hasLeft)) this.finish();
  }

  /** Ends the run now, whoever has not left. */
  finish(): void {
    this.isFinished = true;
    if (this.error === undefined) this.settle?.resolve();
    else this.settle?.reject(this.error);
  }
}
