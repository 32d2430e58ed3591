import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Federation, FederateShape } from "./federation.js";
import { compareWithOracle, explainFailure } from "./oracle/compare.js";
import { Dice } from "./oracle/dice.js";
import { runInOneHost } from "./oracle/host-runners.js";
import type { Model, Run } from "./oracle/model.js";
import { Oracle } from "./oracle/oracle.js";
import { modelOf, sketchFederation } from "./oracle/sketch.js";
import { entryLine, runLines } from "./oracle/text.js";

/** Other seeds than those of every day: `FIRST_SEED=5000 npx mocha ...`. */
const firstSeed = Number(process.env.FIRST_SEED ?? 1);

const seeds = (count: number, from = firstSeed) => Array.from({ length: count }, (_, i) => from + i);

describe("random federations", () => {
  for (const from of seeds(4).map((_, i) => firstSeed + 500 * i)) {
    it(`run as the oracle says, in one host and in several: seeds ${from} to ${from + 499}`, () => {
      for (const seed of seeds(500, from)) {
        const sketch = sketchFederation(seed);
        if (compareWithOracle(modelOf(sketch), seed) !== undefined) assert.fail(explainFailure(sketch, seed));
      }
    });
  }

  it("give the same run over every spread of one federation and every delivery", () => {
    for (const seed of seeds(20)) {
      for (const delivery of seeds(20, 1000 * seed)) {
        assert.equal(
          compareWithOracle(modelOf(sketchFederation(seed)), delivery),
          undefined,
          `seeds ${seed}, ${delivery}`,
        );
      }
    }
  });

  it("cover every rule often enough to matter", () => {
    const counts = new Map<string, number>();
    for (const seed of seeds(500)) {
      const { federation } = sketchFederation(seed);
      const run = new Oracle(modelOf(sketchFederation(seed))).run();
      for (const [feature, holds] of featuresOf(federation, run)) {
        counts.set(feature, (counts.get(feature) ?? 0) + (holds ? 1 : 0));
      }
    }
    console.log(`      of 500: ${[...counts].map(([feature, n]) => `${feature} ${n}`).join(", ")}`);
    for (const [feature, n] of counts) assert.ok(n >= 15, `${feature}: ${n} of 500`);
  });
});

function featuresOf({ federates, links, ticksPerSecond = 1 }: Federation, { trace, fault }: Run): [string, boolean][] {
  const inputs = federates.flatMap(f => f.inputs);
  const times = new Set(trace.map(entry => entry.stamp.time));
  return [
    ["loops that iterate", trace.some(entry => entry.stamp.phase % 2 ** 36 >= 2 ** 16)],
    ["delays", links.some(l => l.delay !== undefined)],
    ["periods", federates.some(f => f.period !== undefined)],
    ["wakes on the grid", federates.some(f => f.wakesOnGrid === true)],
    ["combining inputs", inputs.some(i => i.combine !== undefined)],
    ["messages", trace.some(({ result }) => (result.messages ?? []).length > 0)],
    ["messages to one link", trace.some(({ result }) => (result.messages ?? []).some(m => m.to !== undefined))],
    ["wakeAt", trace.some(({ result }) => typeof result.wakeAt === "number")],
    ["cancelled wakes", trace.some(({ result }) => result.wakeAt === null)],
    ["vectors", trace.some(({ result }) => Object.values(result.outputs ?? {}).some(v => v instanceof Float64Array))],
    ["several seconds", [...times].some(t => t >= 2 * ticksPerSecond)],
    ["iteration limits", fault?.code === "COSIM_ITERATION_LIMIT"],
    ["activation limits", fault?.code === "COSIM_ACTIVATION_LIMIT"],
  ];
}

describe("what must not change a run", () => {
  const runs: [string, (model: Model) => Run][] = [
    ["oracle", model => new Oracle(model).run()],
    ["core", model => runInOneHost(model)],
  ];
  const healthy = seeds(300).filter(seed => new Oracle(modelOf(sketchFederation(seed))).run().fault === undefined);

  for (const [name, run] of runs) {
    it(`${name}: a shorter run is a prefix of a longer one`, () => {
      for (const seed of healthy) {
        const model = modelOf(sketchFederation(seed));
        const until = Math.floor(model.federation.until / 2);
        const short = runLines(run({ ...model, federation: { ...model.federation, until } }));
        const whole = run(model).trace.filter(entry => entry.stamp.time <= until);
        assert.deepEqual(short, whole.map(entryLine), `seed ${seed}`);
      }
    });

    it(`${name}: an observer of every output changes no line`, () => {
      for (const seed of healthy) {
        const model = modelOf(sketchFederation(seed));
        const watched = run(withObserver(model)).trace.filter(entry => entry.federate !== "observer");
        assert.deepEqual(watched.map(entryLine), runLines(run(model)), `seed ${seed}`);
      }
    });

    it(`${name}: the order in which federates and links are listed changes no line`, () => {
      for (const seed of healthy) {
        const model = modelOf(sketchFederation(seed));
        const lines = runLines(run(relisted(model, seed)));
        assert.deepEqual(lines.sort(), runLines(run(model)).sort(), `seed ${seed}`);
      }
    });
  }
});

/** The model with one more federate, which every value and every message reaches at once and wakes. */
function withObserver({ federation, behaviours, wrappers }: Model): Model {
  const outputs = federation.federates.flatMap(f => f.outputs.map(o => ({ ...o, from: `${f.name}.${o.name}` })));
  const inputs = outputs.map(({ from, carries }) => ({ name: from.replace(".", "_"), carries, wakes: "any" as const }));
  const observer: FederateShape = { name: "observer", inputs, outputs: [] };
  const links = outputs.map(({ from }) => ({ from, to: `observer.${from.replace(".", "_")}` }));
  return {
    federation: {
      ...federation,
      federates: [observer, ...federation.federates],
      links: [...federation.links, ...links],
    },
    behaviours: { ...behaviours, observer: () => ({ step: () => ({}) }) },
    wrappers,
  };
}

/** The model with its federates and links listed in another order. */
function relisted({ federation, behaviours, wrappers }: Model, seed: number): Model {
  const dice = new Dice(seed);
  const order = dice.shuffle([...federation.links.keys()]);
  const links = order.map(i => federation.links[i]);
  const moved = order.flatMap((i, now) => {
    const wrapper = wrappers?.get(i);
    return wrapper === undefined ? [] : [[now, wrapper] as const];
  });
  const federates = dice.shuffle(federation.federates);
  return { federation: { ...federation, federates, links }, behaviours, wrappers: new Map(moved) };
}
