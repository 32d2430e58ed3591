export { checkFeeder, findFeederFaults } from "./check.js";
export { compileFeeder } from "./compile.js";
export * from "./description.js";
export { type BranchKind, type Feeder, indexByName } from "./feeder.js";
export {
  cableLineCode,
  type CableGeometry,
  carsonImpedance,
  type ConcentricCable,
  overheadLineCode,
  type OverheadGeometry,
  triplexLineCode,
  type TriplexGeometry,
  type Wire,
} from "./line-geometry.js";
export { loadPowerVa } from "./load-power.js";
export { type FeederLoads, nominalLoads } from "./loads.js";
export { branchLoadingPercent, createMeasures, type FeederMeasures, measureFeeder, measureFlows } from "./measures.js";
export { solveFeeder, type SolveOptions } from "./solve.js";
