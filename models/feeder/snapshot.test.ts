import assert from "node:assert/strict";
import { needReference, readReferenceJson } from "../../testing/reference.js";
import { compileFeeder } from "./compile.js";
import { ZIP_PARTS, type ZipPart } from "./description.js";
import { type Feeder, indexByName } from "./feeder.js";
import { nominalLoads } from "./loads.js";
import { createMeasures, type FeederMeasures, measureFeeder } from "./measures.js";
import { solveFeeder } from "./solve.js";
import { premisesFeeder, type PremisesPowers } from "./testing/premises-feeder.js";

type Complex = { readonly re: number; readonly im: number } | { readonly mag: number; readonly deg: number };
type Recorded = Readonly<Record<string, Record<string, Record<string, Complex>>>>;

const BOUND = 1e-3;
const HOUSES = 30;
/** The records are voltages times currents of six digits: what a line to an idle battery loses is below them. */
const SMALLEST_LOSS_VA = 1e-3;

function cartesian(value: Complex): [re: number, im: number] {
  if ("re" in value) return [value.re, value.im];
  const radians = (value.deg * Math.PI) / 180;
  return [value.mag * Math.cos(radians), value.mag * Math.sin(radians)];
}

/** A house's panel hangs its 120-V appliances on leg 1 and leg 2 in turn, and the air conditioner between the legs. */
function readPowers(objects: Recorded): PremisesPowers {
  const appliances = Object.entries(objects["ZIPload"]);
  return house => {
    const panel = objects["house"][`F0_house_A${house}`];
    const own = appliances.filter(([name]) => name.startsWith(`F0_house_A${house}/`)).map(([, load]) => load);
    const powers: Partial<Record<ZipPart, number[]>> = {};
    for (const [k, kind] of ["constant_power", "constant_current", "constant_admittance"].entries()) {
      for (const part of [0, 1]) {
        const kilo = own.map(load => cartesian(load[kind])[part]);
        const [leg1, leg2] = [0, 1].map(leg => kilo.filter((_, i) => i % 2 === leg).reduce((sum, one) => sum + one, 0));
        const airConditioner = cartesian(panel[`panel.${kind}`])[part] - leg1 - leg2;
        powers[ZIP_PARTS[2 * k + part]] = [1000 * leg1, 1000 * leg2, 1000 * airConditioner];
      }
    }
    const inverter = (name: string) => ({ constantPowerW: [-cartesian(objects["inverter"][name]["VA_Out"])[0]] });
    return {
      house: powers,
      battery: inverter(`batt_inv_F0_house_A${house}`),
      photovoltaics: inverter(`solar_inv_F0_house_A${house}`),
    };
  };
}

/** Our name of a recorded node or branch. */
function ourName(recorded: string): string {
  return recorded.replace("F0_tpm", "tpm").replace("house_tpm_", "house_").replace("batt_tpm_", "batt_");
}

