import { CosimError } from "../broker/wire/index.js";
import type { AnyPreset } from "./preset.js";

export * from "./options.js";
export * from "./preset.js";
export type { Case, CaseFile } from "./schema.js";

type PresetModule = () => Promise<{ readonly default: AnyPreset }>;

/** Every preset: how to load it, or undefined while it is not built. Internal ones serve the tests. */
const PRESETS: Readonly<Record<string, PresetModule | undefined>> = {
  "echo": () => import("./echo/index.js"),
  "pem": () => import("./pem/index.js"),
  "pet": () => import("./pet/index.js"),
  "pet-rl": () => import("./pet-rl/index.js"),
  "pet-bc": () => import("./pet-bc/index.js"),
  "ev": () => import("./ev/index.js"),
  "te30": () => import("./te30/index.js"),
  "yingkou-60": () => import("./dispatch/yingkou-60.js"),
  "six-bus": () => import("./dispatch/six-bus.js"),
  "sixty-bus": () => import("./dispatch/sixty-bus.js"),
  "dispatch-random": () => import("./dispatch/dispatch-random.js"),
  "manchester": undefined,
  "communities-12": undefined,
  "ieee13": undefined,
  "ieee34": undefined,
  "ieee37": undefined,
  "ieee123": undefined,
};

const INTERNAL = new Set(["echo"]);

/** Names of the presets for users, in the order of the documentation. */
export const presetNames: readonly string[] = Object.keys(PRESETS).filter(name => !INTERNAL.has(name));

/** True when the preset can be generated. */
export function isPresetBuilt(name: string): boolean {
  return PRESETS[name] !== undefined;
}

/**
 * The preset of this name.
 * @throws CosimError `COSIM_OPTION_INVALID` for an unknown name, `COSIM_NOT_BUILT` for one that is planned.
 */
export async function loadPreset(name: string): Promise<AnyPreset> {
  if (!Object.hasOwn(PRESETS, name)) {
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `There is no preset "${name}". Presets are ${presetNames.join(", ")}.`,
    );
  }
  const load = PRESETS[name];
  if (load === undefined) {
    const built = presetNames.filter(isPresetBuilt).join(", ") || "none yet";
    throw new CosimError("COSIM_NOT_BUILT", `The preset "${name}" is not built yet. Built are: ${built}.`);
  }
  return (await load()).default;
}
