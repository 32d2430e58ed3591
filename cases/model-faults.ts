import { CosimError } from "../broker/wire/index.js";
import { ModelError } from "../models/index.js";

/** What `read` gives; the faults that a model finds in a file become one `COSIM_DATA_INVALID`. */
export function readModel<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) throw new CosimError("COSIM_DATA_INVALID", error.faults.join("\n  "));
    throw error;
  }
}