describe("Feeder of 30 houses at a recorded instant", () => {
  let objects: Recorded;
  let feeder: Feeder;
  let measures: FeederMeasures;
  let nodes: Map<string, number>;

  before(function () {
    needReference(this);
    objects = readReferenceJson<{ objects: Recorded }>("pemt/r5/feeder-snapshot.json").objects;
    const description = premisesFeeder(HOUSES, readPowers(objects));
    feeder = compileFeeder(description);
    const substation = objects["substation"]["network_node"];
    const source = ["A", "B", "C"].flatMap(phase => cartesian(substation[`distribution_voltage_${phase}`]));
    solveFeeder(feeder, Float64Array.from(source), nominalLoads(description), { tolerancePu: 1e-9 });
    measures = createMeasures(feeder);
    measureFeeder(feeder, measures);
    nodes = indexByName(feeder.nodeNames);
  });

  function nodeOf(recorded: string): number {
    const name = recorded === "F0_triplex_node_A" ? "triplex 0" : ourName(recorded);
    const n = nodes.get(name);
    assert.notEqual(n, undefined, name);
    return n ?? 0;
  }

  it("gives the recorded load of the substation and of each of its phases", () => {
    const substation = objects["substation"]["network_node"];
    const [re, im] = cartesian(substation["distribution_load"]);
    const gaps = [Math.abs(measures.sourceVa[0] / re - 1), Math.abs(measures.sourceVa[1] / im - 1)];
    for (const [k, phase] of ["A", "B", "C"].entries()) {
      const [watt, reactive] = cartesian(substation[`distribution_power_${phase}`]);
      gaps.push(Math.abs(measures.conductorVa[2 * k] / watt - 1));
      gaps.push(Math.abs(measures.conductorVa[2 * k + 1] / reactive - 1));
    }
    const [watt, reactive] = measures.sourceVa;
    console.log(
      `      distribution load ${watt.toFixed(0)} + j${reactive.toFixed(1)} VA, worst gap ${Math.max(...gaps).toExponential(1)}`,
    );
    assert.ok(Math.max(...gaps) < BOUND, `${gaps}`);
  });

  it("gives the recorded voltages at every meter", () => {
    const triplex = Object.entries(objects["triplex_meter"]).filter(([name]) => !name.startsWith("solar"));
    const gaps = triplex.flatMap(([name, meter]) => {
      const n = nodeOf(name);
      return [1, 2].map(leg => {
        const at = 2 * (feeder.firstConductor[n] + leg - 1);
        const sign = leg === 1 ? 1 : -1;
        const [re, im] = cartesian(meter[`measured_voltage_${leg}`]);
        return Math.hypot(sign * feeder.voltage[at] - re, sign * feeder.voltage[at + 1] - im) / 120;
      });
    });
    for (const [name, meter] of Object.entries(objects["meter"])) {
      const n = nodeOf(name);
      for (const [k, phase] of ["A", "B", "C"].entries()) {
        const at = 2 * (feeder.firstConductor[n] + k);
        const [re, im] = cartesian(meter[`measured_voltage_${phase}`]);
        gaps.push(Math.hypot(feeder.voltage[at] - re, feeder.voltage[at + 1] - im) / feeder.nominalV[n]);
      }
    }
    console.log(`      ${gaps.length} voltages, worst gap ${Math.max(...gaps).toExponential(1)} pu`);
    assert.equal(gaps.length, 2 * 121 + 6);
    assert.ok(Math.max(...gaps) < BOUND);
  });

  it("gives the recorded losses of transformers and triplex lines and the current of each line", () => {
    const gaps: number[] = [];
    const currentGaps: number[] = [];
    for (const [name, branch] of Object.entries({ ...objects["transformer"], ...objects["triplex_line"] })) {
      const n = nodeOf(String(branch["to"]));
      const isLine = name.startsWith("triplex");
      const [re, im] = cartesian(branch["power_losses"]);
      const watt = isLine ? recordedStyleLossW(feeder, n) : measures.branchLossVa[2 * n];
      gaps.push(Math.hypot(watt - re, measures.branchLossVa[2 * n + 1] - im) / (Math.hypot(re, im) + SMALLEST_LOSS_VA));
      for (const [k, leg] of ["A", "B"].entries()) {
        const at = 2 * (feeder.firstConductor[n] + k);
        const [a, b] = cartesian(branch[`current_out_${leg}`]);
        if (isLine) currentGaps.push(Math.hypot(feeder.current[at] - a, feeder.current[at + 1] - b));
      }
    }
    console.log(
      `      ${gaps.length} losses, worst gap ${Math.max(...gaps).toExponential(1)}; ` +
        `${currentGaps.length} currents, worst gap ${Math.max(...currentGaps).toExponential(1)} A`,
    );
    assert.equal(gaps.length, 123);
    assert.ok(Math.max(...gaps) < BOUND);
    assert.ok(Math.max(...currentGaps) < 1e-3);
  });
});

/**
 * GridLAB-D adds the magnitudes of the legs' real losses, though a coupled leg may gain what the other one loses;
 * ours are sums with signs, so that they balance.
 */
function recordedStyleLossW({ firstConductor, upstream, voltage, current }: Feeder, node: number): number {
  let sum = 0;
  for (let c = firstConductor[node]; c < firstConductor[node + 1]; c++) {
    const re = voltage[2 * upstream[c]] - voltage[2 * c];
    const im = voltage[2 * upstream[c] + 1] - voltage[2 * c + 1];
    sum += Math.abs(re * current[2 * c] + im * current[2 * c + 1]);
  }
  return sum;
}
