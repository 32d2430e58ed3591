export { consensusOf, tariffConsensus, type Consensus } from "./consensus.js";
export {
  edgeAdmm,
  type EdgeAdmm,
  type EdgeAdmmOptions,
  type EdgeAdmmOutcome,
  type EdgeCoordination,
} from "./edge-admm.js";
export { dualPrivacyConsensus, publishedConsensus, trilemmaConsensus, type EdgeAdmmRules } from "./rules.js";
