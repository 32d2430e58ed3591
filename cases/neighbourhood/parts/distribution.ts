import { meterNames, transformerNames } from "../../../federates/feeder/network.js";
import { APPLIANCE_SCHEDULES } from "../data/schedules.js";
import { feederFile, type FeederLayout } from "../feeder.js";
import { delayed, jsonFile, type CasePart } from "../part.js";
import {
  premisesDescriptions,
  PUBLISHED_EQUIPMENT,
  SITE,
  type Equipment,
  type HousePlace,
  type KnownHouse,
} from "../premises.js";
import { distributionRecording } from "./distribution-recording.js";

/** Houses on a feeder. */
export interface DistributionSettings {
  readonly places: readonly HousePlace[];
  readonly seed: number;
  readonly stepSeconds: number;
  readonly equipment?: Equipment;
  /** Output that has the set-points that households want, for the record. */
  readonly setpointFrom: string;
  /** Output that has what thermostats are told, where that is something else. */
  readonly thermostatFrom?: string | undefined;
  /** Output that has the widths of their dead bands; without it comfort is not recorded. */
  readonly deadbandFrom?: string;
  readonly suffix?: string;
  /** Where the houses are also looked at between their steps. */
  readonly sampleSeconds?: number;
  /** Which houses stand where; by default the published thirty first. */
  readonly known?: KnownHouse;
  readonly layout?: FeederLayout;
  /** Further parameters of the houses. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** For how many of the published feeder one with so many houses stands. */
export function feederShare(houses: number): number {
  return houses / 30;
}

/** Houses with their equipment, and the feeder that serves them and the building. */
export function distributionPart(settings: DistributionSettings): CasePart {
  const { places, seed, stepSeconds, equipment = PUBLISHED_EQUIPMENT, suffix = "", params } = settings;
  const names = places.map(place => place.house);
  const feeder = feederFile(places, equipment, { ...settings.layout, suffix });
  const meters = meterNames(feeder);
  const transformers = transformerNames(feeder);
  const files = { premises: `premises${suffix}.json`, feeder: `feeder${suffix}.json` };
  const premises = premisesDescriptions(places, seed, equipment, settings.known);
  return {
    federates: {
      [`houses${suffix}`]: {
        use: "houses",
        period: stepSeconds,
        params: {
          premises: files.premises,
          houses: names,
          stepSeconds,
          ...(settings.sampleSeconds !== undefined && { sampleSeconds: settings.sampleSeconds }),
          batteryBandsKw: { chargeOff: 0.2, dischargeOff: 2.5, dischargeOn: 3 },
          ...params,
        },
      },
      [`feeder${suffix}`]: {
        use: "feeder",
        params: { feeder: files.feeder, houses: names, meters, transformers, buildingPriceUsdPerKwh: 0.1142 },
      },
    },
    links: links(equipment, suffix),
    recording: distributionRecording({ ...settings, names: { houses: names, meters, transformers } }),
    files: {
      [files.premises]: jsonFile({ site: SITE, schedules: APPLIANCE_SCHEDULES, premises }, places.length),
      [files.feeder]: jsonFile(feeder, places.length),
    },
  };
}

const WEATHER = ["temperature", "humidity", "solarDirect", "solarDiffuse"];
const LOADS = [
  "constantPower",
  "constantPowerReactive",
  "constantCurrent",
  "constantCurrentReactive",
  "constantImpedance",
  "constantImpedanceReactive",
];

function links({ pv, battery, storage }: Equipment, suffix: string): NonNullable<CasePart["links"]> {
  const [houses, feeder] = [`houses${suffix}`, `feeder${suffix}`];
  const powers = [
    ...(pv ? ["pvPower", "pvReactivePower"] : []),
    ...(battery ? ["batteryPower"] : []),
    ...(storage === undefined ? [] : ["storagePower"]),
  ];
  return [
    ...WEATHER.map(port => `weather.${port} -> ${houses}.${port}`),
    ...[...LOADS, ...powers].map(port => `${houses}.${port} -> ${feeder}.${port}`),
    `building${suffix}.power -> ${feeder}.buildingPower`,
    delayed(`${feeder}.houseVoltage`, `${houses}.voltage`),
  ];
}
