import { definePreset } from "../preset.js";
import { agents } from "./agents.js";
import { bulkFile } from "./bulk.js";
import { petCase } from "./case.js";
import { APPLIANCE_SCHEDULES } from "./data/schedules.js";
import { feederFile } from "./feeder.js";
import { housePlaces, premisesDescriptions, SITE } from "./premises.js";
import { readme } from "./readme.js";
import { WEATHER_DAYS, weatherCsv } from "./weather.js";

/** The energy-trading case: thirty houses of the reference, or more of their kind. */
export default definePreset({
  name: "pet",
  doc: "Houses with solar panels and batteries trade in a double auction on one feeder of a nine-bus system.",
  options: {
    houses: {
      kind: "integer",
      default: 30,
      minimum: 1,
      maximum: 100_000,
      doc: "Houses; the first 30 are the published ones, further ones are drawn from the same distributions.",
    },
    days: {
      kind: "integer",
      default: 1,
      minimum: 1,
      maximum: WEATHER_DAYS,
      unit: "d",
      doc: `Simulated days. The published weather has ${WEATHER_DAYS}; beyond, give weather.csv a longer player file and set \`until\`.`,
    },
    step: {
      kind: "number",
      default: 15,
      minimum: 1,
      maximum: 300,
      unit: "s",
      doc: "Step of houses, prosumers and feeder.",
    },
    behaviour: {
      kind: "choice",
      choices: ["corrected", "published"],
      default: "corrected",
      doc: "Whether the published system's quirks are put right or reproduced.",
    },
    seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
  },
  generate({ houses, days, step, behaviour, seed }) {
    const places = housePlaces(houses);
    const feeder = feederFile(places);
    const json = (value: unknown) => `${JSON.stringify(value, undefined, houses > 300 ? undefined : 1)}\n`;
    return {
      case: petCase({ days, seed, stepSeconds: step, behaviour, houses: places.map(place => place.house), feeder }),
      files: {
        "weather.csv": weatherCsv(),
        "premises.json": json({
          site: SITE,
          schedules: APPLIANCE_SCHEDULES,
          premises: premisesDescriptions(places, seed),
        }),
        "agents.json": json({ agents: agents(places, seed) }),
        "feeder.json": json(feeder),
        "bulk.json": json(bulkFile(houses)),
      },
      readme: readme({ houses, days, seed, behaviour }),
    };
  },
});
