import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { findRun } from "../run/run-folder.js";

export default defineCommand({
  name: "plot",
  doc: "Makes one SVG of a run, in its folder.",
  args: [
    { name: "RUN", required: true, doc: 'Run folder, or "latest".' },
    { name: "NAME", required: true, doc: "Name of the plot; a wrong one lists them all." },
  ],
  options: {},
  async run({ args: [run = "latest", name = ""], console }) {
    const { plotRun } = await import("../report/report.js");
    const file = plotRun(findRun(run), name);
    console.result(file, { file });
    return EXIT.done;
  },
});
