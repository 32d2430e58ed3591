export { advanceFleet, createFleet, type Fleet, type Trip, updateFleet, type VehicleDescription } from "./fleet.js";
