import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  Courier,
  LEDGER_DRIVERS,
  scopeOf,
  startClerk,
  type ClerkOrder,
  type LedgerDriver,
} from "../../ledger/index.js";
import type { Context } from "../../runtime/index.js";
import type { SettlementState } from "./state.js";
import { openingOf } from "./terms.js";

/** Couriers of running instances; a checkpoint knows nothing of them. */
const couriers = new WeakMap<Context, Courier>();

/** The courier to the ledger that the launch asks for; undefined where it asks for none. */
export function courierOf(state: SettlementState, context: Context): Courier | undefined {
  const known = couriers.get(context);
  if (known !== undefined) return known;
  const { folder: run, ledger: driver = "none", network } = context.launch;
  if (run === undefined || !isDriver(driver)) return undefined;
  const folder = join(run, "ledger");
  const { params, outbox } = state;
  mkdirSync(folder, { recursive: true });
  const order: ClerkOrder = {
    ...{ driver, folder, network, seed: String(context.seed), scope: scopeOf(driver, folder) },
    markets: Object.keys(params.markets).map(name => openingOf(name, params, context.start)),
  };
  const settings = { driver, folder, patienceMs: params.patienceSeconds * 1000 };
  const courier = new Courier(outbox, startClerk(order), settings);
  couriers.set(context, courier);
  return courier;
}

/** Lets the courier end; what is not settled stays in the state. */
export async function closeCourier(context: Context): Promise<void> {
  const courier = couriers.get(context);
  couriers.delete(context);
  await courier?.close();
}

function isDriver(name: string): name is LedgerDriver {
  return (LEDGER_DRIVERS as readonly string[]).includes(name);
}
