import { SITE } from "../premises.js";
import { delayed, term, type CasePart, type HeardPort } from "../part.js";

/** How a building takes part. */
export interface BuildingSettings {
  /** For how many of the published building it stands. */
  readonly scale: number;
  /** Output that tells the building its price. */
  readonly priceFrom?: string;
  readonly suffix?: string;
}

const NUMBERS: Readonly<Record<string, readonly [port: string, unit?: string]>> = {
  buildingDemand: ["demand", "W"],
  buildingHvac: ["hvacDemand", "W"],
  buildingCooling: ["coolingLoad", "W"],
  buildingCoolingState: ["coolingState"],
  buildingAir: ["indoorAir", "degF"],
  buildingSchedule: ["scheduleTemperature", "degF"],
  buildingDelta: ["setpointDelta", "degF"],
  buildingSetpoint: ["setpoint", "degF"],
  buildingOccupants: ["occupants"],
  buildingPrice: ["price", "USD/kWh"],
  buildingOutdoor: ["outdoorAir", "degF"],
};

/** The published school building on the feeder. */
export function buildingPart({ scale, priceFrom, suffix = "" }: BuildingSettings): CasePart {
  const building = `building${suffix}`;
  const heard = Object.entries(NUMBERS).map(([input, [port, unit]]): [string, HeardPort] => [
    `${input}${suffix}`,
    { from: `${building}.${port}`, type: "number", unit },
  ]);
  return {
    federates: { [building]: { use: "building", period: "300s", params: { scale, site: SITE } } },
    links: [
      `weather.temperature -> ${building}.temperature`,
      `weather.solarDirect -> ${building}.solarDirect`,
      `weather.solarDiffuse -> ${building}.solarDiffuse`,
      ...(priceFrom === undefined ? [] : [delayed(priceFrom, `${building}.price`)]),
    ],
    recording: { heard: Object.fromEntries(heard), metrics: [buildingMetrics(suffix)] },
  };
}

function buildingMetrics(suffix: string) {
  const from = (input: string) => term(`${input}${suffix}`);
  return {
    class: "eplus",
    elements: [`SchoolDualController${suffix}`],
    extra: { LoadScale: 1 },
    bind: {
      uncomfortableHours: 0,
      coolingControlledLoadW: from("buildingCooling"),
      coolingCurrentTemperatureF: from("buildingAir"),
      coolingPowerState: from("buildingCoolingState"),
      coolingScheduleTemperatureF: from("buildingSchedule"),
      coolingSetpointDeltaF: from("buildingDelta"),
      coolingSetpointTemperatureF: from("buildingSetpoint"),
      coolingVolumeM3: 0,
      electricDemandPowerW: from("buildingDemand"),
      heatingControlledLoadW: 0,
      heatingCurrentTemperatureF: from("buildingAir"),
      heatingPowerState: 0,
      heatingScheduleTemperatureF: 0,
      heatingSetpointDeltaF: 0,
      heatingSetpointTemperatureF: 0,
      heatingVolumeM3: 0,
      hvacDemandPowerW: from("buildingHvac"),
      indoorAirF: from("buildingAir"),
      priceUsdPerKwh: from("buildingPrice"),
      occupants: from("buildingOccupants"),
      outdoorAirF: from("buildingOutdoor"),
    },
  };
}
