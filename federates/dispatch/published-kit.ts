import {
  agentModel,
  DispatchError,
  chooseMethod,
  loadHighsSolver,
  priceBundle,
  publicProblem,
  sparseInteriorPoint,
  standAlone,
  sweep,
  type DispatchMethod,
  type LocalSolver,
  type NodeSpec,
  type PublicProblem,
  type PublicSpec,
} from "../../methods/index.js";
import { centralMethod } from "../../methods/dispatch/central/central-method.js";
import { edgeAdmm } from "../../methods/dispatch/edge-admm/index.js";
import { localSolver, solveDense } from "../../methods/dispatch/kernel/index.js";
import { masked, maskNamed } from "../../methods/dispatch/privacy/index.js";
import type { DispatchKit, Hiding, MethodStart } from "./kit.js";
import { OutsourcedSolver } from "./outsourced-solver.js";
import { nodeSpecAt, publicSpecAt } from "./sources.js";

/** HiGHS once it is loaded; it serves `central` alone. */
let highs: LocalSolver | undefined;

/** An agent that solves its programs itself. */
const PLAIN: Hiding = { mask: "none", uniform: () => 0 };

/** Problems by the rules of the published frameworks, and the methods of this project. */
export const publishedKit: DispatchKit = {
  publicProblem: (source, horizon) => publicProblem(publicSpecAt(source, horizon)),
  agentModel: (source, horizon) => agentModel(nodeSpecAt(source, horizon), publicSpecAt(source.problem, horizon).frame),
  ready: name => (name === "central" && highs === undefined ? loadHighs() : undefined),
  method: (name, problem, start = {}) =>
    name === "auto" ? chooseMethod(problem) : { method: methodNamed(name, problem, start) },
  solver: ({ mask, uniform } = PLAIN) =>
    mask === "none" ? localSolver : masked(solveDense, { mask: maskNamed(mask), uniform }),
  outsourced: ({ mask, uniform }, solutions) => new OutsourcedSolver({ mask: maskNamed(mask), uniform }, solutions),
  costAlone: (problem, horizon) => {
    const spec = publicSpecAt(problem, horizon);
    return ({ node, devices }) => costAlone(nodeSpecAt({ problem, node, devices }, horizon), spec);
  },
};

/** A figure to compare with: where it is not to be had, the run goes on without it. */
function costAlone(node: NodeSpec, spec: PublicSpec): number | undefined {
  try {
    return standAlone(node, spec, localSolver).cost;
  } catch (error) {
    if (error instanceof DispatchError) return undefined;
    throw error;
  }
}

async function loadHighs(): Promise<void> {
  highs = await loadHighsSolver();
}

function methodNamed(name: string, { regulariser }: PublicProblem, { legacy, grouping }: MethodStart): DispatchMethod {
  switch (name) {
    case "sweep":
      return sweep;
    case "price-bundle":
      return priceBundle({ grouping });
    case "edge-admm":
      return edgeAdmm(legacy === undefined ? {} : { start: { value: legacy.value, multiplier: legacy.multiplier } });
    case "central":
      return centralMethod(regulariser > 0 || highs === undefined ? sparseInteriorPoint : highs);
    default:
      throw new RangeError(`There is no method "${name}".`);
  }
}
