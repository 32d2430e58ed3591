import assert from "node:assert/strict";
import { loadHighsSolver } from "../central/index.js";
import { DispatchError } from "../dispatch-error.js";
import type { AgentModel } from "../problem.js";
import type { LocalSolver } from "../program.js";
import { agentModel, type AgentFrame, type DeviceSpec } from "./index.js";

const HOURLY: AgentFrame = {
  steps: 3,
  stepHours: 1,
  pricedHours: 1,
  wheelingFee: 0,
  regulariser: 0,
  heat: "balanced",
  storage: "published",
};

const modelOf = (devices: readonly DeviceSpec[], frame: Partial<AgentFrame> = {}) =>
  agentModel({ node: 1, name: "DES 1", devices }, { ...HOURLY, ...frame });

/** The cheapest set-points when injections earn these prices, quantities by device. */
function respond(model: AgentModel, solver: LocalSolver, prices: { active?: number[]; reactive?: number[] }) {
  const linear = model.program.linear.slice();
  model.active.forEach((place, step) => (linear[place] -= prices.active?.[step] ?? 0));
  model.reactive.forEach((place, step) => (linear[place] -= prices.reactive?.[step] ?? 0));
  const { x, objective } = solver.prepare(model.program).solve(linear);
  const steps = model.active.length;
  const values = (device: string, quantity: string) => {
    const { first } = model.blocks.find(block => block.device === device && block.quantity === quantity)!;
    return Array.from(x.subarray(first, first + steps), value => Math.round(value * 1e6) / 1e6 + 0);
  };
  return { values, objective };
}

