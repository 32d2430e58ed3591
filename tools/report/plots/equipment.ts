import { isAggregated, objectsOf } from "../run-data.js";
import { chartOf, fieldLine, houseFilter, ofHouse, spreadOf, type Plot } from "./plot.js";

const SOURCES = [
  { prefix: "solar", label: "solar panels" },
  { prefix: "batt", label: "batteries" },
  { prefix: "storage", label: "storage" },
];

const isStorage = (name: string) => name.startsWith("storage");

/** A house's battery that follows its load, and the one that it trades with. */
const BATTERIES = [
  { label: "batteries", fits: (name: string) => !isStorage(name) },
  { label: "storage", fits: isStorage },
];

type Spread = ReturnType<typeof spreadOf>;

function coloured({ lines, bands }: Spread, colour: number): Spread {
  return { lines: lines.map(line => ({ ...line, colour })), bands: bands.map(band => ({ ...band, colour })) };
}

export const EQUIPMENT_PLOTS: Readonly<Record<string, Plot>> = {
  "inverter-power": {
    doc: "Power of solar panels and batteries together, towards the feeder.",
    group: "Equipment",
    takes: "house",
    draw(run, choice) {
      const data = run.metrics.get("inverter");
      const ofChoice = houseFilter(choice.house);
      const sum = (label: string, prefix: string) =>
        fieldLine(data, {
          ...{ field: "real_power_avg", label, over: "sum", weight: 0.001 },
          fits: name => name.startsWith(prefix) && ofChoice(name),
        });
      const lines = isAggregated(data?.windows[0] ?? {})
        ? [sum("all inverters", "")]
        : SOURCES.map(({ prefix, label }) => sum(label, prefix));
      const title = choice.house === undefined ? "Inverters together" : `Inverters${ofHouse(choice)}`;
      return chartOf(data, { title, axis: "kW to the feeder" }, lines);
    },
  },
  "state-of-charge": {
    doc: "State of charge of the batteries: mean, emptiest and fullest.",
    group: "Equipment",
    takes: "house",
    draw(run, choice) {
      const data = run.metrics.get("battery");
      const ofChoice = houseFilter(choice.house);
      const known = objectsOf(data).some(isStorage) ? BATTERIES : BATTERIES.slice(0, 1);
      const kinds = known.map(({ label, fits }, colour) => {
        const bandLabel = `${label}, emptiest to fullest`;
        const spread = { quantity: "state_of_charge", label, bandLabel, weight: 100 };
        return coloured(spreadOf(data, { ...spread, fits: name => fits(name) && ofChoice(name) }), colour);
      });
      const lines = kinds.flatMap(kind => kind.lines);
      const bands = kinds.flatMap(kind => kind.bands);
      return chartOf(data, { title: `State of charge of the batteries${ofHouse(choice)}`, axis: "%", bands }, lines);
    },
  },
  "ev-charging": {
    doc: "Power into all electric vehicles.",
    group: "Equipment",
    draw(run) {
      const data = run.metrics.get("evchargerdet");
      const choice = { field: "charge_rate_avg", label: "all chargers", over: "sum", weight: 0.001 } as const;
      return chartOf(data, { title: "Charging of electric vehicles", axis: "kW" }, [fieldLine(data, choice)]);
    },
  },
  "ev-state-of-charge": {
    doc: "State of charge of the electric vehicles: mean, emptiest and fullest.",
    group: "Equipment",
    takes: "house",
    draw(run, choice) {
      const data = run.metrics.get("evchargerdet");
      const fits = houseFilter(choice.house);
      const { lines, bands } = spreadOf(data, { quantity: "battery_SOC", fits });
      return chartOf(data, { title: `State of charge of the vehicles${ofHouse(choice)}`, axis: "%", bands }, lines);
    },
  },
};
