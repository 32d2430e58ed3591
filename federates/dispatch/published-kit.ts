import {
  agentModel,
  chooseMethod,
  loadHighsSolver,
  priceBundle,
  publicProblem,
  sparseInteriorPoint,
  sweep,
  type DispatchMethod,
  type LocalSolver,
  type PublicProblem,
} from "../../methods/index.js";
import { centralMethod } from "../../methods/dispatch/central/central-method.js";
import { edgeAdmm } from "../../methods/dispatch/edge-admm/index.js";
import { localSolver } from "../../methods/dispatch/kernel/index.js";
import type { DispatchKit, Legacy } from "./kit.js";
import { nodeSpecAt, publicSpecAt } from "./sources.js";

/** HiGHS once it is loaded; it serves `central` alone. */
let highs: LocalSolver | undefined;

/** Problems by the rules of the published frameworks, and the methods of this project. */
export const publishedKit: DispatchKit = {
  publicProblem: (source, horizon) => publicProblem(publicSpecAt(source, horizon)),
  agentModel: (source, horizon) => agentModel(nodeSpecAt(source, horizon), publicSpecAt(source.problem, horizon).frame),
  ready: name => (name === "central" && highs === undefined ? loadHighs() : undefined),
  method: (name, problem, legacy) =>
    name === "auto" ? chooseMethod(problem) : { method: methodNamed(name, problem, legacy) },
  solver: () => localSolver,
};

async function loadHighs(): Promise<void> {
  highs = await loadHighsSolver();
}

function methodNamed(name: string, { regulariser }: PublicProblem, legacy: Legacy | undefined): DispatchMethod {
  switch (name) {
    case "sweep":
      return sweep;
    case "price-bundle":
      return priceBundle();
    case "edge-admm":
      return edgeAdmm(legacy === undefined ? {} : { start: { value: legacy.value, multiplier: legacy.multiplier } });
    case "central":
      return centralMethod(regulariser > 0 || highs === undefined ? sparseInteriorPoint : highs);
    default:
      throw new RangeError(`There is no method "${name}".`);
  }
}
