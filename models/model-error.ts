/** A model's description cannot be simulated. `faults` holds one sentence for each fault: the party, the value and the cure. */
export class ModelError extends Error {
  override readonly name = "ModelError";

  constructor(
    readonly code: string,
    readonly faults: readonly string[],
  ) {
    super(`${code}: ${faults.join("\n")}`);
  }
}
