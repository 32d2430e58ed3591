import type { AgentModel } from "../../methods/index.js";
import { costAt } from "../../methods/dispatch/central/index.js";

/** What an agent carries out over a horizon: told to whoever records the run, not to the operator. */
export interface PlanMessage {
  readonly dispatch: "plan";
  readonly horizon: number;
  readonly day: number;
  readonly node: number;
  readonly name: string;
  /** Cost of the agent's own devices and fees, in the problem's currency. */
  readonly cost: number;
  /** What it pays for the network at the horizon's prices; negative when it earns. */
  readonly payment: number;
  /** What the node would pay if it stood alone; undefined where it was not asked for or cannot serve itself. */
  readonly alone?: number;
  readonly quantities: readonly PlannedQuantity[];
}

/** One quantity of one device, by step. */
export interface PlannedQuantity {
  readonly device: string;
  readonly quantity: string;
  readonly values: Float64Array;
}

/** The plan in set-points x of an agent's program; `costScale` turns sums over steps into currency. */
export function planOf(
  { node, name, program, blocks, activeLoad, reactiveLoad }: AgentModel,
  x: Float64Array,
  { payment, costScale }: { readonly payment: number; readonly costScale: number },
): Pick<PlanMessage, "node" | "name" | "cost" | "payment" | "quantities"> {
  const steps = activeLoad.length;
  const own = blocks.map(({ device, quantity, first }) => ({
    device,
    quantity,
    values: x.slice(first, first + steps),
  }));
  const loads = [
    { device: "load", quantity: "activePower", values: activeLoad.slice() },
    { device: "load", quantity: "reactivePower", values: reactiveLoad.slice() },
  ];
  const quantities = [...own, ...loads.filter(({ values }) => values.some(value => value !== 0))];
  return { node, name, cost: costScale * costAt(program, x), payment, quantities };
}

/** What an agent gives to the network, and what its stores give to its node, by step. */
export interface Setpoints {
  readonly net: Float64Array;
  readonly storage: Float64Array;
}

/** The set-points that a plan comes to, in kW. */
export function setpointsOf({ active, activeLoad, blocks }: AgentModel, x: Float64Array, kwPerUnit: number): Setpoints {
  const net = activeLoad.map((load, t) => kwPerUnit * (x[active[t]] - load));
  const storage = new Float64Array(net.length);
  const isBattery = (device: string) => blocks.some(block => block.device === device && block.quantity === "energy");
  for (const { device, quantity, first } of blocks) {
    const sign = quantity === "discharge" ? 1 : quantity === "charge" ? -1 : 0;
    if (sign === 0 || !isBattery(device)) continue;
    for (let t = 0; t < storage.length; t++) storage[t] += sign * kwPerUnit * x[first + t];
  }
  return { net, storage };
}
