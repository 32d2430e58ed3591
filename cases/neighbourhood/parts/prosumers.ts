import type { AgentEntry } from "../../../federates/agents/agents-file.js";
import { delayed, jsonFile, type CasePart } from "../part.js";
import { bidderParams } from "../market.js";

/** How the households' agents take part. */
export interface ProsumersSettings {
  readonly houses: readonly string[];
  readonly agents: readonly AgentEntry[];
  readonly stepSeconds: number;
  readonly suffix?: string;
  /** Whether agents switch cooling units themselves or tell thermostats their set-points; they switch by default. */
  readonly control?: "switch" | "setpoint";
  /** Further parameters of the agents. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The households' agents of the energy-trading cases: they watch their houses, bid, and act on each round. */
export function prosumersPart(settings: ProsumersSettings): CasePart {
  const { houses, agents, stepSeconds, suffix = "", control = "switch", params } = settings;
  const command = control === "switch" ? "cooling" : "coolingSetpoint";
  const prosumers = `prosumers${suffix}`;
  const premises = `houses${suffix}`;
  const agentsFile = `agents${suffix}.json`;
  return {
    federates: {
      [prosumers]: {
        use: "prosumers",
        period: stepSeconds,
        params: {
          agents: agentsFile,
          houses,
          ...bidderParams,
          inverterEfficiency: 0.9,
          ...params,
        },
      },
    },
    links: [
      ...["airTemperature", "hvacLoad", "hvacPower", "houseLoad", "pvAvailable"].map(
        port => `${premises}.${port} -> ${prosumers}.${port}`,
      ),
      delayed(`${prosumers}.${command}`, `${premises}.${command}`),
      delayed(`${prosumers}.pvSetpoint`, `${premises}.pvSetpoint`),
      delayed(`${prosumers}.batteryReference`, `${premises}.batteryReference`),
    ],
    files: { [agentsFile]: jsonFile({ agents }, agents.length) },
  };
}
