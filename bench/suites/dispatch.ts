import { sixBus, sixtyBus, yingkou } from "../../cases/dispatch/data/index.js";
import {
  chooseMethod,
  type DispatchProblem,
  dispatchProblem,
  type DispatchSpec,
  edgeAdmm,
  maskNamed,
  masked,
  priceBundle,
  randomDispatch,
  runDispatch,
  sealedAggregator,
  SecureSum,
  solveCentral,
} from "../../methods/dispatch/index.js";
import { localSolver, solveDense } from "../../methods/dispatch/kernel/index.js";
import { RandomStream } from "../../runtime/stream.js";
import type { Row, Runner } from "../measure.js";
import type { Suite } from "../suite.js";
import { localPrograms } from "./local-programs.js";

/** A case, the gap to reach, and the seconds to reach it in. */
interface Task {
  readonly name: string;
  readonly spec: () => DispatchSpec;
  readonly gap: number;
  readonly goal?: number;
  /** Small enough for a quick run. */
  readonly isQuick?: boolean;
  /** Large enough to be solved once only. */
  readonly isLarge?: boolean;
  /** False where the central program takes too long to wait for. */
  readonly hasCentral?: boolean;
}

const random = (nodes: number): DispatchSpec => {
  const stream = new RandomStream(1, "dispatch");
  return randomDispatch({
    nodes,
    steps: 24,
    framework: "dual-privacy",
    limits: "none",
    uniform: () => stream.next(),
  });
};

const TASKS: readonly Task[] = [
  { name: "six-bus T 24", spec: () => sixBus({ steps: 24 }), gap: 1e-6, isQuick: true },
  { name: "sixty-bus T 24", spec: () => sixtyBus({ steps: 24 }), gap: 1e-6, goal: 1 },
  { name: "sixty-bus T 96", spec: () => sixtyBus({ steps: 96 }), gap: 1e-6, goal: 5, isLarge: true },
  { name: "yingkou-60 T 24", spec: () => yingkou({ steps: 24, day: 0 }), gap: 1e-6, goal: 0.3, isQuick: true },
  { name: "yingkou-60 T 96", spec: () => yingkou({ steps: 96, day: 0 }), gap: 1e-6, goal: 2 },
  { name: "random 100 T 24", spec: () => random(100), gap: 1e-4 },
  { name: "random 1000 T 24", spec: () => random(1000), gap: 1e-4, isLarge: true },
  { name: "random 10000 T 24", spec: () => random(10_000), gap: 1e-4, goal: 120, isLarge: true, hasCentral: false },
];

/** Coordinates the agents once, everything made ready anew. */
function coordinate(problem: DispatchProblem, gap: number): Runner {
  return () => {
    const { method } = chooseMethod(problem);
    const startedAt = performance.now();
    const { outcome } = runDispatch(problem, {
      method,
      solver: localSolver,
      rule: { stop: "gap", gap, maxRounds: 200 },
    });
    const value = (performance.now() - startedAt) / 1000;
    return Promise.resolve({ value, also: { iterations: outcome.rounds, relativeGap: outcome.gap } });
  };
}

/** Solves everything as one program. */
function centrally(problem: DispatchProblem): Runner {
  return async () => {
    const startedAt = performance.now();
    await solveCentral(problem);
    return { value: (performance.now() - startedAt) / 1000, also: { iterations: 1, relativeGap: 0 } };
  };
}

function rowsOf(task: Task): Row[] {
  let built: DispatchProblem | undefined;
  const problem = () => (built ??= dispatchProblem(task.spec()));
  const row = (method: string, ours: Runner): Row => ({
    bench: "dispatch",
    labels: { case: task.name, method, mask: "none" },
    measure: "wallSeconds",
    ours,
    ...(task.isLarge && { repetitions: 1 }),
  });
  const own = row("auto", () => coordinate(problem(), task.gap)());
  const central = row("central", () => centrally(problem())());
  return [{ ...own, goal: task.goal }, ...(task.hasCentral === false ? [] : [central])];
}

type Way = Parameters<typeof runDispatch>[1] & { readonly close?: () => void };

/** One more way to a case's dispatch: other words, other solvers or another rule. */
function wayRow(labels: Row["labels"], goal: number | undefined, way: () => Way | Promise<Way>): Row {
  const spec = labels.case === "six-bus T 24" ? sixBus({ steps: 24 }) : yingkou({ steps: 24, day: 0 });
  const ours: Runner = async () => {
    const problem = dispatchProblem(spec);
    const startedAt = performance.now();
    const { close, ...ways } = await way();
    try {
      const { outcome } = runDispatch(problem, ways);
      const value = (performance.now() - startedAt) / 1000;
      return { value, also: { iterations: outcome.rounds, relativeGap: outcome.gap } };
    } finally {
      close?.();
    }
  };
  return { bench: "dispatch", labels, measure: "wallSeconds", ours, ...(goal !== undefined && { goal }) };
}

const rule = { stop: "gap", gap: 1e-6, maxRounds: 200 } as const;

/** The published consensus by its own test, masks around each agent's program, and sums under encryption with keys made anew. */
const otherWays = (): Row[] => [
  wayRow({ case: "yingkou-60 T 24", method: "edge-admm, paper's stop", mask: "none" }, 15, () => ({
    method: edgeAdmm(),
    solver: localSolver,
    rule: { stop: "paper", gap: 1e-6, maxRounds: 2000 },
  })),
  ...["rmme", "orthogonal", "repaired"].map(mask =>
    wayRow({ case: "six-bus T 24", method: "price-bundle", mask }, undefined, () => {
      const stream = new RandomStream(1, "mask");
      const uniform = () => stream.next();
      return { method: priceBundle(), solver: masked(solveDense, { mask: maskNamed(mask), uniform }), rule };
    }),
  ),
  wayRow({ case: "six-bus T 24", method: "price-bundle, CKKS sums", mask: "none" }, 3, async () => {
    const sums = await SecureSum.create();
    const method = priceBundle({ aggregator: sealedAggregator(sums) });
    return { method, solver: localSolver, rule, close: () => sums.close() };
  }),
];

/** Decentralised dispatch, by the method that `auto` chooses, next to the central program. */
export const dispatch: Suite = {
  name: "dispatch",
  doc: "Decentralised dispatch to a certified gap (1e-6; random cases 1e-4), next to one central program of everything.",
  rows: settings => [
    ...TASKS.filter(({ isQuick }) => !settings.quick || isQuick).flatMap(rowsOf),
    ...(settings.quick ? [] : otherWays()),
    ...localPrograms(settings),
  ],
};
