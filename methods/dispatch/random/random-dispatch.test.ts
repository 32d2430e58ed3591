import assert from "node:assert/strict";
import { RandomStream } from "../../../runtime/stream.js";
import { solveCentral } from "../central/index.js";
import { chooseMethod } from "../choose-method.js";
import { DispatchError } from "../dispatch-error.js";
import { localSolver } from "../kernel/index.js";
import { dispatchProblem, type DispatchSpec } from "../problems/index.js";
import { DEFAULT_RULE, runDispatch } from "../run-dispatch.js";
import { randomDispatch, type RandomDispatchOptions } from "./index.js";

/** Cases of each kind: 500 in all with GRIDLOOM_FULL=1. */
const CASES = process.env.GRIDLOOM_FULL === "1" ? 125 : 24;
const FRAMEWORKS = ["dual-privacy", "trilemma"] as const;
const LIMITS = ["none", "binding"] as const;

const draw = (seed: number, options: Omit<RandomDispatchOptions, "uniform">): DispatchSpec => {
  const stream = new RandomStream(seed, "dispatch");
  return randomDispatch({ ...options, uniform: () => stream.next() });
};

describe("a random radial case", () => {
  it("is the same from the same stream", () => {
    const options = { nodes: 12, steps: 24, framework: "dual-privacy", limits: "binding" } as const;
    assert.deepEqual(draw(3, options), draw(3, options));
    assert.notDeepEqual(draw(3, options), draw(4, options));
  });

  for (const framework of FRAMEWORKS) {
    for (const limits of LIMITS) {
      it(`has its optimum between the bounds of every round: ${framework} rules, limits ${limits}`, async () => {
        const rounds: number[] = [];
        let pressed = 0;
        let wide = 0;
        for (let seed = 0; seed < CASES; seed++) {
          const spec = draw(seed, { nodes: 4 + (seed % 9), steps: 2 + (seed % 5), framework, limits });
          const problem = dispatchProblem(spec);
          const { objective } = await solveCentral(problem);
          const { outcome } = runDispatch(problem, { method: chooseMethod(problem).method, solver: localSolver });
          const slack = 1e-7 * Math.max(1, Math.abs(objective));
          for (const { lowerBound, upperBound } of outcome.history) {
            assert.ok(lowerBound <= objective + slack, `seed ${seed}: ${lowerBound} > ${objective}`);
            assert.ok(upperBound >= objective - slack, `seed ${seed}: ${upperBound} < ${objective}`);
          }
          assert.ok(outcome.gap <= 1e-5, `seed ${seed}: gap ${outcome.gap} after ${outcome.rounds} rounds`);
          if (outcome.gap > 1e-6) wide++;
          rounds.push(outcome.rounds);
          if (isPressed(problem, outcome.state)) pressed++;
        }
        rounds.sort((a, b) => a - b);
        const [middle, most] = [rounds[CASES >> 1], rounds[CASES - 1]];
        console.log(
          `      ${CASES} cases, ${pressed} at a limit: ${middle} rounds in the middle, at most ${most}; ${wide} beyond a gap of 1e-6`,
        );
        assert.ok(wide <= (limits === "none" ? 0 : 0.05 * CASES), `${wide} cases stopped short of 1e-6`);
        assert.ok(limits === "none" ? pressed === 0 : pressed > CASES / 2);
      });
    }
  }
});

/** True when a line or a voltage is at its limit. */
function isPressed(
  { network, steps }: ReturnType<typeof dispatchProblem>,
  { activeFlow, voltage }: { activeFlow: Float64Array; voltage: Float64Array },
): boolean {
  for (let i = steps; i < activeFlow.length; i++) {
    const node = Math.floor(i / steps);
    if (Math.abs(activeFlow[i]) > network.activeLimit[node] * (1 - 1e-6)) return true;
    if (voltage[i] < network.voltageLower[node] + 1e-6 || voltage[i] > network.voltageUpper[node] - 1e-6) return true;
  }
  return false;
}

describe("a line that is too weak", () => {
  const shop = (activeLimit: number): DispatchSpec => {
    const { lines, nodes, ...rest } = draw(1, { nodes: 2, steps: 4, framework: "dual-privacy", limits: "none" });
    const devices = [
      { kind: "load" as const, activePower: 50 },
      { kind: "chp" as const, maximum: 30, heatToPower: 0, gasPrice: 2 },
    ];
    return { ...rest, lines: [{ ...lines[0], activeLimit }], nodes: [{ ...nodes[0], node: 1, name: "shop", devices }] };
  };
  const run = (activeLimit: number) => {
    const problem = dispatchProblem(shop(activeLimit));
    const rule = { ...DEFAULT_RULE, maxRounds: 40 };
    return { problem, ...runDispatch(problem, { method: chooseMethod(problem).method, solver: localSolver, rule }) };
  };

  it("makes the price behind it that of the machine that has to run", () => {
    const { outcome, problem } = run(35);
    const { steps, stepHours } = problem;
    for (let i = steps; i < 2 * steps; i++) {
      assert.ok(Math.abs(outcome.state.activeFlow[i] - 35) < 1e-5);
      assert.ok(Math.abs(outcome.state.activePrice[i] - 2 * stepHours) < 1e-5, `${outcome.state.activePrice[i]}`);
    }
  });

  it("is named when no dispatch can keep its limit", () => {
    const isNamed = (error: unknown) =>
      error instanceof DispatchError && error.code === "INFEASIBLE_NETWORK" && error.message.includes("line to node 1");
    assert.throws(() => run(15), isNamed);
  });
});
