import type { QuadraticProgram } from "../../program.js";
import { sparseRows } from "./rows.js";

type Entry = readonly [number, number];

/** What a random agent is made of. */
export interface AgentRecipe {
  readonly steps: number;
  /** Curvature of every variable, as a proximal term or a regulariser leaves it; 0 for a linear program. */
  readonly regulariser: number;
  /** Size of its powers: hundreds in kW, tenths in MW. */
  readonly size: number;
}

/**
 * A random agent in the shape of the published cases: renewables and generators with a power-factor cone, a heat balance,
 * storages that couple the steps, a fee on what it sells, and free injections. Prices are of both signs, so that every bound gets its turn.
 * @param uniform numbers in [0, 1)
 */
export function randomAgent(recipe: AgentRecipe, uniform: () => number): QuadraticProgram {
  const build = new Builder(recipe, uniform);
  build.devices();
  return build.program();
}

class Builder {
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];
  private readonly linear: number[] = [];
  private readonly curvature: number[] = [];
  private readonly step: number[] = [];
  private readonly equalities: { entries: Entry[]; rhs: number }[] = [];
  private readonly inequalities: { entries: Entry[]; rhs: number }[] = [];
  private readonly active: Entry[][];
  private readonly reactive: Entry[][];
  private readonly heat: Entry[][];

  constructor(
    private readonly recipe: AgentRecipe,
    private readonly uniform: () => number,
  ) {
    const lists = (): Entry[][] => Array.from({ length: recipe.steps }, () => []);
    [this.active, this.reactive, this.heat] = [lists(), lists(), lists()];
  }

  devices(): void {
    const { uniform, recipe } = this;
    const kinds = [
      () => this.renewable(),
      () => this.generator(),
      () => this.storage(this.active),
      () => this.storage(this.heat),
    ];
    for (const kind of kinds) if (uniform() < 0.6) kind();
    for (let t = 0; t < recipe.steps; t++) this.balance(t);
  }

  program(): QuadraticProgram {
    return {
      curvature: Float64Array.from(this.curvature),
      linear: Float64Array.from(this.linear),
      constant: 7,
      lower: Float64Array.from(this.lower),
      upper: Float64Array.from(this.upper),
      equalities: sparseRows(this.equalities),
      inequalities: sparseRows(this.inequalities),
      step: Int32Array.from(this.step),
    };
  }

  private variable(t: number, lower: number, upper: number, price = 0): number {
    this.lower.push(lower);
    this.upper.push(upper);
    this.linear.push(price);
    this.curvature.push(this.recipe.regulariser);
    this.step.push(t);
    return this.step.length - 1;
  }

  private range(from: number, to: number): number {
    return from + (to - from) * this.uniform();
  }

  private renewable(): void {
    for (let t = 0; t < this.recipe.steps; t++) {
      const available = this.uniform() < 0.3 ? 0 : this.range(0, this.recipe.size);
      this.cone(t, this.variable(t, 0, available), 0.48);
    }
  }

  private generator(): void {
    const rated = this.range(0.2, 2) * this.recipe.size;
    const price = this.range(0.2, 1);
    for (let t = 0; t < this.recipe.steps; t++) {
      const power = this.variable(t, 0, rated, price);
      this.cone(t, power, 0.75);
      const heat = this.variable(t, 0, Infinity);
      this.heat[t].push([heat, 1]);
      this.inequalities.push({
        entries: [
          [heat, 1],
          [power, -1.5],
        ],
        rhs: 0,
      });
    }
  }

  private cone(t: number, power: number, share: number): void {
    const reactive = this.variable(t, -Infinity, Infinity);
    this.active[t].push([power, 1]);
    this.reactive[t].push([reactive, 1]);
    for (const sign of [1, -1])
      this.inequalities.push({
        entries: [
          [reactive, sign],
          [power, -share],
        ],
        rhs: 0,
      });
  }

  private storage(balance: Entry[][]): void {
    const capacity = this.range(0.5, 3) * this.recipe.size;
    let last = -1;
    for (let t = 0; t < this.recipe.steps; t++) {
      const isLast = t === this.recipe.steps - 1;
      const energy = this.variable(t, isLast ? 0.3 * capacity : 0, isLast ? 0.3 * capacity : capacity);
      const charge = this.variable(t, 0, capacity / 3);
      const discharge = this.variable(t, 0, capacity / 3);
      balance[t].push([charge, -1], [discharge, 1]);
      const change: Entry[] = [
        [energy, 1],
        [charge, -0.95],
        [discharge, 1 / 0.95],
      ];
      this.equalities.push({
        entries: last < 0 ? change : [...change, [last, -0.999]],
        rhs: last < 0 ? 0.2997 * capacity : 0,
      });
      last = energy;
    }
  }

  private balance(t: number): void {
    const { size } = this.recipe;
    const injection = this.variable(t, -Infinity, Infinity, this.range(-1, 0.2));
    const sold = this.variable(t, 0, 1000 * size, this.range(0, 0.3));
    const bought = this.variable(t, 0, 1000 * size);
    this.equalities.push({ entries: [...this.active[t], [injection, -1]], rhs: 0 });
    this.equalities.push({
      entries: [
        [sold, 1],
        [bought, -1],
        [injection, -1],
      ],
      rhs: -this.range(0, size),
    });
    const reactive = this.variable(t, -Infinity, Infinity, this.range(-0.1, 0.1));
    this.equalities.push({ entries: [...this.reactive[t], [reactive, -1]], rhs: 0 });
    const boiler = this.variable(t, 0, Infinity, this.range(0, 1));
    this.equalities.push({ entries: [...this.heat[t], [boiler, 1]], rhs: this.range(0, size) });
  }
}
