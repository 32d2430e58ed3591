export { CosimError, type ErrorCode, type Fault } from "./broker/wire/index.js";
export type { Case, CaseFile } from "./cases/index.js";
export {
  marketEnvironment,
  type Environment,
  type MarketEnvironmentOptions,
  type Outcome,
} from "./cases/pet-rl/environment.js";
export {
  defineFederate,
  type AnyFederate,
  type CaseShape,
  type Context,
  type FederateDefinition,
  type InputDeclaration,
  type OutputDeclaration,
  type OutputFile,
  type Step,
  type StepOutcome,
} from "./runtime/index.js";
export { run, type RunOptions, type RunResult } from "./tools/run-case.js";
export { z } from "zod";
