import type { Payload } from "../../methods/index.js";
import type { DenseSolution } from "../../methods/dispatch/kernel/index.js";
import type { Hiding } from "./kit.js";
import type { Grouping } from "../../methods/dispatch/price-bundle/index.js";
import type { DeviceRows } from "./device-table.js";
import type { HiredWorkers } from "./hired-workers.js";
import type { OrderMessage } from "./messages.js";
import type { Setpoints } from "./plan.js";
import type { ProblemSource } from "./sources.js";

/** What a federate of agents remembers: plain data. */
export interface AgentsState {
  readonly source: ProblemSource;
  readonly agents: readonly AgentState[];
  readonly mask: Hiding["mask"];
  /** With which offers an agent's are summed. */
  readonly grouping: Grouping;
  /** Whether offers that are only needed in sums leave in the open. */
  readonly encrypt: "none" | "ckks";
  /** Whether each horizon's plans tell what the nodes would pay alone. */
  readonly standsAlone: boolean;
  /** Workers who solve the masked programs; with none the agents do it themselves. */
  readonly hired: HiredWorkers;
  /** Orders that are not answered yet, the oldest first, and whether that one is begun. */
  readonly waiting: OrderMessage[];
  isDeciding: boolean;
  /** The horizon and its round that were answered last; −1 before the first. */
  horizon: number;
  round: number;
  /** What is carried out now. */
  schedule: Schedule | undefined;
}

/** One agent: its own devices, the horizon's orders that it has answered, what workers have solved for it, and its last answer. */
export interface AgentState {
  readonly node: number;
  readonly devices: readonly DeviceRows[];
  heard: Payload[];
  solved: DenseSolution[];
  answer: Payload | undefined;
}

/** Set-points of a horizon by node. */
export interface Schedule {
  readonly horizon: number;
  readonly steps: number;
  readonly setpoints: Readonly<Record<number, Setpoints>>;
}
