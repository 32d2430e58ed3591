import type { AgentEntry } from "../../../federates/agents/agents-file.js";
import { delayed, jsonFile, type CasePart } from "../part.js";
import { bidderParams } from "../market.js";

/** How the agents of thermostats take part. */
export interface ThermostatsSettings {
  readonly houses: readonly string[];
  readonly agents: readonly AgentEntry[];
  readonly stepSeconds: number;
  readonly participation: number;
  readonly suffix?: string;
}

/** The bidders of a feeder whose thermostats bid: its houses, then everything else that it serves. */
export function thermostatBidders(houses: readonly string[]): string[] {
  return [...houses, "rest of the feeder"];
}

/** Agents that bid for cooling and answer to the price with the set-points of their houses' thermostats. */
export function thermostatsPart(settings: ThermostatsSettings): CasePart {
  const { houses, agents, stepSeconds, participation, suffix = "" } = settings;
  const thermostats = `thermostats${suffix}`;
  const agentsFile = `agents${suffix}.json`;
  return {
    federates: {
      [thermostats]: {
        use: "thermostats",
        period: stepSeconds,
        params: {
          agents: agentsFile,
          houses,
          bidders: thermostatBidders(houses),
          ...bidderParams,
          participation,
        },
      },
    },
    links: [
      ...["airTemperature", "hvacLoad"].map(port => `houses${suffix}.${port} -> ${thermostats}.${port}`),
      `feeder${suffix}.distributionLoad -> ${thermostats}.distributionLoad`,
      delayed(`${thermostats}.coolingSetpoint`, `houses${suffix}.coolingSetpoint`),
    ],
    files: { [agentsFile]: jsonFile({ agents }, agents.length) },
  };
}
