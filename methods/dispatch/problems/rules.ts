import { LINEAR_PER_OHM_KW, SQUARED_PER_OHM_MW } from "../network/index.js";
import type { PublicSpec } from "./dispatch-problem.js";

/** What the rules of a published framework settle; a case adds its lines, its tariff and its devices. */
export type FrameworkRules = Pick<PublicSpec, "currency" | "powerUnit" | "voltage" | "frame">;

export interface Horizon {
  /** Steps of a day, such as 24 or 96. */
  readonly steps: number;
  /** Storages as published, or corrected; see `AgentFrame.storage`. */
  readonly storage?: "published" | "corrected";
}

const HOURS = 24;

/**
 * Rules of "A dual-privacy framework for decentralized energy management": kW and CNY/kWh, linear voltage between 0.95 and
 * 1.05, a wheeling fee on what a node sends into the network, prices times the step's hours, no quadratic cost.
 */
export function dualPrivacyRules({ steps, storage = "published" }: Horizon): FrameworkRules {
  const stepHours = HOURS / steps;
  return {
    currency: "CNY",
    powerUnit: "kW",
    voltage: { dropPerOhm: LINEAR_PER_OHM_KW, root: 1, lower: 0.95, upper: 1.05 },
    frame: {
      steps,
      stepHours,
      pricedHours: stepHours,
      wheelingFee: 0.244343,
      regulariser: 0,
      heat: "balanced",
      storage,
    },
  };
}

/**
 * Rules of the trilemma case (Yingkou): MW and CNY/MWh, squared voltage without limits, ½·0.1·x² on every variable, prices
 * summed per step and the sum times the step's hours.
 */
export function trilemmaRules({ steps, storage = "published" }: Horizon): FrameworkRules {
  return {
    currency: "CNY",
    powerUnit: "MW",
    voltage: { dropPerOhm: SQUARED_PER_OHM_MW, root: 1 },
    frame: {
      steps,
      stepHours: HOURS / steps,
      pricedHours: 1,
      wheelingFee: 0,
      regulariser: 0.1,
      heat: "surplus",
      storage,
    },
  };
}
