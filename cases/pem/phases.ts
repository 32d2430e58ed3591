import { CosimError } from "../../broker/wire/index.js";
import type { HousePlace } from "../neighbourhood/premises.js";

type Phase = HousePlace["phase"];

/**
 * Houses on each phase: as even as can be, earlier phases first.
 * @throws CosimError `COSIM_OPTION_INVALID` for what are no phases, or more phases than houses.
 */
export function housesByPhase(phases: string, houses: number): Record<Phase, number> {
  if (!/^(?!.*(.).*\1)[ABC]+$/.test(phases)) {
    throw new CosimError("COSIM_OPTION_INVALID", `--phases "${phases}" is none of A, B, C, AB, AC, BC and ABC.`);
  }
  if (houses < phases.length) {
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `--houses ${houses} leaves a phase of --phases ${phases} without houses; give ${phases.length} or more, or fewer phases.`,
    );
  }
  const counts = { A: 0, B: 0, C: 0 };
  for (let k = 0; k < houses; k++) counts[phases[k % phases.length] as Phase]++;
  return counts;
}
