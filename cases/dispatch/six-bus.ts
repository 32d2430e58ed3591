import { sixBus } from "./data/index.js";
import { dualPrivacyPreset } from "./dual-privacy.js";

/** The six-bus case of the dual-privacy framework. */
export default dualPrivacyPreset({
  name: "six-bus",
  doc: "Seven nodes of the dual-privacy framework: six alike agents with wind, CHP and electric heaters.",
  title: "Decentralised dispatch of the six-bus case",
  description:
    "A root and six nodes, each with a load, wind, a CHP unit and an electric heater, whose agents keep their devices to themselves.",
  problem: sixBus,
});
