import { z } from "zod";
import { DispatchError } from "../dispatch-error.js";
import { addBattery, batterySchema } from "./battery.js";
import { addChp, chpSchema } from "./chp.js";
import { addElectricHeater, electricHeaterSchema } from "./electric-heater.js";
import { addGenerator, generatorSchema } from "./generator.js";
import { addGridPort, gridPortSchema } from "./grid-port.js";
import { addHeatPump, heatPumpSchema } from "./heat-pump.js";
import { addHeatStore, heatStoreSchema } from "./heat-store.js";
import { addLoad, loadSchema } from "./load.js";
import type { NodeBuilder } from "./node-builder.js";
import { addRenewable, renewableSchema } from "./renewable.js";
import { addYingkouBattery, yingkouBatterySchema } from "./yingkou-battery.js";

/** Every kind of device, as a case writes it; powers in the case's power unit, energies in that unit times hours. */
export const deviceSchema = z.discriminatedUnion("kind", [
  loadSchema,
  renewableSchema,
  chpSchema,
  generatorSchema,
  batterySchema,
  yingkouBatterySchema,
  heatStoreSchema,
  heatPumpSchema,
  electricHeaterSchema,
  gridPortSchema,
]);

/** A device as data; what has a default may be left out. */
export type DeviceSpec = z.input<typeof deviceSchema>;
export type Device = z.output<typeof deviceSchema>;

/**
 * Reads a device of a node, defaults filled in.
 * @throws DispatchError `INVALID_DEVICE` or `INVALID_PROFILE` that names node, device, every fault and its cure.
 */
export function readDevice(party: string, spec: unknown): Device {
  const given = (typeof spec === "object" && spec !== null ? spec : {}) as Record<string, unknown>;
  const device = String(given.name ?? given.kind ?? "a device");
  for (const [field, value] of Object.entries(given)) {
    if (Array.isArray(value)) requireNumbers(value, { party, device, field });
  }
  const read = deviceSchema.safeParse(spec);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => {
    const field = path.join(".");
    return field === "" ? message : `${field} = ${String(given[field])}: ${message}`;
  });
  throw new DispatchError("INVALID_DEVICE", `${party}, ${device}: ${faults.join("; ")}.`, party);
}

function requireNumbers(
  values: readonly unknown[],
  { party, device, field }: { party: string; device: string; field: string },
): void {
  const step = values.findIndex(value => !Number.isFinite(value));
  if (step < 0) return;
  const message = `${party}, ${device}: ${field} is ${String(values[step])} at step ${step}. Give a number for every step.`;
  throw new DispatchError("INVALID_PROFILE", message, party);
}

/** Adds a device to its node: variables, rows, costs, and its terms in the node's balances. */
export function addDevice(node: NodeBuilder, device: Device): void {
  const name = device.name ?? device.kind;
  switch (device.kind) {
    case "load":
      return addLoad(node, device, name);
    case "renewable":
      return addRenewable(node, device, name);
    case "chp":
      return addChp(node, device, name);
    case "generator":
      return addGenerator(node, device, name);
    case "battery":
      return addBattery(node, device, name);
    case "yingkou-battery":
      return addYingkouBattery(node, device, name);
    case "heat-store":
      return addHeatStore(node, device, name);
    case "heat-pump":
      return addHeatPump(node, device, name);
    case "electric-heater":
      return addElectricHeater(node, device, name);
    case "grid-port":
      return addGridPort(node, device, name);
  }
}
