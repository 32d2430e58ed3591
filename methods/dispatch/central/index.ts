export { type CentralDispatch, dispatchCentrally, loadCentralSolver, solveCentral } from "./central-dispatch.js";
export { type CentralProgram, centralProgram, type NodePlaces } from "./central-program.js";
export { loadHighsSolver } from "./highs-solver.js";
export { sparseInteriorPoint } from "./sparse-interior-point.js";
export { type LonelyNode, nonCooperative, type NonCooperative, standAlone } from "./non-cooperative.js";
export { type Bill, billsAtDualPrices, costAt, networkPayments } from "./bills.js";
export { explainInfeasibility, type Relaxation, smallestRelaxation } from "./relaxation.js";