describe("an agent's model", () => {
  let solver: LocalSolver;
  before(async () => {
    solver = await loadHighsSolver();
  });

  it("of a load alone gives nothing, takes its load, and is not flexible", () => {
    const model = modelOf([{ kind: "load", activePower: [1, 2, 3], reactivePower: 0.5 }]);
    assert.deepEqual([...model.activeLoad], [1, 2, 3]);
    assert.deepEqual([...model.reactiveLoad], [0.5, 0.5, 0.5]);
    assert.equal(model.isFlexible, false);
    assert.deepEqual(respond(model, solver, { active: [9, 9, 9] }).values("", "activePower"), [0, 0, 0]);
  });

  it("without devices has an injection of 0 that no price moves", () => {
    const model = modelOf([], { wheelingFee: 0.2 });
    assert.equal(model.program.linear.length, 6);
    assert.deepEqual(respond(model, solver, { active: [9, -9, 0] }).values("", "activePower"), [0, 0, 0]);
  });

  it("curtails the sun at a negative price and gives reactive power within its share", () => {
    const model = modelOf([{ kind: "renewable", name: "PV", available: [4, 2, 0], reactiveShare: 0.5 }]);
    const { values } = respond(model, solver, { active: [1, -1, 1], reactive: [0.1, 0, 0] });
    assert.deepEqual(values("PV", "activePower"), [4, 0, 0]);
    assert.deepEqual(values("PV", "reactivePower"), [2, 0, 0]);
  });

  it("takes a renewable's cost at the margin, its ratio of Q and its threshold", () => {
    const cost = { quadraticCost: 10, linearCost: 10, reactiveRatio: 0.25, threshold: 0.001 };
    const model = modelOf([{ kind: "renewable", name: "wind", available: [4, 4, 0.001], ...cost }]);
    const { values } = respond(model, solver, { active: [30, 100, 100] });
    assert.deepEqual(values("wind", "activePower"), [2, 4, 0]);
    assert.deepEqual(values("", "reactivePower"), [0.5, 1, 0]);
  });

  it("runs a CHP when power and heat are worth more than the fuel for both", () => {
    const chp: DeviceSpec = { kind: "chp", name: "CHP", maximum: 10, heatToPower: 1.5, gasPrice: 0.4 };
    const model = modelOf([chp, { kind: "load", heat: [0, 0, 6] }], { heat: "surplus" });
    const { values, objective } = respond(model, solver, { active: [1.01, 0.99, 0] });
    assert.deepEqual(values("CHP", "activePower"), [10, 0, 4]);
    assert.ok(Math.abs(objective - (10 * (1 - 1.01) + 4)) < 1e-9);
  });

  it("sets a generator where its marginal cost is the price, at least at its minimum", () => {
    const sizes = { minimum: 0.14, maximum: 0.2, reactiveRatio: 0.5, heatRatio: 2 };
    const generator: DeviceSpec = { kind: "generator", quadraticCost: 400, linearCost: 500, ...sizes };
    const { values } = respond(modelOf([generator], { heat: "surplus" }), solver, { active: [0, 564, 900] });
    assert.deepEqual(values("generator", "activePower"), [0.14, 0.16, 0.2]);
    assert.deepEqual(values("", "reactivePower"), [0.07, 0.08, 0.1]);
    assert.deepEqual(values("", "heat"), [0.28, 0.32, 0.4]);
  });

  it("moves energy from cheap to dear steps through a battery, less its losses", () => {
    const battery: DeviceSpec = { kind: "battery", capacity: 90, power: 30, initialShare: 0, lossPerHour: 0.1 };
    const model = modelOf([battery]);
    assert.ok(model.isCoupledInTime);
    const { values } = respond(model, solver, { active: [1, 3, 0.5] });
    assert.deepEqual(values("battery", "charge"), [30, 0, 0]);
    assert.deepEqual(values("battery", "energy"), [28.5, 0, 0]);
    assert.deepEqual(values("battery", "discharge"), [0, Math.round(28.5 * 0.9 * 0.95 * 1e6) / 1e6, 0]);
  });

  it("counts a quarter hour's charge as published, or as power times hours", () => {
    const battery: DeviceSpec = { kind: "battery", capacity: 90, power: 20, initialShare: 0, chargeEfficiency: 1 };
    const levels = (["published", "corrected"] as const).map(storage => {
      const model = modelOf([battery], { stepHours: 0.25, storage });
      return respond(model, solver, { active: [-1, 100, 0] }).values("battery", "energy")[0];
    });
    assert.deepEqual(levels, [20, 5]);
  });

  it("lets heat wait in a store, and heats with the pump before the heater", () => {
    const model = modelOf([
      { kind: "load", heat: [0, 0, 12] },
      { kind: "heat-store", capacity: 30, power: 8, initialShare: 0 },
      { kind: "heat-pump", maximum: 2, cop: 4 },
      { kind: "electric-heater", maximum: 10, efficiency: 0.5 },
    ]);
    const { values } = respond(model, solver, { active: [1, 2, 3] });
    assert.deepEqual(values("heat-pump", "consumption"), [2, 0, 1]);
    assert.deepEqual(values("electric-heater", "consumption"), [0, 0, 0]);
  });

  it("keeps Yingkou's battery at least as full as it began, each way at nine tenths", () => {
    const battery: DeviceSpec = { kind: "yingkou-battery", name: "battery", capacity: 1, power: 0.5 };
    const ends = (["published", "corrected"] as const).map(storage => {
      const model = modelOf([battery], { stepHours: 0.25, storage });
      const { values } = respond(model, solver, { active: [10, 1, 1] });
      assert.equal(values("", "activePower")[0], 0.45);
      const [energy, charge, discharge] = ["energy", "charge", "discharge"].map(name => values("battery", name));
      assert.equal(energy[1], 0.375);
      const last = charge[2] * 0.9 - discharge[2];
      return Math.round((energy[2] + last * (storage === "corrected" ? 0.25 : 1)) * 1e6) / 1e6;
    });
    assert.deepEqual(ends, [0.5, 0.5]);
  });

  it("pays the wheeling fee for what it sends, not for what it takes, and never at the root", () => {
    const devices: DeviceSpec[] = [
      { kind: "load", activePower: [2, 0, 0] },
      { kind: "renewable", name: "PV", available: [1, 5, 5] },
    ];
    const model = modelOf(devices, { wheelingFee: 0.25, stepHours: 0.5, pricedHours: 0.5 });
    const { values, objective } = respond(model, solver, { active: [1, 1, 0.1] });
    assert.deepEqual(values("", "sell"), [0, 5, 0]);
    assert.deepEqual(values("", "buy"), [1, 0, 0]);
    assert.ok(Math.abs(objective - (5 * 0.25 * 0.5 - 6)) < 1e-9);
    const root = agentModel({ node: 0, name: "root", devices }, { ...HOURLY, wheelingFee: 0.25 });
    assert.ok(!root.blocks.some(block => block.quantity === "sell"));
  });

  it("adds the regulariser to every variable", () => {
    const { program } = modelOf([{ kind: "generator", maximum: 1, quadraticCost: 5, linearCost: 0 }], {
      regulariser: 0.1,
    });
    assert.deepEqual([...new Set(program.curvature)].sort(), [0.1, 5.1]);
  });
});

