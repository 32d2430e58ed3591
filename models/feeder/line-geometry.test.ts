import assert from "node:assert/strict";
import { needReference, readReferenceJson } from "../../testing/reference.js";
import type { LineCode, Matrix } from "./description.js";
import { cableLineCode, overheadLineCode, triplexLineCode } from "./line-geometry.js";

const KM_PER_MILE = 1.609344;
const ACSR_556 = { resistanceOhmPerMile: 0.1859, gmrFt: 0.0313 };
const ACSR_4_0 = { resistanceOhmPerMile: 0.592, gmrFt: 0.00814 };

/** Wires at (x, y) in feet. */
function distances(points: readonly (readonly [x: number, y: number])[]): number[][] {
  return points.map(a => points.map(b => Math.hypot(a[0] - b[0], a[1] - b[1])));
}

function perMile(code: LineCode): readonly [Matrix, Matrix] {
  const rescale = (matrix: Matrix): Matrix => matrix.map(row => row.map(value => value * KM_PER_MILE));
  return [rescale(code.resistanceOhmPerKm), rescale(code.reactanceOhmPerKm)];
}

function worstGap(a: Matrix, b: Matrix): number {
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i][j]))));
}

/** Charging susceptance in microsiemens per mile at 60 Hz. */
function microsiemensPerMile(code: LineCode): Matrix {
  const factor = 2 * Math.PI * 60 * 1e-3 * KM_PER_MILE;
  return (code.capacitanceNfPerKm ?? []).map(row => row.map(value => value * factor));
}

describe("Line geometry", () => {
  const heights: readonly (readonly [number, number])[] = [
    [2.5, 28],
    [0, 28],
    [7, 28],
    [4, 24],
  ];

  it("gives the published matrices of IEEE 13 configuration 601", () => {
    const code = overheadLineCode({
      name: "601",
      wires: [ACSR_556, ACSR_556, ACSR_556, ACSR_4_0],
      phaseCount: 3,
      spacingFt: distances(heights),
      heightFt: [28, 28, 28, 24],
      diameterIn: [0.927, 0.927, 0.927, 0.563],
    });
    const [resistance, reactance] = perMile(code);
    const resistanceGap = worstGap(resistance, [
      [0.3465, 0.156, 0.158],
      [0.156, 0.3375, 0.1535],
      [0.158, 0.1535, 0.3414],
    ]);
    const reactanceGap = worstGap(reactance, [
      [1.0179, 0.5017, 0.4236],
      [0.5017, 1.0478, 0.3849],
      [0.4236, 0.3849, 1.0348],
    ]);
    const chargingGap = worstGap(microsiemensPerMile(code), [
      [6.2998, -1.9958, -1.2595],
      [-1.9958, 5.9597, -0.7417],
      [-1.2595, -0.7417, 5.6386],
    ]);
    console.log(
      `      601: ${resistanceGap.toExponential(1)} and ${reactanceGap.toExponential(1)} ohm/mile, ` +
        `${chargingGap.toExponential(1)} uS/mile from the published`,
    );
    assert.ok(resistanceGap < 1e-4 && reactanceGap < 1e-4);
    assert.ok(chargingGap < 1e-3);
  });

  it("gives the published matrices of IEEE 13 configuration 606, a concentric-neutral cable", () => {
    const cable = {
      resistanceOhmPerMile: 0.41,
      gmrFt: 0.0171,
      diameterIn: 0.567,
      outerDiameterIn: 1.29,
      strands: 13,
      strandResistanceOhmPerMile: 14.872,
      strandGmrFt: 0.00208,
      strandDiameterIn: 0.0640837,
    };
    const code = cableLineCode({
      name: "606",
      cables: [cable, cable, cable],
      spacingFt: distances([
        [0, 0],
        [0.5, 0],
        [1, 0],
      ]),
    });
    const [resistance, reactance] = perMile(code);
    const resistanceGap = worstGap(resistance, [
      [0.7982, 0.3192, 0.2849],
      [0.3192, 0.7891, 0.3192],
      [0.2849, 0.3192, 0.7982],
    ]);
    const reactanceGap = worstGap(reactance, [
      [0.4463, 0.0328, -0.0143],
      [0.0328, 0.4041, 0.0328],
      [-0.0143, 0.0328, 0.4463],
    ]);
    const chargingGap = Math.abs(microsiemensPerMile(code)[0][0] - 96.8897);
    console.log(
      `      606: ${resistanceGap.toExponential(1)} and ${reactanceGap.toExponential(1)} ohm/mile, ` +
        `${chargingGap.toExponential(1)} uS/mile from the published`,
    );
    assert.ok(resistanceGap < 1e-4 && reactanceGap < 1e-4);
    assert.ok(chargingGap < 0.1);
  });

  it("gives the reduced impedance that the recorded triplex service has", function () {
    needReference(this);
    const { triplex_configuration: recorded } = readReferenceJson<{
      triplex_configuration: { kron_reduced_ohm_per_mile: { self: [number, number]; mutual: [number, number] } };
    }>("pemt/feeder.json");
    const [resistance, reactance] = perMile(
      triplexLineCode({
        name: "TLCFG",
        resistanceOhmPerMile: 0.57,
        gmrFt: 0.011,
        diameterIn: 0.368,
        insulationIn: 0.08,
      }),
    );
    const { self, mutual } = recorded.kron_reduced_ohm_per_mile;
    const gaps = [
      resistance[0][0] - self[0],
      reactance[0][0] - self[1],
      resistance[0][1] - mutual[0],
      reactance[0][1] - mutual[1],
    ].map(Math.abs);
    console.log(`      triplex: ${Math.max(...gaps).toExponential(1)} ohm/mile from the recorded`);
    assert.ok(Math.max(...gaps) < 1e-5);
  });
});
