import type { BuildingDescription } from "./description.js";

const FLOOR_M2 = 6871;
const CEILING_M = 4;
const AIR_KWH_PER_M3_K = (1.2 * 1.006) / 3600;

/**
 * The DOE commercial reference building "primary school" (6,871 m2, 25 zones, 650 students; Deru et al., NREL/TP-5500-46861, 2011) in summer use,
 * reduced to one zone.
 *
 * Assumed: the volume of air; 116 Wh/K of mass for each m2; 100 m2 of solar aperture; half of the base load as heat inside; a packaged unit of
 * COP 3.1 at 35 degC that loses 2 % for each K; 5 kW of fans, the hvac power of the first recorded step; a capacity that never binds; 15 % of the
 * occupants from 8 to 16 h; weekends and the federal holidays of fixed date like nights, but for the lights outside, which burn from sunset to
 * sunrise.
 *
 * Read off the recorded load: the hours at which its level jumps, and on 4 July the 8.7 kW that go at sunrise. Fitted by least squares to one recorded day (1 July 2013, Tucson weather, the
 * building in the periodic state of that day, as EnergyPlus's warm-up leaves it): loss, ventilation, coupling and the six base levels from 5 to 20 h.
 * Base load and fans cannot be told apart by the total. The recorded load does not change when the published schedule of 24 degC ends
 * (18 h) but drops to its night level at 20 h, so that is when the set-point rises here.
 */
export const primarySchool: BuildingDescription = {
  airKwhPerK: FLOOR_M2 * CEILING_M * AIR_KWH_PER_M3_K,
  massKwhPerK: 800,
  lossKwPerK: 11.87,
  ventilationKwPerK: 15.16,
  couplingKwPerK: 21.44,
  solarApertureM2: 100,
  baseHeatShare: 0.5,
  coolingCapacityKw: 700,
  coolingCop: 3.1,
  copLossPerK: 0.02,
  fanKw: 5,
  occupiedSetpointC: 24,
  unoccupiedSetpointC: 27,
  designOccupants: 650,
  weekday: [
    { fromHour: 0, baseKw: 48.7, isConditioned: false, isVentilated: false, occupancy: 0 },
    { fromHour: 3, baseKw: 49, isConditioned: false, isVentilated: false, occupancy: 0 },
    { fromHour: 5, baseKw: 73.3, isConditioned: false, isVentilated: false, occupancy: 0 },
    { fromHour: 6, baseKw: 77.0, isConditioned: false, isVentilated: false, occupancy: 0 },
    { fromHour: 7, baseKw: 75.8, isConditioned: true, isVentilated: true, occupancy: 0 },
    { fromHour: 8, baseKw: 75.8, isConditioned: true, isVentilated: true, occupancy: 0.15 },
    { fromHour: 16, baseKw: 61.8, isConditioned: true, isVentilated: true, occupancy: 0 },
    { fromHour: 17, baseKw: 61.1, isConditioned: true, isVentilated: false, occupancy: 0 },
    { fromHour: 19, baseKw: 48.7, isConditioned: true, isVentilated: false, occupancy: 0 },
    { fromHour: 20, baseKw: 48.7, isConditioned: false, isVentilated: false, occupancy: 0 },
  ],
  dayOff: [
    { fromHour: 0, baseKw: 49, isConditioned: false, isVentilated: false, occupancy: 0 },
    { fromHour: 5.4, baseKw: 40.3, isConditioned: false, isVentilated: false, occupancy: 0 },
    { fromHour: 19.6, baseKw: 48.7, isConditioned: false, isVentilated: false, occupancy: 0 },
  ],
  holidays: ["01-01", "07-04", "11-11", "12-25"],
  initialAirC: 26.93,
  initialMassC: 26.09,
};
