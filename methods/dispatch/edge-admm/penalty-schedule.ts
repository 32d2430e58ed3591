/** What a penalty schedule sees of a round: its index, both errors and the sum of the nodes' objectives. */
export interface RoundErrors {
  readonly index: number;
  readonly primal: number;
  readonly dual: number;
  readonly objective: number;
}

/** Chooses the penalty of the next round from what the last one measured. */
export interface PenaltySchedule {
  readonly penalty: number;
  advance(errors: RoundErrors): void;
}

/** The same penalty in every round. */
export function constantPenalty(penalty: number): PenaltySchedule {
  return { penalty, advance: () => undefined };
}

const FACTOR = 2;
const WAIT = 3;
const IMBALANCE = 8;
const SMALLEST = 1e-3;
const LARGEST = 100;

/**
 * Residual balancing of the dual-privacy framework: doubles the penalty after three rounds in a row with a large primal
 * error, halves it (rounds 301 to 2500) after three with a large dual error, doubles it when the objective has stalled and,
 * beyond round 2500, at every hundredth round. Errors in MW.
 */
export class BalancedPenalty implements PenaltySchedule {
  private raises = 0;
  private drops = 0;
  private readonly objectives: number[] = [];

  constructor(public penalty: number) {}

  advance(errors: RoundErrors): void {
    this.count(errors);
    this.objectives.push(errors.objective);
    if (this.objectives.length > STALL_WINDOW) this.objectives.shift();
    if (errors.index > 20 && this.penalty < 1 && hasStalled(this.objectives)) {
      this.raises = WAIT;
      this.drops = 0;
    }
    this.apply();
  }

  private count({ index, primal, dual }: RoundErrors): void {
    if (index > 2500) {
      const isDue = index % 100 === 0 && this.penalty < 2 && primal < 0.15 && dual < 0.15;
      if (isDue) this.raises = WAIT;
      return;
    }
    const isLate = index > 300;
    if ((isLate ? 3.8 : 2) * primal > IMBALANCE * dual) {
      this.raises += 1;
      this.drops = 0;
    } else if (primal < dual / IMBALANCE) {
      this.raises = 0;
      if (isLate) this.drops += 1;
    } else {
      this.raises = 0;
      this.drops = 0;
    }
  }

  private apply(): void {
    if (this.penalty > LARGEST || this.penalty < SMALLEST) {
      this.raises = 0;
      this.drops = 0;
    } else if (this.raises >= WAIT) {
      this.penalty *= FACTOR;
      this.raises = 0;
    } else if (this.drops >= WAIT) {
      this.penalty /= FACTOR;
      this.drops = 0;
    }
  }
}

const STALL_WINDOW = 15;
const STALL_RANGE = 5;

function hasStalled(objectives: readonly number[]): boolean {
  const least = Math.min(...objectives);
  const most = Math.max(...objectives);
  const last = objectives[objectives.length - 1];
  return most - least < STALL_RANGE && last > least && last < most;
}
