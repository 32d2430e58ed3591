import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { findRun } from "../run/run-folder.js";

export default defineCommand({
  name: "report",
  doc: "Makes one self-contained HTML file of a run, in its folder.",
  args: [{ name: "RUN", doc: 'Run folder; "latest" by default.' }],
  options: {},
  async run({ args: [run = "latest"], console }) {
    const { reportRun } = await import("../report/report.js");
    const file = reportRun(findRun(run));
    console.result(file, { file });
    return EXIT.done;
  },
});
