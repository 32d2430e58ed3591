import { CosimError } from "../../broker/wire/index.js";
import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";

export default defineCommand({
  name: "new",
  doc: "Writes a federate of your own, with a test, a case and a README, ready to run.",
  args: [
    { name: "KIND", required: true, doc: 'What to make: "federate".' },
    { name: "NAME", required: true, doc: "Its name in kebab-case; also its folder." },
  ],
  options: { out: { kind: "text", placeholder: "DIR", doc: "Folder to write; NAME by default." } },
  async run({ args: [kind = "", name = ""], options: { out = name }, console }) {
    if (kind !== "federate") {
      throw new CosimError("COSIM_OPTION_INVALID", `gridloom new makes a "federate", not "${kind}".`);
    }
    const { writeFederate } = await import("../new-federate.js");
    const files = writeFederate(name, out);
    const next = `Next: gridloom launch ${out}\n      node --test ${out}`;
    console.result(`Wrote ${files.join(", ")} in ${out}.\n${next}`, { folder: out, files });
    return EXIT.done;
  },
});
