import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CosimError } from "../../broker/wire/index.js";
import { type BackendName, loadBackend } from "../../federates/learning/load-backend.js";
import { type Backend, type Environment, plainBackend, update } from "../../methods/learning/index.js";
import { oneStepMarket, profitShare } from "../../methods/learning/testing/one-step-market.js";
import { type Group, groupOf } from "../../methods/learning/testing/samples.js";
import { earningsShare, storageArbitrage } from "../../methods/learning/testing/storage-arbitrage.js";
import { type Policy, train } from "../../methods/learning/testing/training.js";
import { medianOf, type Row, type Runner, Skipped } from "../measure.js";
import type { Suite } from "../suite.js";

const MEMORY = fileURLToPath(new URL("../processes/learning-memory.js", import.meta.url));
const AGENTS = 60;
/** An update of the critics alone comes five times as often as one of all networks. */
const CYCLE = 6;

/** Updates to time. */
interface Work {
  readonly backend: BackendName;
  /** All agents in one call, or a call for each. */
  readonly agents: "stacked" | "one by one";
  readonly of: "all networks" | "critics";
  readonly goal?: number;
}

const WORKS: readonly Work[] = [
  { backend: "plain", agents: "stacked", of: "all networks", goal: 35 },
  { backend: "plain", agents: "stacked", of: "critics" },
  { backend: "tfjs-wasm", agents: "stacked", of: "all networks" },
  { backend: "tfjs-wasm", agents: "stacked", of: "critics" },
  { backend: "tfjs-wasm", agents: "one by one", of: "all networks" },
  { backend: "tfjs-wasm", agents: "one by one", of: "critics" },
  { backend: "tfjs-cpu", agents: "stacked", of: "all networks" },
  { backend: "tfjs-node", agents: "stacked", of: "all networks" },
];

/** Milliseconds of an update, the median of several cycles after one to warm up. */
function timeUpdates({ backend: name, agents, of }: Work, cycles: number): Runner {
  return async () => {
    const backend = await loadInstalled(name);
    const group = groupOf(AGENTS, 200);
    const turns = agents === "stacked" ? [[...group.randoms.keys()]] : group.randoms.map((_, agent) => [agent]);
    const millis: number[] = [];
    for (let turn = 1; turn <= (cycles + 1) * CYCLE; turn++) {
      const startedAt = performance.now();
      for (const some of turns) updateSome(group, some, backend);
      const isWanted = (turn % CYCLE === 0) === (of === "all networks");
      if (turn > CYCLE && isWanted) millis.push(performance.now() - startedAt);
    }
    return { value: medianOf(millis) };
  };
}

function updateSome({ state, randoms }: Group, agents: readonly number[], backend: Backend): void {
  for (const agent of agents) state.due[agent] = 1;
  const divergences = update(state, randoms, backend);
  if (divergences.length > 0) throw new Error(`Agent ${divergences[0].agent} diverged.`);
}

async function loadInstalled(name: BackendName): Promise<Backend> {
  try {
    return await loadBackend(name);
  } catch (error) {
    if (error instanceof CosimError && error.code === "COSIM_BACKEND_MISSING") throw new Skipped(error.message);
    throw error;
  }
}

/** Peak memory of a process whose agents remember as much as they may. */
function fillMemories(agents: number): Runner {
  return async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [MEMORY, String(agents)]);
    return { value: Number(stdout) };
  };
}

/** An environment whose optimum is known, and the most steps in which an agent is to come within 5 % of it. */
interface Lesson {
  readonly name: string;
  readonly make: () => Environment;
  readonly share: (policy: Policy) => number;
  readonly mostSteps: number;
}

const LESSONS: readonly Lesson[] = [
  { name: "one-step market", make: oneStepMarket, share: profitShare, mostSteps: 5000 },
  { name: "storage arbitrage", make: storageArbitrage, share: earningsShare, mostSteps: 16_000 },
];

const CHECK_EVERY = 250;

/** Steps until a policy reaches 95 % of the optimum; another seed each time. */
function timeLesson({ name, make, share, mostSteps }: Lesson): Runner {
  let seed = 0;
  return () => {
    let reached = 0;
    const done = (policy: Policy) => (reached = share(policy)) >= 0.95;
    seed++;
    const training = { steps: mostSteps, seed, backend: plainBackend(), check: { every: CHECK_EVERY, done } };
    const { steps } = train(make(), training);
    if (reached < 0.95) throw new Error(`${name}, seed ${seed}: ${reached} of the optimum after ${steps} steps.`);
    return Promise.resolve({ value: steps });
  };
}

/** Learning agents with the published networks: 13-30-30-1 and 14-30-30-1, batches of 100. */
export const learn: Suite = {
  name: "learn",
  doc: "Updates of learning agents with two networks of two times 30 units and batches of 100, drawn anew; the memory of agents that remember 10,000 transitions each; steps to 95 % of a known optimum.",
  rows({ quick }) {
    const timed = WORKS.map((work): Row => ({
      bench: "learn",
      labels: { agents: AGENTS, backend: work.backend, together: work.agents, update: work.of },
      measure: "millisPerUpdate",
      goal: work.goal,
      repetitions: 3,
      ours: timeUpdates(work, quick ? 1 : 5),
    }));
    const lessons = LESSONS.map((lesson): Row => ({
      bench: "learn",
      labels: { environment: lesson.name, backend: "plain" },
      measure: "stepsToOptimum",
      goal: lesson.mostSteps,
      ours: timeLesson(lesson),
    }));
    const agents = quick ? 100 : 1000;
    const memory: Row = {
      bench: "learn",
      labels: { agents, backend: "plain" },
      measure: "peakMegabytes",
      goal: quick ? undefined : 2000,
      repetitions: 1,
      ours: fillMemories(agents),
    };
    return [...timed, memory, ...lessons];
  },
};
