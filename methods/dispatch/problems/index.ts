export {
  dispatchProblem,
  type DispatchSpec,
  nodesInOrder,
  publicProblem,
  type PublicSpec,
} from "./dispatch-problem.js";
export { dualPrivacyRules, type FrameworkRules, type Horizon, trilemmaRules } from "./rules.js";
