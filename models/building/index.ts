export {
  advanceBuilding,
  type Building,
  type BuildingConditions,
  type BuildingReport,
  createBuilding,
  fahrenheitFromC,
  updateBuilding,
} from "./building.js";
export type { BuildingDescription, BuildingSetting, DayPart } from "./description.js";
export { setpointShiftF } from "./price-response.js";
export { primarySchool } from "./primary-school.js";