describe("a device that cannot be", () => {
  const fault = (device: unknown, frame: Partial<AgentFrame> = {}) => {
    try {
      modelOf([device as DeviceSpec], frame);
    } catch (error) {
      assert.ok(error instanceof DispatchError);
      assert.equal(error.party, "DES 1");
      return `${error.code} ${error.message}`;
    }
    return "accepted";
  };
  const battery = { kind: "battery", capacity: 1, power: 1 };
  const cases: readonly [string, unknown, RegExp][] = [
    [
      "a minimum above the maximum",
      { kind: "chp", minimum: 5, maximum: 3, heatToPower: 1, gasPrice: 1 },
      /^INVALID_DEVICE DES 1, chp: minimum = 5: must not exceed the maximum/,
    ],
    ["a negative capacity", { ...battery, capacity: -1 }, /INVALID_DEVICE .*battery: capacity = -1: .*>=0/],
    ["an efficiency of 0", { ...battery, chargeEfficiency: 0 }, /chargeEfficiency = 0: .*>0/],
    ["an efficiency above 1", { ...battery, dischargeEfficiency: 1.2 }, /dischargeEfficiency = 1.2: .*<=1/],
    [
      "a profile of the wrong length",
      { kind: "load", activePower: [1, 2] },
      /^INVALID_PROFILE .*activePower has 2 values and the horizon 3 steps/,
    ],
    [
      "NaN in a profile",
      { kind: "renewable", name: "PV", available: [1, NaN, 2] },
      /^INVALID_PROFILE DES 1, PV: available is NaN at step 1/,
    ],
    ["a text for a number", { ...battery, power: "much" }, /power = much: .*expected number/],
    ["an unknown kind", { kind: "flywheel" }, /flywheel.*kind = flywheel/],
    ["an unknown field", { ...battery, colour: 1 }, /colour/],
    ["two rules for Q", { kind: "renewable", available: 1, reactiveShare: 1, reactiveRatio: 1 }, /either a share/],
    [
      "a port that buys below what it sells for",
      { kind: "grid-port", buyPrice: 1, sellPrice: [1, 2, 0] },
      /sellPrice 2 exceeds buyPrice 1 at step 1/,
    ],
    ["heat from nowhere", { kind: "load", heat: [0, 4, 0] }, /^INFEASIBLE_AGENT DES 1 uses heat of 4 at step 1/],
    ["no object at all", "battery", /INVALID_DEVICE/],
  ];
  for (const [what, device, message] of cases) {
    it(`is refused for ${what}`, () => assert.match(fault(device), message));
  }

  it("is refused when another of its node has the same name", () => {
    const twice: DeviceSpec[] = [
      { kind: "renewable", available: 1 },
      { kind: "renewable", available: 2 },
    ];
    assert.throws(() => modelOf(twice), /INVALID_DEVICE|two devices are called "renewable"/);
  });
});
