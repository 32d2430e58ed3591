import { CosimError } from "../../broker/wire/index.js";
import { flagOf } from "../options.js";

/** Options that say what the houses may draw. */
export interface BalancingOptions {
  readonly balancingKw: number | undefined;
  readonly balancingCsv: string | undefined;
  readonly balancingShare: number | undefined;
}

/** The published cap of the houses together. */
const PUBLISHED_KW = 200;

/** The coordinator's balancing signal: a constant, a file or a share. Throws `COSIM_OPTION_INVALID` for more than one of them. */
export function balancingSignal(options: BalancingOptions, ratingKva: number): Readonly<Record<string, unknown>> {
  const { balancingKw, balancingCsv, balancingShare } = options;
  const given = Object.entries({ balancingKw, balancingCsv, balancingShare }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length > 1) {
    const named = given.map(([name, value]) => `--${flagOf(name)} ${value}`).join(" and ");
    throw new CosimError("COSIM_OPTION_INVALID", `${named} contradict each other; give one of them.`);
  }
  if (balancingCsv !== undefined) return { file: balancingCsv };
  return balancingShare === undefined ? { kw: balancingKw ?? PUBLISHED_KW } : { share: balancingShare, ratingKva };
}
