import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { chooseParticipants } from "../../methods/index.js";
import type { Context } from "../../runtime/index.js";
import { RESPONSE_PRICES, type ResponsePrice } from "../agents/price-response.js";

/** How far households take part in the market and in what its prices ask for. */
export interface TakingPart {
  /** 1 where the household bids and answers to prices; the others cool when they need to and feed in all their sun. */
  readonly responds: Uint8Array;
  /** Whether anybody bids at all. */
  readonly trades: boolean;
  /** Whether agents switch the cooling units themselves, or tell thermostats their set-points. */
  readonly control: "switch" | "setpoint";
  /** The price that moves the set-points of those who respond. */
  readonly demandResponse: ResponsePrice;
}

/** Everybody bids, and only accepted bids decide who cools. */
export function everybody(houses: number): TakingPart {
  return { responds: new Uint8Array(houses).fill(1), trades: true, control: "switch", demandResponse: "off" };
}

/** Parameters that say how far households take part. */
export const partParams = {
  /** Whether anybody bids; where not, houses follow their schedules and feed in all their sun. True by default. */
  trades: z.boolean().optional(),
  /** Part of the houses, 0 to 1, that bid and answer to prices; the others follow their schedules. 1 by default. */
  participation: z.number().optional(),
  /** Whether agents switch cooling units, or tell thermostats their set-points. Units are switched by default. */
  control: z.enum(["switch", "setpoint"]).optional(),
  /** The price that moves set-points, within each agent's limit. Off by default. */
  demandResponse: z.enum(RESPONSE_PRICES).optional(),
};

type PartSettings = z.infer<z.ZodObject<typeof partParams>> & {
  readonly houses: readonly string[];
  readonly learning?: unknown;
};

/** Who takes part in what; those who do are drawn from the stream `participation`. */
export function takingPart(settings: PartSettings, context: Pick<Context, "stream">): TakingPart {
  const { houses, participation = 1, trades = true, control = "switch", demandResponse = "off" } = settings;
  const order = context.stream("participation").shuffle(houses.map((_, i) => i));
  return { responds: chooseParticipants(order, participation), trades, control, demandResponse };
}

/** What contradicts itself in how households take part. */
export function partFaults({ participation = 1, trades = true, learning }: PartSettings): Fault[] {
  const faults: Fault[] = [];
  if (!(participation >= 0 && participation <= 1)) {
    const problem = `It is ${participation}, but a share lies within 0 and 1.`;
    faults.push({ path: "params.participation", problem, cure: "Give a number from 0 to 1." });
  }
  if (!trades && learning !== undefined) {
    const problem = "It is false, but prices are to be learned, and nobody learns who does not bid.";
    faults.push({ path: "params.trades", problem, cure: "Set it to true, or leave params.learning out." });
  }
  return faults;
}
