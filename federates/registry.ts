import { pathToFileURL } from "node:url";
import { isAbsolute, resolve } from "node:path";
import { CosimError } from "../broker/wire/index.js";
import type { AnyFederate } from "../runtime/index.js";

type FederateModule = () => Promise<{ readonly default: unknown }>;

/** Every built-in kind of federate and how to load it. */
export const FEDERATES: Readonly<Record<string, FederateModule>> = {
  "building": () => import("./building.js"),
  "bulk": () => import("./bulk/bulk.js"),
  "feeder": () => import("./feeder/feeder.js"),
  "houses": () => import("./houses.js"),
  "packet-controllers": () => import("./packets/packet-controllers.js"),
  "packet-coordinator": () => import("./packets/packet-coordinator.js"),
  "player": () => import("./player/player.js"),
  "prosumers": () => import("./prosumers/prosumers.js"),
  "recorder": () => import("./recorder/index.js"),
  "dispatch-agents": () => import("./dispatch/dispatch-agents.js"),
  "dispatch-aggregator": () => import("./dispatch/dispatch-aggregator.js"),
  "dispatch-operator": () => import("./dispatch/dispatch-operator.js"),
  "dispatch-worker": () => import("./dispatch/dispatch-worker.js"),
  "dispatch-results": () => import("./dispatch/dispatch-results.js"),
  "settlement": () => import("./settlement/settlement.js"),
  "storage-prosumers": () => import("./storage-prosumers/storage-prosumers.js"),
  "substation": () => import("./market/substation.js"),
  "thermostats": () => import("./thermostats/thermostats.js"),
  "weather": () => import("./weather.js"),
  "forecast": () => import("./forecast/forecast.js"),
  "tracer": () => import("./tracer/tracer.js"),
  "counter": () => import("./echo/counter.js"),
  "echo": () => import("./echo/echo.js"),
  "vehicles": () => import("./vehicles/vehicles.js"),
  "ev-prosumers": () => import("./ev-prosumers/ev-prosumers.js"),
  "external": async () => ({ default: (await import("../runtime/external.js")).externalFederate }),
};

/**
 * The definition behind a `use`: a built-in name, or the path of a module (absolute, or beginning with "./" or
 * "../" and then relative to the case's folder) whose default export is a federate.
 * @throws CosimError `COSIM_FEDERATE_UNKNOWN`
 */
export async function loadFederate(use: string, folder: string): Promise<AnyFederate> {
  if (Object.hasOwn(FEDERATES, use)) return (await FEDERATES[use]()).default as AnyFederate;
  if (!/^\.{0,2}\//.test(use) && !isAbsolute(use)) {
    const known = Object.keys(FEDERATES).join(", ");
    throw new CosimError("COSIM_FEDERATE_UNKNOWN", `There is no kind of federate "${use}"; there are ${known}.`);
  }
  const path = resolve(folder, use);
  let loaded: { readonly default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (cause) {
    throw new CosimError("COSIM_FEDERATE_UNKNOWN", `${path} cannot be loaded: ${(cause as Error).message}.`, { cause });
  }
  if (isFederate(loaded.default)) return loaded.default;
  throw new CosimError(
    "COSIM_FEDERATE_UNKNOWN",
    `The default export of ${path} is no federate; write it with defineFederate.`,
  );
}

function isFederate(value: unknown): value is AnyFederate {
  const shape = value as Partial<AnyFederate> | null | undefined;
  return typeof shape?.create === "function" && typeof shape.step === "function" && typeof shape.params === "object";
}
