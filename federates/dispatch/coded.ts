import { DispatchError } from "../../methods/index.js";

/** Does something whose dispatch faults end the run: their code stands before their message. */
export function coded<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof DispatchError)) throw error;
    throw new Error(`${error.code}: ${error.message}`, { cause: error });
  }
}
