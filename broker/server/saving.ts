import { CosimError } from "../wire/index.js";
import type { HostSlot } from "./roster.js";

/** One checkpoint over all hosts at a time: each is asked to save, and all have to say that they did. */
export class Saving {
  private readonly waiting = new Set<HostSlot>();
  private time = NaN;
  private done: (() => void) | undefined;

  constructor(private readonly slots: readonly HostSlot[]) {}

  /**
   * Asks every host to save what it has before the first activation at `time`; fulfilled when all have.
   * @throws CosimError `COSIM_CHECKPOINT_INVALID` where a federate is foreign.
   */
  ask(time: number): Promise<void> {
    const foreign = this.slots.find(slot => slot.foreign !== undefined);
    if (foreign !== undefined) {
      const { name } = foreign.plan;
      const message = `"${name}" is a foreign federate, whose state cannot be saved; run without checkpoints.`;
      return Promise.reject(new CosimError("COSIM_CHECKPOINT_INVALID", message, { party: name }));
    }
    this.time = time;
    for (const slot of this.slots) this.waiting.add(slot);
    return new Promise(resolve => {
      this.done = resolve;
      for (const slot of this.slots) slot.peer?.post({ kind: "save", time });
    });
  }

  /** A host says that it has saved. */
  take(slot: HostSlot, time: number): void {
    if (time !== this.time || !this.waiting.delete(slot)) {
      throw new CosimError("COSIM_FRAME_INVALID", "It saved what it was not asked to save.");
    }
    if (this.waiting.size === 0) this.done?.();
  }
}
