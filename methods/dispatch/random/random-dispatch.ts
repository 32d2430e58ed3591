import type { DeviceSpec, NodeSpec } from "../devices/index.js";
import type { LineSpec } from "../network/index.js";
import { type DispatchSpec, dualPrivacyRules, trilemmaRules } from "../problems/index.js";

/** What to draw. */
export interface RandomDispatchOptions {
  /** Nodes with the root, 2 or more. */
  readonly nodes: number;
  /** Steps of the day. */
  readonly steps: number;
  /** Whose rules the case follows: kW, free flows and heat; or MW and flows that cost something. */
  readonly framework: "dual-privacy" | "trilemma";
  /**
   * `none`; or `binding`: lines and voltages are too weak for what the tariff alone would make flow. Then every node can
   * cover its own load, so that any limit can be kept.
   */
  readonly limits: "none" | "binding";
  /** Next number in [0, 1) of the case's stream. */
  readonly uniform: () => number;
}

/** Load of a day by hour as a share of its peak, and sun as a share of what is installed. */
const LOAD_SHAPE = [4, 4, 4, 4, 4, 5, 6, 8, 8, 7, 6, 6, 7, 6, 6, 6, 7, 9, 10, 10, 9, 8, 6, 5].map(
  tenths => tenths / 10,
);
const SUN_SHAPE = [0, 0, 0, 0, 0, 0, 1, 2, 4, 6, 8, 9, 9, 9, 8, 6, 4, 2, 1, 0, 0, 0, 0, 0].map(tenths => tenths / 10);
const PRICE_SHAPE = [5, 5, 5, 5, 5, 5, 7, 8, 10, 10, 8, 7, 7, 7, 7, 7, 8, 10, 10, 10, 10, 8, 6, 5].map(
  tenths => tenths / 10,
);
const MEAN_LOAD_KW = 60;
const KW_PER_MW = 1000;
/** Lines carry this share of the peak load behind them. */
const LINE_SHARE = 0.4;

/** A random radial case of any size. It can always be solved; the same stream gives the same case. */
export function randomDispatch(options: RandomDispatchOptions): DispatchSpec {
  return new RandomCase(options).spec();
}

class RandomCase {
  /** Kilowatts in the case's unit of power. */
  private readonly kw: number;
  private readonly isDualPrivacy: boolean;
  private readonly isBinding: boolean;
  private readonly peaks: Float64Array;

  constructor(private readonly options: RandomDispatchOptions) {
    this.isDualPrivacy = options.framework === "dual-privacy";
    this.isBinding = options.limits === "binding";
    this.kw = this.isDualPrivacy ? 1 : 1 / KW_PER_MW;
    this.peaks = new Float64Array(options.nodes);
  }

  spec(): DispatchSpec {
    const { nodes: nodeCount, steps, framework } = this.options;
    const rules = this.isDualPrivacy ? dualPrivacyRules({ steps, storage: "corrected" }) : trilemmaRules({ steps });
    const parents = Array.from({ length: nodeCount - 1 }, (_, i) => this.parentOf(i + 1));
    const nodes = Array.from({ length: nodeCount - 1 }, (_, i) => this.node(i + 1));
    const { dropPerOhm, root } = rules.voltage;
    return {
      ...rules,
      name: `random ${framework} ${nodeCount}`,
      nodeCount,
      voltage: { dropPerOhm, root, ...(this.isBinding && { lower: 0.97 * root, upper: 1.03 * root }) },
      lines: this.lines(parents),
      gridPort: this.gridPort(),
      nodes,
    };
  }

  private between(low: number, high: number): number {
    return low + (high - low) * this.options.uniform();
  }

  private happens(probability: number): boolean {
    return this.options.uniform() < probability;
  }

  /** Half of the nodes go on from the node before, half branch off anywhere. */
  private parentOf(node: number): number {
    return this.happens(0.5) ? node - 1 : Math.floor(this.between(0, node));
  }

