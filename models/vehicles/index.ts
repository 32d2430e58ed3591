export {
  advanceFleet,
  createFleet,
  type Fleet,
  PARKED_FOR_GOOD_S,
  type Trip,
  updateFleet,
  type VehicleDescription,
} from "./fleet.js";
