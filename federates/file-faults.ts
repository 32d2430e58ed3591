import { CosimError, type Fault } from "../broker/wire/index.js";
import { ModelError } from "../models/index.js";

/** The faults of a file that a parameter names, where reading it or a model's look at it has thrown. */
export function fileFaults(path: string, error: unknown): Fault[] {
  const cure = "Correct that file, or generate the case anew.";
  return problemsOf(error).map(problem => ({ path, problem, cure }));
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ModelError) return error.faults;
  const { message } = error as Error;
  if (error instanceof CosimError || !(error instanceof TypeError)) return [message];
  return [`The file is not made as it should be (${message}).`];
}
