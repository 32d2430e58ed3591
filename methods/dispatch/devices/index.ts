export { agentModel, type NodeSpec } from "./agent-model.js";
export { type Device, deviceSchema, type DeviceSpec, readDevice } from "./device-spec.js";
export type { AgentFrame } from "./frame.js";
export { type GridPort, type PortPrices, requireNoArbitrage } from "./grid-port.js";
export { scaled } from "./node-builder.js";
export { expandProfile, type Profile, profile } from "./profile.js";
export { type BlockTraits, type PerStep, ProgramBuilder, type Term } from "./program-builder.js";
