import { meterNames, transformerNames, type FeederFile } from "../../federates/feeder/network.js";
import type { CaseFile } from "../schema.js";
import { SITE } from "./premises.js";
import { GENERATORS, RECORDED_LINKS } from "./recorded-ports.js";
import { recording } from "./recording.js";

/** What the case depends on besides its files. */
export interface PetSettings {
  readonly days: number;
  readonly seed: number;
  /** Step of houses, prosumers and feeder, in seconds. */
  readonly stepSeconds: number;
  readonly behaviour: "published" | "corrected";
  readonly houses: readonly string[];
  readonly feeder: FeederFile;
}

/** Seconds of one market period, and of its events after the period's beginning. */
const MARKET_SECONDS = 300;
const BID_SECONDS = 298;
/** What was sent at one step acts one second later. */
const COMMAND_DELAY = "1s";

/** The published energy-trading case: who takes part, when each runs, and what each tells the others. */
export function petCase(settings: PetSettings): CaseFile {
  const { days, seed, stepSeconds, behaviour } = settings;
  return {
    format: "gridloom-case/1",
    name: "pet",
    title: "Peer-to-peer energy trading of houses with solar panels and batteries",
    description:
      "Houses on one feeder trade in a double auction every 300 s; the feeder is coupled to a nine-bus bulk system whose marginal price is the utility's offer.",
    start: "2013-07-01T00:00:00-07:00",
    until: `${24 * days}h`,
    seed,
    behaviour,
    federates: federates(settings, stepSeconds),
    links: [...LINKS, ...RECORDED_LINKS],
  };
}

function federates({ houses, feeder }: PetSettings, stepSeconds: number): CaseFile["federates"] {
  const meters = meterNames(feeder);
  const transformers = transformerNames(feeder);
  const scale = houses.length / 30;
  return {
    weather: { use: "weather", period: "300s", offset: "297s", params: { file: "weather.csv", lead: "3s" } },
    houses: {
      use: "houses",
      period: stepSeconds,
      params: {
        premises: "premises.json",
        houses,
        stepSeconds,
        batteryBandsKw: { chargeOff: 0.2, dischargeOff: 2.5, dischargeOn: 3 },
      },
    },
    building: { use: "building", period: "300s", params: { scale, site: SITE } },
    feeder: {
      use: "feeder",
      params: { feeder: "feeder.json", houses, meters, transformers, buildingPriceUsdPerKwh: 0.1142 },
    },
    bulk: { use: "bulk", period: "15s", params: { system: "bulk.json", generators: [...GENERATORS] } },
    substation: {
      use: "substation",
      period: MARKET_SECONDS,
      offset: MARKET_SECONDS,
      params: {
        houses,
        periodSeconds: MARKET_SECONDS,
        priceCapUsdPerKwh: 1,
        utilityKw: 5000 * scale,
        initialPriceUsdPerKwh: 0.02078,
      },
    },
    prosumers: {
      use: "prosumers",
      period: stepSeconds,
      params: {
        agents: "agents.json",
        houses,
        marketSeconds: MARKET_SECONDS,
        bidSeconds: BID_SECONDS,
        inverterEfficiency: 0.9,
      },
    },
    recorder: { use: "recorder", params: recording({ houses, meters, transformers }) },
  };
}

const delayed = (from: string, to: string, delay = COMMAND_DELAY) => ({ from, to, delay });

const LINKS: CaseFile["links"] = [
  "weather.temperature -> houses.temperature",
  "weather.humidity -> houses.humidity",
  "weather.solarDirect -> houses.solarDirect",
  "weather.solarDiffuse -> houses.solarDiffuse",
  "weather.temperature -> building.temperature",
  "weather.solarDirect -> building.solarDirect",
  "weather.solarDiffuse -> building.solarDiffuse",

  "houses.constantPower -> feeder.constantPower",
  "houses.constantPowerReactive -> feeder.constantPowerReactive",
  "houses.constantCurrent -> feeder.constantCurrent",
  "houses.constantCurrentReactive -> feeder.constantCurrentReactive",
  "houses.constantImpedance -> feeder.constantImpedance",
  "houses.constantImpedanceReactive -> feeder.constantImpedanceReactive",
  "houses.pvPower -> feeder.pvPower",
  "houses.pvReactivePower -> feeder.pvReactivePower",
  "houses.batteryPower -> feeder.batteryPower",
  "building.power -> feeder.buildingPower",
  delayed("feeder.houseVoltage", "houses.voltage"),

  "feeder.distributionLoad -> bulk.distributionLoad",
  delayed("bulk.sourceVoltage", "feeder.sourceVoltage"),
  "bulk.lmp -> substation.lmp",
  delayed("substation.demandBid", "bulk.bid"),

  "houses.airTemperature -> prosumers.airTemperature",
  "houses.hvacLoad -> prosumers.hvacLoad",
  "houses.hvacPower -> prosumers.hvacPower",
  "houses.houseLoad -> prosumers.houseLoad",
  "houses.pvAvailable -> prosumers.pvAvailable",
  delayed("prosumers.bids", "substation.bids"),
  "substation.round -> prosumers.round",
  "substation.accepted -> prosumers.accepted",
  delayed("prosumers.cooling", "houses.cooling"),
  delayed("prosumers.pvSetpoint", "houses.pvSetpoint"),
  delayed("prosumers.batteryReference", "houses.batteryReference"),
  delayed("substation.clearingPrice", "building.price"),
  delayed("substation.clearingPrice", "feeder.price"),
];