  private lines(parents: readonly number[]): LineSpec[] {
    const behind = this.peaks.slice();
    for (let node = behind.length - 1; node > 0; node--) behind[parents[node - 1]] += behind[node];
    const isWeak = () => this.isBinding && this.happens(0.5);
    return parents.map((from, i) => ({
      from,
      to: i + 1,
      resistanceOhm: this.between(0.02, 0.2) * (this.isBinding ? 5 : 1),
      reactanceOhm: this.between(0.02, 0.2) * (this.isBinding ? 5 : 1),
      ...(isWeak() && { activeLimit: LINE_SHARE * behind[i + 1] + this.kw }),
    }));
  }

  private gridPort(): DispatchSpec["gridPort"] {
    const scale = this.isDualPrivacy ? this.between(0.8, 1.2) : this.between(800, 1200);
    const buyPrice = this.byStep(PRICE_SHAPE, 0.05).map(share => share * scale);
    const limit = this.options.nodes * 20 * MEAN_LOAD_KW * this.kw;
    const shares = this.isDualPrivacy ? { importLimit: limit, exportLimit: limit, reactiveShare: 0.75 } : {};
    return { kind: "grid-port", buyPrice, sellPrice: buyPrice.map(price => price * 0.45), ...shares };
  }

  /** A day's shape by step, each value off by up to a share of itself. */
  private byStep(shape: readonly number[], noise: number): number[] {
    const { steps } = this.options;
    return Array.from({ length: steps }, (_, step) => {
      return shape[Math.floor((step * shape.length) / steps)] * this.between(1 - noise, 1 + noise);
    });
  }

  private node(node: number): NodeSpec {
    const name = `node ${node}`;
    if (!this.isBinding && this.happens(0.15)) return { node, name, devices: [] };
    const peak = this.between(0.2, 2) * MEAN_LOAD_KW * this.kw;
    this.peaks[node] = peak;
    const activePower = this.byStep(LOAD_SHAPE, 0.2).map(share => share * peak);
    const reactivePower = activePower.map(power => 0.2 * power);
    const devices = this.isDualPrivacy ? this.heatDevices(peak) : [];
    const heat = devices.length > 0 ? activePower.map(power => 0.5 * power) : 0;
    const load: DeviceSpec = { kind: "load", activePower, reactivePower, heat };
    return { node, name, devices: [load, ...devices, ...this.sources(peak), ...this.stores(peak)] };
  }

  private heatDevices(peak: number): DeviceSpec[] {
    if (!this.happens(0.4)) return [];
    const devices: DeviceSpec[] = [{ kind: "electric-heater", maximum: peak, efficiency: 0.95 }];
    if (this.happens(0.6)) devices.push({ kind: "heat-pump", maximum: 0.2 * peak, cop: this.between(3, 5) });
    if (this.happens(0.2)) devices.push({ kind: "heat-store", capacity: peak, power: 0.3 * peak, lossPerHour: 0.001 });
    return devices;
  }

  private sources(peak: number): DeviceSpec[] {
    const devices: DeviceSpec[] = [];
    if (this.happens(0.6)) devices.push(this.solarArray(this.between(0.5, 5) * peak));
    if (this.isBinding) devices.push(this.machine(2.5 * peak));
    else if (this.happens(0.2)) devices.push(this.machine(this.between(0.5, 1.5) * peak));
    return devices;
  }

  private solarArray(installed: number): DeviceSpec {
    const available = this.byStep(SUN_SHAPE, 0.3).map(share => share * installed);
    if (this.isDualPrivacy) return { kind: "renewable", name: "PV", available, reactiveShare: 0.48 };
    return { kind: "renewable", name: "PV", available, quadraticCost: 10, linearCost: 10 };
  }

  private machine(maximum: number): DeviceSpec {
    if (this.isDualPrivacy) {
      return { kind: "chp", maximum, heatToPower: this.between(1, 1.5), gasPrice: this.between(0.25, 0.5) };
    }
    const costs = { quadraticCost: this.between(300, 600), linearCost: this.between(500, 900) };
    return { kind: "generator", maximum, reactiveRatio: 0.2, ...costs };
  }

  private stores(peak: number): DeviceSpec[] {
    if (!this.happens(0.15)) return [];
    const capacity = this.between(1, 3) * peak;
    const sizes = { capacity, power: capacity / 3 };
    if (this.isDualPrivacy) return [{ kind: "battery", ...sizes, lossPerHour: 0.001 }];
    return [{ kind: "yingkou-battery", ...sizes }];
  }
}
