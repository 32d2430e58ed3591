import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { reportRun } from "../report/report.js";
import { findRun } from "../run/run-folder.js";

export default defineCommand({
  name: "report",
  doc: "Makes one self-contained HTML file of a run.",
  args: [{ name: "RUN", doc: 'Run folder; "latest" by default.' }],
  options: {},
  run({ args: [run = "latest"], console }) {
    const file = reportRun(findRun(run));
    console.result(file, { file });
    return Promise.resolve(EXIT.done);
  },
});
