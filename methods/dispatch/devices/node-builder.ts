import type { AgentFrame } from "./frame.js";
import { type PerStep, ProgramBuilder, type Term } from "./program-builder.js";
import { expandProfile, type Profile } from "./profile.js";

/** A node while its devices are added: its program so far and what they give to its balances (positive: into the node). */
export class NodeBuilder {
  readonly program: ProgramBuilder;
  readonly active: Term[] = [];
  readonly reactive: Term[] = [];
  readonly heat: Term[] = [];
  readonly activeLoad: Float64Array;
  readonly reactiveLoad: Float64Array;
  readonly heatLoad: Float64Array;
  isCoupledInTime = false;

  constructor(
    readonly name: string,
    readonly frame: AgentFrame,
  ) {
    this.program = new ProgramBuilder(frame.steps, frame.regulariser);
    this.activeLoad = new Float64Array(frame.steps);
    this.reactiveLoad = new Float64Array(frame.steps);
    this.heatLoad = new Float64Array(frame.steps);
  }

  /** A device's profile, one value per step. */
  profile(value: Profile, device: string, field: string): Float64Array {
    return expandProfile(value, this.frame.steps, { party: this.name, device, field });
  }

  /** A price of energy as the price of a step's power. */
  perStep(price: number): number {
    return price * this.frame.pricedHours;
  }

  /** Reactive power of a device, |Q| ≤ share·P for a power P ≥ 0; `sign` says which way Q counts. */
  reactiveWithin(device: string, power: number, { share, sign = 1 }: { share: number; sign?: number }): void {
    if (share === 0) return;
    const reactive = this.program.block(device, "reactivePower");
    for (const side of [1, -1]) {
      this.program.atMost([scaled(reactive, side), scaled(power, -share)], 0);
    }
    this.reactive.push(scaled(reactive, sign));
  }

  /** A quantity of a device in a fixed ratio to its power. */
  following(device: string, quantity: string, { power, ratio }: { power: number; ratio: number }): Term {
    const block = this.program.block(device, quantity);
    this.program.equal([scaled(block), scaled(power, -ratio)], 0);
    return scaled(block);
  }
}

/** A block times a coefficient. */
export function scaled(first: number, coefficient: PerStep = 1): Term {
  return { first, coefficient };
}
