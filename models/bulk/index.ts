export type { Branch, BulkCase, Bus, BusKind, Generator, QuadraticCost } from "./case.js";
export { checkBulkCase, findBulkCaseFaults } from "./validation.js";
export { type QuadraticProgram, type QuadraticSolution, solveQuadraticProgram } from "./quadratic-program.js";
export {
  type Dispatch,
  InfeasibleDispatchError,
  optimalPowerFlow,
  UnsolvedDispatchError,
} from "./optimal-power-flow.js";
export {
  type BusVoltages,
  caseOperatingPoint,
  type OperatingPoint,
  type PowerFlow,
  PowerFlowError,
} from "./power-flow.js";
export { type PowerFlowOptions, PowerFlowSolver } from "./power-flow-solver.js";
export { type DemandBid, dispatchableLoad, scaleDemandBid, type UnitOutage, withOutages } from "./dispatchable-load.js";
export { readMatpower } from "./matpower.js";
export { nineBus } from "./nine-bus.js";
