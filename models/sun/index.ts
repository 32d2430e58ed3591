export * from "./irradiance.js";
export * from "./position.js";
