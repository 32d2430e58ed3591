import { CosimError } from "../../broker/wire/index.js";
import type { AgentEntry } from "../../federates/agents/agents-file.js";
import type { OptionTable, OptionValues } from "../options.js";

/** How houses are commanded, and how many of them take part. */
export const controlOptions = {
  control: {
    kind: "choice",
    choices: ["switch", "setpoint"],
    default: "switch",
    doc: "Whether agents switch cooling units for what their bids got, or thermostats hold the set-points that agents tell them.",
  },
  participation: {
    kind: "number",
    default: 1,
    minimum: 0,
    maximum: 1,
    doc: "Part of the houses that bid and answer to prices; the others follow their schedules and feed in all their sun.",
  },
  demandResponse: {
    kind: "choice",
    choices: ["off", "clearing-price", "lmp"],
    default: "off",
    doc: "The price that moves the set-points of those who take part, by each agent's ramp and within its limit.",
  },
  deadBand: {
    kind: "number",
    minimum: 0.1,
    maximum: 20,
    unit: "degF",
    doc: "Dead band of every house; by default each household's own of 2 to 3 degF.",
  },
  cycleSeconds: {
    kind: "number",
    minimum: 0,
    maximum: 3600,
    unit: "s",
    doc: `Shortest time between two switches of a thermostat, with --control setpoint; by default 120.`,
  },
} as const satisfies OptionTable;

/** What the options above say. */
export type ControlSettings = OptionValues<typeof controlOptions>;

const CYCLE_SECONDS = 120;

/**
 * Refuses options that contradict each other.
 * @throws CosimError `COSIM_OPTION_INVALID`
 */
export function checkControl({ control, cycleSeconds }: ControlSettings): void {
  if (control === "setpoint" || cycleSeconds === undefined) return;
  const problem = `--cycle-seconds is ${cycleSeconds}, but with --control ${control} there are no thermostats that could wait.`;
  throw new CosimError("COSIM_OPTION_INVALID", `${problem} Add --control setpoint, or leave --cycle-seconds out.`);
}

/** Parameters of houses whose thermostats hold set-points. */
export function thermostatParams(agents: readonly AgentEntry[], settings: ControlSettings) {
  if (settings.control === "switch") return {};
  const deadBandF = settings.deadBand ?? agents.map(({ agent }) => agent.deadbandF);
  return { thermostat: { deadBandF, cycleSeconds: settings.cycleSeconds ?? CYCLE_SECONDS } };
}

/** Parameters of the prosumers: those that are not their defaults. */
export function partParams({ control, participation, demandResponse }: ControlSettings) {
  return {
    ...(control !== "switch" && { control }),
    ...(participation !== 1 && { participation }),
    ...(demandResponse !== "off" && { demandResponse }),
  };
}

/** Whether thermostats are told something else than what households want. */
export function movesSetpoints({ control, demandResponse }: ControlSettings): boolean {
  return control === "setpoint" || demandResponse !== "off";
}

/** What makes a case without a market: nobody bids or answers to a price. */
export function noMarket(suffixes: readonly string[], { demandResponse }: ControlSettings): string[] {
  return suffixes.flatMap(suffix => [
    `federates.prosumers${suffix}.params.trades=false`,
    ...(demandResponse === "off" ? [] : [`federates.prosumers${suffix}.params.demandResponse=off`]),
  ]);
}
