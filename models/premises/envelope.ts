/** A detached one-storey house with 8-ft ceilings. R-values in ft2 h degF/Btu; `massBtuPerFSqft` is the total thermal mass per floor area. */
export interface HouseDescription {
  readonly floorAreaSqft: number;
  readonly doors: number;
  readonly roofRValue: number;
  readonly wallRValue: number;
  readonly floorRValue: number;
  readonly doorRValue: number;
  readonly windowRValue: number;
  readonly airChangesPerHour: number;
  readonly massBtuPerFSqft: number;
  readonly coolingCop: number;
  readonly hvacPowerFactor: number;
  readonly airTemperatureF: number;
  readonly massTemperatureF: number;
}

/** What the house's thermal and cooling models need to know. Btu, degF, hours, ft2, kW; intermediate quantities are kept for inspection. */
export interface Envelope {
  readonly grossWallSqft: number;
  readonly envelopeBtuPerHF: number;
  readonly infiltrationBtuPerHF: number;
  readonly lossBtuPerHF: number;
  readonly airBtuPerF: number;
  readonly massBtuPerF: number;
  readonly couplingBtuPerHF: number;
  readonly solarApertureSqft: number;
  readonly designInternalBtuPerH: number;
  readonly designCoolingBtuPerH: number;
  readonly designAirflowCfm: number;
  readonly fanKw: number;
}

const CEILING_FT = 8;
const ASPECT_RATIO = 1.5;
const WINDOW_TO_WALL = 0.15;
const DOOR_SQFT = 19.5;
const INTERIOR_TO_EXTERIOR_WALL = 1.5;
const INTERIOR_FILM_BTU_PER_HF_SQFT = 1.46;
const SOLAR_TRANSMISSION = 0.67 * 0.6;
const AIR_LB_PER_CUFT = 0.0735;
const AIR_BTU_PER_LB_F = 0.2402;
const AIR_NODE_MASS_FACTOR = 3;

const OVERSIZING = 1.3;
const DESIGN_TEMPERATURE_DIFFERENCE_F = 20;
const DESIGN_PEAK_SOLAR_BTU_PER_HSQFT = 195;
const CAPACITY_STEP_BTU_PER_H = 6000;
const DESIGN_DISCHARGE_DIFFERENCE_F = 25;
const DUCT_PRESSURE_INCHES = 0.5;
const WATT_PER_HORSEPOWER = 745.7;

/** Derives the equivalent thermal parameters of a house. Source: GridLAB-D Residential module user's guide, "House", section on ETP parameters and design capacity. */
export function envelopeOf(house: HouseDescription): Envelope {
  const volumeCuft = CEILING_FT * house.floorAreaSqft;
  const airLb = AIR_LB_PER_CUFT * volumeCuft;
  const grossWallSqft = 2 * (1 + ASPECT_RATIO) * CEILING_FT * Math.sqrt(house.floorAreaSqft / ASPECT_RATIO);
  const windowSqft = WINDOW_TO_WALL * grossWallSqft;
  const doorSqft = DOOR_SQFT * house.doors;
  const netWallSqft = grossWallSqft - windowSqft - doorSqft;
  const envelopeBtuPerHF =
    house.floorAreaSqft / house.roofRValue +
    house.floorAreaSqft / house.floorRValue +
    netWallSqft / house.wallRValue +
    windowSqft / house.windowRValue +
    doorSqft / house.doorRValue;
  const infiltrationBtuPerHF = house.airChangesPerHour * airLb * AIR_BTU_PER_LB_F;
  const lossBtuPerHF = envelopeBtuPerHF + infiltrationBtuPerHF;
  const solarApertureSqft = windowSqft * SOLAR_TRANSMISSION;
  return {
    grossWallSqft,
    envelopeBtuPerHF,
    infiltrationBtuPerHF,
    lossBtuPerHF,
    airBtuPerF: AIR_NODE_MASS_FACTOR * airLb * AIR_BTU_PER_LB_F,
    massBtuPerF: house.massBtuPerFSqft * house.floorAreaSqft - 2 * airLb * AIR_BTU_PER_LB_F,
    couplingBtuPerHF:
      INTERIOR_FILM_BTU_PER_HF_SQFT * (netWallSqft + INTERIOR_TO_EXTERIOR_WALL * grossWallSqft + house.floorAreaSqft),
    solarApertureSqft,
    ...coolingDesign(house.floorAreaSqft, lossBtuPerHF, solarApertureSqft),
  };
}

/** Cooling unit and fan that a designer would choose: the load at a 20 degF difference, oversized by 30 %, in steps of half a ton. */
function coolingDesign(floorAreaSqft: number, lossBtuPerHF: number, solarApertureSqft: number) {
  const designInternalBtuPerH = 167.09 * Math.exp(0.442 * Math.log(floorAreaSqft));
  const peakBtuPerH =
    lossBtuPerHF * DESIGN_TEMPERATURE_DIFFERENCE_F +
    designInternalBtuPerH +
    DESIGN_PEAK_SOLAR_BTU_PER_HSQFT * solarApertureSqft;
  const designCoolingBtuPerH =
    Math.ceil((OVERSIZING * peakBtuPerH) / CAPACITY_STEP_BTU_PER_H) * CAPACITY_STEP_BTU_PER_H;
  const designAirflowCfm =
    designCoolingBtuPerH / OVERSIZING / (60 * AIR_BTU_PER_LB_F * AIR_LB_PER_CUFT * DESIGN_DISCHARGE_DIFFERENCE_F);
  return { designInternalBtuPerH, designCoolingBtuPerH, designAirflowCfm, fanKw: fanKw(designAirflowCfm) };
}

/** Power of a fan motor of 88 % efficiency, its shaft power rounded up to an eighth of a horsepower. */
function fanKw(airflowCfm: number): number {
  const horsepower = (0.117 * DUCT_PRESSURE_INCHES * airflowCfm) / 0.42 / WATT_PER_HORSEPOWER;
  return ((Math.ceil(8 * horsepower) / 8) * WATT_PER_HORSEPOWER) / 0.88 / 1000;
}
