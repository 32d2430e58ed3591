import type { Limit, Line } from "../chart.js";
import { objectsOf, type RunData } from "../run-data.js";
import { chartOf, fieldLine, houseFilter, ofHouse, spreadOf, type Plot } from "./plot.js";

/** A limit farther away than this part of the largest value would press the curve flat: it is only told. */
const NEAR = 1.6;

/** What a feeder's power should keep to, as its case says. */
function capsOf(run: RunData): { readonly label: string; readonly value: number }[] {
  return Object.values(run.case.federates ?? {}).flatMap(({ use, params }) => {
    if (use !== "substation") return [];
    const cap = (name: string, key: string) => {
      const value = params?.[key];
      return typeof value === "number" ? [{ label: `${name} ${value} kW`, value }] : [];
    };
    return [...cap("market's limit", "transformerKw"), ...cap("utility", "utilityKw")];
  });
}

/** The caps that can be drawn beside a line, and a note about the others. */
function limitsNear(run: RunData, lines: readonly Line[]): { readonly limits: Limit[]; readonly note?: string } {
  const largest = lines.flatMap(line => line.values).reduce((a, b) => (b > a ? b : a), 0);
  const caps = capsOf(run);
  const far = caps.filter(({ value }) => value > NEAR * largest).map(({ label }) => label);
  const note = far.length === 0 ? undefined : `not drawn: ${far.join(", ")}`;
  return { limits: caps.filter(({ value }) => value <= NEAR * largest), note };
}

const FEEDER = { quantity: "real_power", weight: 0.001 };

export const POWER_PLOTS: Readonly<Record<string, Plot>> = {
  "substation-power": {
    doc: "Power into each feeder, with what its market lets in and the utility offers.",
    group: "Power",
    draw(run) {
      const data = run.metrics.get("substation");
      const feeders = objectsOf(data);
      const { lines, bands } =
        feeders.length > 1
          ? { lines: feeders.map(feeder => feederLine(run, feeder)).filter(line => line !== undefined), bands: [] }
          : spreadOf(data, FEEDER);
      const heading = { title: "Power into the feeder", axis: "kW", bands, ...limitsNear(run, lines) };
      return chartOf(data, heading, lines);
    },
  },
  "vpp-power": {
    doc: "Power of the houses under packetized control, with the balancing signal that it keeps to.",
    group: "Power",
    draw(run) {
      const data = run.metrics.get("packets");
      const line = (field: string, label: string, look = {}) => fieldLine(data, { field, label, over: "sum", ...look });
      return chartOf(data, { title: "Power under packetized control", axis: "kW" }, [
        line("vpp_power_avg", "mean of the window"),
        line("vpp_power_max", "highest of the window", { colour: 5 }),
        line("balancing_power", "balancing signal", { isDashed: true, style: "step", colour: 1 }),
      ]);
    },
  },
  "house-load": {
    doc: "Load of all houses together, and what of it is cooling.",
    group: "Power",
    takes: "house",
    draw(run, choice) {
      const data = run.metrics.get("house");
      const fits = houseFilter(choice.house);
      const title = choice.house === undefined ? "Houses together" : `Load${ofHouse(choice)}`;
      return chartOf(data, { title, axis: "kW" }, [
        fieldLine(data, { field: "total_load_avg", label: "all loads (kVA)", over: "sum", fits }),
        fieldLine(data, { field: "hvac_load_avg", label: "cooling", over: "sum", fits }),
      ]);
    },
  },
  "building-power": {
    doc: "Power of the building on the feeder.",
    group: "Power",
    draw(run) {
      const data = run.metrics.get("eplus");
      const { lines, bands } = spreadOf(data, { quantity: "electric_demand_power", weight: 0.001 });
      return chartOf(data, { title: "Building", axis: "kW", bands }, lines);
    },
  },
  "generator-dispatch": {
    doc: "Power of each generator of the bulk system.",
    group: "Power",
    draw(run) {
      const data = run.metrics.get("gen");
      const lines = objectsOf(data).map(name =>
        fieldLine(data, { field: "Pgen", label: `unit ${name}`, fits: one => one === name }),
      );
      return chartOf(data, { title: "Dispatch of the generators", axis: "MW" }, lines);
    },
  },
};

function feederLine(run: RunData, feeder: string): Line | undefined {
  const fits = (name: string) => name === feeder;
  return fieldLine(run.metrics.get("substation"), { field: "real_power_avg", label: feeder, weight: 0.001, fits });
}
