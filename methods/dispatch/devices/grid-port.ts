import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";
import { DispatchError } from "../dispatch-error.js";
import { profile } from "./profile.js";

/**
 * Connection to the grid: import and export up to their limits at buying and selling prices per unit of energy. Each carries
 * |Q| ≤ reactiveShare·P; without a share, reactive power is free.
 */
export const gridPortSchema = z.strictObject({
  kind: z.literal("grid-port"),
  name: z.string().optional(),
  buyPrice: profile,
  sellPrice: profile,
  importLimit: z.number().min(0).optional(),
  exportLimit: z.number().min(0).optional(),
  reactiveShare: z.number().min(0).optional(),
});
export type GridPort = z.input<typeof gridPortSchema>;

/** The prices of a port by step, per unit of energy. */
export interface PortPrices {
  readonly buyPrice: Float64Array;
  readonly sellPrice: Float64Array;
}

/**
 * Refuses prices at which buying and selling at once would earn without end.
 * @throws DispatchError `INVALID_DEVICE`.
 */
export function requireNoArbitrage(party: string, { buyPrice, sellPrice }: PortPrices): void {
  const step = sellPrice.findIndex((price, at) => price > buyPrice[at]);
  if (step < 0) return;
  const prices = `sellPrice ${sellPrice[step]} exceeds buyPrice ${buyPrice[step]} at step ${step}`;
  throw new DispatchError("INVALID_DEVICE", `${party}, grid-port: ${prices}. Sell for no more than you buy at.`, party);
}

export function addGridPort(node: NodeBuilder, port: z.output<typeof gridPortSchema>, name: string): void {
  const buy = node.profile(port.buyPrice, name, "buyPrice");
  const sell = node.profile(port.sellPrice, name, "sellPrice");
  requireNoArbitrage(node.name, { buyPrice: buy, sellPrice: sell });
  const imported = node.program.block(name, "import", {
    lower: 0,
    upper: port.importLimit,
    linear: buy.map(price => node.perStep(price)),
  });
  const exported = node.program.block(name, "export", {
    lower: 0,
    upper: port.exportLimit,
    linear: sell.map(price => -node.perStep(price)),
  });
  node.active.push(scaled(imported), scaled(exported, -1));
  if (port.reactiveShare === undefined) {
    node.reactive.push(scaled(node.program.block(name, "reactivePower")));
    return;
  }
  node.reactiveWithin(name, imported, { share: port.reactiveShare });
  node.reactiveWithin(name, exported, { share: port.reactiveShare, sign: -1 });
}
