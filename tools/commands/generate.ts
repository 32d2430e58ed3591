import { resolve } from "node:path";
import { isPresetBuilt, loadPreset, presetNames, type OptionTable, type OptionValue } from "../../cases/index.js";
import { defineCommand } from "../cli/command.js";
import { firstArgument } from "../cli/first-argument.js";
import { EXIT } from "../cli/exit-code.js";

const DEFAULT_PRESET = "pet";

const options = {
  out: { kind: "text", placeholder: "DIR", doc: "Folder of the case; cases/generated/PRESET by default." },
  set: {
    kind: "list",
    placeholder: "PATH=VALUE",
    doc: "Changes one value of the generated case, as federates.houses.params.seed=3.",
  },
} as const satisfies OptionTable;

export default defineCommand({
  name: "generate",
  doc: `Writes a case from a preset and its options. Presets: ${presetNames.join(", ")}.`,
  args: [{ name: "PRESET", doc: `Name of the preset; ${DEFAULT_PRESET} by default.` }],
  options,
  async optionsFor(args) {
    const name = firstArgument(args);
    const wantsHelp = args.includes("--help") || args.includes("-h");
    if (wantsHelp && !isPresetBuilt(name ?? DEFAULT_PRESET)) return {};
    return (await loadPreset(name ?? DEFAULT_PRESET)).options;
  },
  async run({ args: [name = DEFAULT_PRESET], options: { out, set, ...given }, console }) {
    const { generateCase } = await import("../generate-case.js");
    const folder = resolve(out ?? `cases/generated/${name}`);
    const presetOptions = given as Readonly<Record<string, OptionValue>>;
    const files = await generateCase(name, { folder, options: presetOptions, set });
    console.result(`Wrote ${files.join(", ")} in ${folder}.\nNext: gridloom launch ${folder}`, {
      preset: name,
      folder,
      files,
    });
    return EXIT.done;
  },
});
