import assert from "node:assert/strict";
import { needReference, readReferenceJson, readReferenceText } from "../../testing/reference.js";
import { compileFeeder } from "./compile.js";
import type { Feeder } from "./feeder.js";
import { nominalLoads } from "./loads.js";
import { createMeasures, measureFeeder } from "./measures.js";
import { solveFeeder } from "./solve.js";
import { readGlm } from "./testing/glm.js";
import { type OpenDssNetwork, openDssSource, readOpenDss } from "./testing/opendss.js";

const BOUND_PU = 1e-4;

/** GridLAB-D: name, then real and imaginary part of the phases A, B, C. */
type GlmRow = readonly [string, ...number[]];

interface GlmResult {
  readonly voltages: readonly GlmRow[];
  readonly currents: readonly GlmRow[];
}

type DssNode = readonly [bus: string, phase: number, baseKv: number, pu: number, deg: number, re: number, im: number];

interface DssResult {
  readonly base: { readonly source_kW: number; readonly loss_W: number; readonly nodes: readonly DssNode[] };
}

function voltageAt(feeder: Feeder, node: number, phase: string): readonly [number, number] | undefined {
  const place = feeder.nodePhases[node].indexOf(phase);
  const at = 2 * (feeder.firstConductor[node] + place);
  return place < 0 ? undefined : [feeder.voltage[at], feeder.voltage[at + 1]];
}

type Volts = readonly (readonly [re: number, im: number])[];

/** Voltages of a node, without their mean where it is behind a delta winding and the mean has no meaning. */
function comparable(volts: Volts, floats: boolean): Volts {
  if (!floats) return volts;
  const mean = [0, 1].map(k => volts.reduce((sum, volt) => sum + volt[k], 0) / volts.length);
  return volts.map(([re, im]) => [re - mean[0], im - mean[1]]);
}

/** Distances of the complex voltages from the recorded ones, over the nominal voltage. */
function gapsToGlm(feeder: Feeder, result: GlmResult, floating: readonly string[]): number[] {
  const rows = new Map(result.voltages.map(row => [row[0], row]));
  return feeder.nodeNames.flatMap((name, node) => {
    const row = rows.get(name);
    assert.ok(row, name);
    const phases = [...feeder.nodePhases[node]];
    const ours = comparable(
      phases.flatMap(phase => [voltageAt(feeder, node, phase) ?? []]) as Volts,
      floating.includes(name),
    );
    const places = phases.map(phase => 1 + 2 * "ABC".indexOf(phase));
    const theirs = comparable(
      places.map(k => [Number(row[k]), Number(row[k + 1])]),
      floating.includes(name),
    );
    return ours.map(([re, im], k) => Math.hypot(re - theirs[k][0], im - theirs[k][1]) / feeder.nominalV[node]);
  });
}

/** Largest distance of a line's series current from the recorded one, which has half of the charging too; in ampere. */
function worstLineCurrent(feeder: Feeder, result: GlmResult): number {
  const gaps = result.currents.flatMap(([name, ...row]) => {
    const n = feeder.branchNames.indexOf(String(name));
    if (feeder.branchKinds[n] !== "line") return [];
    return [...feeder.nodePhases[n]].map((phase, k) => {
      const at = 2 * (feeder.firstConductor[n] + k);
      const place = 2 * "ABC".indexOf(phase);
      return Math.hypot(feeder.current[at] - Number(row[place]), feeder.current[at + 1] - Number(row[place + 1]));
    });
  });
  return Math.max(...gaps);
}

describe("IEEE test feeders", () => {
  for (const { name, floating, compared } of [
    { name: "ieee13", floating: [], compared: 35 },
    { name: "ieee123", floating: ["610"], compared: 250 },
  ]) {
    it(`${name} as GridLAB-D reads it gives GridLAB-D's voltages`, function () {
      needReference(this);
      const description = readGlm(readReferenceText(`feeders/gridlabd/${name}/model.glm.gz`));
      const result = readReferenceJson<GlmResult>(`feeders/gridlabd/${name}/base.json`);
      const feeder = compileFeeder(description);
      const root = result.voltages.find(([node]) => node === description.source);
      assert.ok(root);
      solveFeeder(feeder, Float64Array.from(root.slice(1) as number[]), nominalLoads(description), {
        tolerancePu: 1e-9,
      });
      const gaps = gapsToGlm(feeder, result, floating);
      const worst = Math.max(...gaps);
      const ampere = worstLineCurrent(feeder, result);
      console.log(
        `      ${name} against GridLAB-D: ${worst.toExponential(2)} pu over ${gaps.length} voltages, ` +
          `line currents ${ampere.toExponential(1)} A`,
      );
      assert.ok(gaps.length >= compared, `only ${gaps.length} compared`);
      assert.ok(worst < BOUND_PU, `${worst} pu`);
      assert.ok(ampere < 0.02, `${ampere} A`);
    });

    it(`${name} as OpenDSS reads it gives OpenDSS's voltages, source power and losses`, function () {
      needReference(this);
      const network = readReferenceJson<OpenDssNetwork>(`feeders/opendss/${name}/network.json.gz`);
      const { base } = readReferenceJson<DssResult>(`feeders/opendss/${name}/base.json`);
      const nominalV = new Map(base.nodes.map(([bus, , baseKv]) => [bus, 1000 * baseKv]));
      const description = readOpenDss(network, nominalV);
      const feeder = compileFeeder(description);
      solveFeeder(feeder, openDssSource(network), nominalLoads(description), { tolerancePu: 1e-9 });
      const gaps = base.nodes.map(([bus, phase, baseKv, , , re, im]) => {
        const ours = voltageAt(feeder, feeder.nodeNames.indexOf(bus), "ABC".charAt(phase - 1));
        assert.ok(ours, `${bus}.${phase}`);
        return Math.hypot(ours[0] - re, ours[1] - im) / (1000 * baseKv);
      });
      const worst = Math.max(...gaps);
      const measures = createMeasures(feeder);
      measureFeeder(feeder, measures);
      const atBus = feeder.parentNode.indexOf(0);
      const powerGap = Math.abs(measures.nodeVa[2 * atBus] / 1000 / base.source_kW - 1);
      const lossGap = Math.abs((measures.lossVa[0] - measures.branchLossVa[2 * atBus]) / base.loss_W - 1);
      console.log(
        `      ${name} against OpenDSS: ${worst.toExponential(2)} pu over ${gaps.length} voltages, ` +
          `power ${powerGap.toExponential(1)}, losses ${lossGap.toExponential(1)}`,
      );
      assert.ok(worst < BOUND_PU, `${worst} pu`);
      assert.ok(powerGap < 1e-4, `power ${powerGap}`);
      assert.ok(lossGap < 1e-3, `losses ${lossGap}`);
    });
  }
});
