import assert from "node:assert/strict";
import { needReference } from "../../testing/reference.js";
import { type Envelope, envelopeOf } from "./envelope.js";
import { referencePremises } from "./testing/reference-premises.js";
import { readSnapshot } from "./testing/reference-snapshot.js";

/** Which field of GridLAB-D's house holds which of ours, and by what factor. */
const FIELDS: readonly [keyof Envelope, string, number][] = [
  ["grossWallSqft", "gross_wall_area", 1],
  ["envelopeBtuPerHF", "envelope_UA", 1],
  ["infiltrationBtuPerHF", "airchange_UA", 1],
  ["lossBtuPerHF", "UA", 1],
  ["airBtuPerF", "air_heat_capacity", 1],
  ["massBtuPerF", "mass_heat_capacity", 1],
  ["couplingBtuPerHF", "mass_heat_coeff", 1],
  ["solarApertureSqft", "solar_heatgain_factor", 1],
  ["designInternalBtuPerH", "design_internal_gains", 1],
  ["designCoolingBtuPerH", "design_cooling_capacity", 1],
  ["designAirflowCfm", "fan_design_airflow", 1],
  ["fanKw", "fan_design_power", 1000],
];

describe("envelope", () => {
  it("has the parameters that GridLAB-D derived for 30 houses", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const recorded = readSnapshot().objects.house;
    let worst = 0;
    for (const premises of referencePremises()) {
      const envelope = envelopeOf(premises.house);
      for (const [field, name, factor] of FIELDS) {
        worst = Math.max(worst, Math.abs((envelope[field] * factor) / recorded[premises.name][name] - 1));
      }
    }
    console.log(
      `      ${FIELDS.length} parameters of 30 houses: worst relative error ${worst.toExponential(1)} (recorded with 12 digits, bound 1e-9)`,
    );
    assert.ok(worst < 1e-9);
  });
});
