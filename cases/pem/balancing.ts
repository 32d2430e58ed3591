import { CosimError } from "../../broker/wire/index.js";

/** Options that say what the houses may draw. */
export interface BalancingOptions {
  readonly balancingKw: number;
  readonly balancingCsv: string | undefined;
  readonly balancingShare: number | undefined;
}

/** The coordinator's balancing signal; a file or a share stands in place of the constant. Throws `COSIM_OPTION_INVALID` for both at once. */
export function balancingSignal(options: BalancingOptions, ratingKva: number): Readonly<Record<string, unknown>> {
  const { balancingKw, balancingCsv, balancingShare } = options;
  if (balancingCsv !== undefined && balancingShare !== undefined) {
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `--balancing-csv ${balancingCsv} and --balancing-share ${balancingShare} contradict each other; give one of them.`,
    );
  }
  if (balancingCsv !== undefined) return { file: balancingCsv };
  return balancingShare === undefined ? { kw: balancingKw } : { share: balancingShare, ratingKva };
}
