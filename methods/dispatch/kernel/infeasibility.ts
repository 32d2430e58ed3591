import { DispatchError } from "../dispatch-error.js";
import type { QuadraticProgram } from "../program.js";
import type { InteriorPoint } from "./interior-point.js";

export function explainFailure(
  _program: QuadraticProgram,
  _linear: Float64Array,
  _curvature: Float64Array,
  engine: InteriorPoint,
): DispatchError {
  return new DispatchError("INFEASIBLE_AGENT", `no solution: error ${engine.error}`);
}
