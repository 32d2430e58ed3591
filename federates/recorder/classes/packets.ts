import { single, type MetricClass } from "./metric-class.js";

const controllers = (name: string, doc: string, path: string) =>
  single(name, "controllers", { units: "", doc }, { path });
const coordinator = (name: string, doc: string, path: string) =>
  single(name, "coordinator", { units: "kW", doc }, { path });

export const packets: MetricClass = {
  doc: "Packetized energy management. The inputs are one json value a window from the controllers and one from the coordinator.",
  quantities: { controllers: { type: "json", optional: true }, coordinator: { type: "json", optional: true } },
  fields: [
    controllers("request_ratio", "Requests per house and look.", "requestRatio"),
    controllers("accepted_ratio", "Accepted requests over all; 1 without any.", "acceptedRatio"),
    controllers("request_probability", "Mean over the houses that could ask.", "requestProbability"),
    controllers("on_ratio", "Cooling houses over all.", "onRatio"),
    controllers("requests", "Requests in the window.", "requests"),
    controllers("accepted", "Accepted requests in the window.", "accepted"),
    coordinator("vpp_power_avg", "Mean power of the houses at their common meter.", "powerAvgKw"),
    coordinator("vpp_power_max", "Largest power of the houses that the coordinator saw.", "powerMaxKw"),
    coordinator("balancing_power", "What the houses may draw together.", "balancingKw"),
  ],
};
