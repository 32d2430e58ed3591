import { sixtyBus } from "./data/index.js";
import { dualPrivacyPreset } from "./dual-privacy.js";

/** The sixty-bus case of the dual-privacy framework. */
export default dualPrivacyPreset({
  name: "sixty-bus",
  doc: "Sixty nodes of the dual-privacy framework: heat pumps, heaters, panels, stores and CHP units.",
  title: "Decentralised dispatch of the sixty-bus case",
  description:
    "Sixty nodes with loads, heat pumps and heaters, some with panels, batteries, heat stores and CHP units, whose agents keep their devices to themselves.",
  problem: sixtyBus,
});
