export * from "./epw.js";
export * from "./forecast.js";
export * from "./period.js";
export * from "./profile.js";
export * from "./spline.js";
export * from "./tmy3.js";
export type { WeatherFile, WeatherStation } from "./weather-file.js";
