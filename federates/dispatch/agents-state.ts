import type { Payload } from "../../methods/index.js";
import type { Hiding } from "./kit.js";
import type { DeviceRows } from "./device-table.js";
import type { Setpoints } from "./plan.js";
import type { ProblemSource } from "./sources.js";

/** What a federate of agents remembers: plain data. */
export interface AgentsState {
  readonly source: ProblemSource;
  readonly agents: readonly AgentState[];
  readonly mask: Hiding["mask"];
  /** Whether each horizon's plans tell what the nodes would pay alone. */
  readonly standsAlone: boolean;
  /** The horizon and its round that were answered last; −1 before the first. */
  horizon: number;
  round: number;
  /** What is carried out now. */
  schedule: Schedule | undefined;
}

/** One agent: its own devices, the horizon's orders that it has answered, and its last answer. */
export interface AgentState {
  readonly node: number;
  readonly devices: readonly DeviceRows[];
  heard: Payload[];
  answer: Payload | undefined;
}

/** Set-points of a horizon by node. */
export interface Schedule {
  readonly horizon: number;
  readonly steps: number;
  readonly setpoints: Readonly<Record<number, Setpoints>>;
}
