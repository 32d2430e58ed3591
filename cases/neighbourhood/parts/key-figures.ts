import { overWindows, term, wholeRun } from "../part.js";

type Entries = readonly Readonly<Record<string, unknown>>[];

/** Comfort of the houses: by how much and for how long they were outside their bands, and how evenly that was shared. */
export function comfortFigures(suffix: string): Entries {
  const windows = (key: string, doc: string, quantity: object) =>
    overWindows(`${key}${suffix}`, doc, {
      class: "comfort",
      objects: `houses${suffix}`,
      over: "sum",
      ...quantity,
    });
  const outside = { field: ["degree_hours_above", "degree_hours_below"] };
  return [
    windows("degreeHoursAboveBandFh", "Degree-hours above the comfort band, mean of the houses.", {
      ...{ field: "degree_hours_above", across: "mean" },
    }),
    windows("degreeHoursBelowBandFh", "Degree-hours below the comfort band, mean of the houses.", {
      ...{ field: "degree_hours_below", across: "mean" },
    }),
    windows("worstDegreeHoursOutsideBandFh", "Degree-hours outside the comfort band of the house that has most.", {
      ...{ ...outside, across: "max" },
    }),
    windows("comfortJainIndex", "Jain's index of the houses' degree-hours outside their bands; 1 is even.", {
      ...{ ...outside, across: "jain" },
    }),
  ];
}

/** Range A and B of ANSI C84.1-2020 for service voltages up to 600 V, per unit. */
const RANGE_A = [0.95, 1.05];
const RANGE_B = [0.917, 1.058];

/** Voltages outside ANSI C84.1, overloaded transformers, and what the houses pay. */
export function feederFigures(suffix: string): Entries {
  const voltage = (key: string, doc: string, quantity: object) =>
    wholeRun(`${key}${suffix}`, doc, {
      ...term(`meterVoltagePu${suffix}`),
      elements: `meters${suffix}`,
      across: "sum",
      ...quantity,
    });
  const overload = (key: string, doc: string, quantity: object) =>
    wholeRun(`${key}${suffix}`, doc, { ...term(`transformerOverload${suffix}`, { over: "max" }), ...quantity });
  const bill = (key: string, doc: string, across: string) =>
    overWindows(`${key}${suffix}`, doc, {
      class: "billing_meter",
      field: "bill",
      objects: `houseMeters${suffix}`,
      over: "last",
      across,
    });
  return [
    voltage("rangeAViolations", "How often a meter's voltage left range A of ANSI C84.1, all meters.", {
      ...{ statistic: "countOutside", limits: RANGE_A },
    }),
    voltage("rangeADurationS", "Time outside range A, summed over the meters.", {
      ...{ statistic: "durationOutside", limits: RANGE_A },
    }),
    voltage("rangeBViolations", "How often a meter's voltage left range B of ANSI C84.1, all meters.", {
      ...{ statistic: "countOutside", limits: RANGE_B },
    }),
    voltage("rangeBDurationS", "Time outside range B, summed over the meters.", {
      ...{ statistic: "durationOutside", limits: RANGE_B },
    }),
    overload("maxTransformerOverloadPercent", "Largest load of a transformer above its rating.", { statistic: "max" }),
    overload("transformerOverloadHours", "Time with at least one transformer above its rating.", {
      ...{ statistic: "durationAbove", limit: 0, scale: 1 / 3600 },
    }),
    bill("meanBillUsd", "Mean bill of the houses.", "mean"),
    bill("minBillUsd", "Lowest bill of a house; negative for one that sold more than it bought.", "min"),
    bill("maxBillUsd", "Highest bill of a house.", "max"),
    bill("billJainIndex", "Jain's index of the houses' bills, counted from the lowest where that is negative.", "jain"),
  ];
}
