import type { Fault } from "../../broker/wire/index.js";
import type { OperatorParams } from "./operator-params.js";

/** Why a case cannot have its answers sealed, as its operator is set. */
export function sealingFaults(
  { encrypt, method, onSilence }: Pick<OperatorParams, "encrypt" | "method" | "onSilence">,
  library = "node-seal",
): Fault[] {
  if (encrypt === "none") return [];
  const faults: Fault[] = [];
  const path = "params.encrypt";
  if (method !== "price-bundle") {
    const problem = `Only the answers of the method price-bundle come in sums; those of ${method} cannot be sealed.`;
    faults.push({ path, problem, cure: "Let `method` be price-bundle, or `encrypt` none." });
  }
  if (onSilence !== "stop") {
    const problem = "A sum has no last answer of a single silent agent to go on with.";
    faults.push({ path, problem, cure: "Let `onSilence` be stop, and raise `retries`." });
  }
  if (!isInstalled(library)) {
    const problem = `LIBRARY_MISSING: encrypted sums need ${library}, which is not installed.`;
    faults.push({ path, problem, cure: `npm install ${library}@6.0.3` });
  }
  return faults;
}

function isInstalled(library: string): boolean {
  try {
    import.meta.resolve(library);
    return true;
  } catch {
    return false;
  }
}
