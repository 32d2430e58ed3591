export {
  LINEAR_PER_OHM_KW,
  type LineSpec,
  radialNetwork,
  SQUARED_PER_OHM_MW,
  type VoltageRules,
} from "./radial-network.js";
