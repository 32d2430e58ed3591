import { isPresetBuilt, presetNames } from "../../cases/index.js";
import { FEDERATES } from "../../federates/registry.js";
import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { alignRows } from "../cli/table.js";
import { inspect, type Finding } from "../doctor/inspect.js";
import { version } from "../version.js";

export default defineCommand({
  name: "doctor",
  doc: "Shows what is installed, what is missing, what it is needed for and how to get it.",
  args: [],
  options: {},
  async run({ console }) {
    const findings = await inspect();
    const federates = Object.keys(FEDERATES);
    const presets = presetNames.filter(isPresetBuilt);
    const text = [
      `gridloom ${version}`,
      alignRows(findings.map(toRow)),
      `Kinds of federates: ${federates.join(", ")}.`,
      `Presets: ${presets.join(", ") || "none yet"}.`,
    ];
    console.result(text.join("\n"), { version, findings, federates, presets });
    return findings.every(({ found, isRequired }) => found !== undefined || !isRequired) ? EXIT.done : EXIT.failed;
  },
});

function toRow({ name, found, isRequired, neededFor, cure }: Finding): string[] {
  if (found !== undefined) return ["found", name, found];
  return [isRequired ? "MISSING" : "absent", name, `needed for ${neededFor}. ${cure}`];
}
