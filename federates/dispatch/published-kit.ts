import { agentModel, publicProblem, type DispatchMethod } from "../../methods/index.js";
import { edgeAdmm } from "../../methods/dispatch/edge-admm/index.js";
import { localSolver } from "../../methods/dispatch/kernel/index.js";
import { sweep } from "../../methods/dispatch/sweep/index.js";
import type { DispatchKit } from "./kit.js";
import { nodeSpecAt, publicSpecAt } from "./sources.js";

/** Problems by the rules of the published frameworks, and the methods of this project. */
export const publishedKit: DispatchKit = {
  publicProblem: (source, horizon) => publicProblem(publicSpecAt(source, horizon)),
  agentModel: (source, horizon) => agentModel(nodeSpecAt(source, horizon), publicSpecAt(source.problem, horizon).frame),
  method: (name): DispatchMethod => (name === "edge-admm" ? edgeAdmm() : sweep),
  solver: () => localSolver,
};
