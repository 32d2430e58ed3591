import { CosimError, formatFaults } from "../../broker/wire/index.js";
import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";

export default defineCommand({
  name: "check",
  doc: "Lists every fault of a case at once, each with its path and its cure.",
  args: [{ name: "CASE", doc: "A case.json, or the folder that holds it." }],
  options: { schema: { kind: "flag", doc: "Prints the JSON Schema of the case format instead." } },
  async run({ args: [path], options: { schema }, console }) {
    if (schema) {
      const { caseSchemaText } = await import("../../cases/json-schema.js");
      process.stdout.write(caseSchemaText());
      return EXIT.done;
    }
    if (path === undefined)
      throw new CosimError("COSIM_OPTION_INVALID", "Name the case to check: a case.json or its folder.");
    const { checkCase, readCase } = await import("../../cases/check.js");
    const source = readCase(path);
    const { twinFaults } = await import("../../cases/twins.js");
    const { checked, faults: own } = await checkCase(source);
    const faults = [...own, ...(own.length === 0 ? await twinFaults(source) : [])];
    const document = { case: source.file, faults };
    if (checked === undefined || faults.length > 0) {
      console.result(
        `${source.file} has ${faults.length} fault${faults.length === 1 ? "" : "s"}:\n${formatFaults(faults)}`,
        document,
      );
      return EXIT.input;
    }
    const { federates, links } = checked.assembly.plan;
    console.result(`${source.file} is free of faults: ${federates.length} federates, ${links.length} links.`, document);
    const unsaved = checked.assembly.members.filter(member => member.definition.checkpoint === false);
    if (unsaved.length > 0) {
      console.say(`No checkpoints: ${unsaved.map(member => member.name).join(", ")} cannot be saved.`);
    }
    return EXIT.done;
  },
});
