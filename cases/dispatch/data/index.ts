export { sixBus } from "./six-bus.js";
export { sixtyBus } from "./sixty-bus.js";
export { yingkou, type YingkouHorizon } from "./yingkou.js";
