import { sixtyBus, yingkou } from "../../cases/dispatch/data/index.js";
import { dispatchProblem, type DispatchSpec } from "../../methods/dispatch/index.js";
import { localSolver } from "../../methods/dispatch/kernel/index.js";
import { RandomStream } from "../../runtime/stream.js";
import type { Row, Runner } from "../measure.js";
import type { Settings } from "../suite.js";

/** A case whose flexible agents are solved one after the other, and the milliseconds to solve all of them in. */
interface Task {
  readonly name: string;
  readonly spec: () => DispatchSpec;
  readonly goal?: number;
}

const TASKS: readonly Task[] = [
  { name: "sixty-bus T 24", spec: () => sixtyBus({ steps: 24 }), goal: 22.6 },
  { name: "sixty-bus T 96", spec: () => sixtyBus({ steps: 96 }), goal: 114 },
  { name: "yingkou-60 T 24", spec: () => yingkou({ steps: 24, day: 0 }) },
  { name: "yingkou-60 T 96", spec: () => yingkou({ steps: 96, day: 0 }) },
];

/** Prices differ from turn to turn by at most this share. */
const SPREAD = 0.1;
const WARMING_TURNS = 10;
const TURNS = 20;

/** Median milliseconds of one answer of every flexible agent to new prices, programs made ready before. */
function answerAll({ spec }: Task): Runner {
  return () => {
    const { agents, root, steps } = dispatchProblem(spec());
    const stream = new RandomStream(1, "prices");
    const flexible = agents.filter(({ isFlexible }) => isFlexible);
    const asked = flexible.map(({ program, active }) => {
      return { program, active, prepared: localSolver.prepare(program), linear: program.linear.slice() };
    });
    const millis: number[] = [];
    let iterations = 0;
    for (let turn = 0; turn < WARMING_TURNS + TURNS; turn++) {
      const price = Float64Array.from({ length: steps }, (_, t) => root.buyPrice[t] * (0.7 + SPREAD * stream.next()));
      for (const { program, active, linear } of asked) {
        active.forEach((column, t) => (linear[column] = program.linear[column] - price[t]));
      }
      const startedAt = performance.now();
      for (const { prepared, linear } of asked) iterations += prepared.solve(linear).iterations;
      if (turn >= WARMING_TURNS) millis.push(performance.now() - startedAt);
    }
    const value = millis.sort((a, b) => a - b)[TURNS >> 1];
    const iterationsPerSolve = iterations / (WARMING_TURNS + TURNS) / asked.length;
    return Promise.resolve({ value, also: { agents: asked.length, iterationsPerSolve } });
  };
}

/** What the agents of a case need for one round of prices, without any coordination. */
export function localPrograms({ quick }: Settings): Row[] {
  return TASKS.slice(0, quick ? 1 : TASKS.length).map(task => ({
    bench: "dispatch",
    labels: { case: task.name, part: "local programs" },
    measure: "millisPerRound" as const,
    ...(task.goal !== undefined && { goal: task.goal }),
    ours: answerAll(task),
  }));
}
