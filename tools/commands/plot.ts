import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { PLOTS } from "../report/plots.js";
import { plotRun } from "../report/report.js";
import { findRun } from "../run/run-folder.js";

export default defineCommand({
  name: "plot",
  doc: "Makes one SVG of a run.",
  args: [
    { name: "RUN", doc: 'Run folder; "latest" for the newest.', required: true },
    { name: "NAME", doc: `One of ${Object.keys(PLOTS).join(", ")}.`, required: true },
  ],
  options: {},
  run({ args: [run = "latest", name = ""], console }) {
    const file = plotRun(findRun(run), name);
    console.result(file, { file });
    return Promise.resolve(EXIT.done);
  },
});
