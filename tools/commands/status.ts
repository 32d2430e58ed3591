import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { findRun } from "../run/run-folder.js";
import { formatStanding, readStanding } from "../run/standing.js";

export default defineCommand({
  name: "status",
  doc: "Shows who is where in time, who waits for whom and since when.",
  args: [{ name: "RUN", doc: 'Run folder; "latest" by default.' }],
  options: {},
  run({ args: [run = "latest"], console }) {
    const standing = readStanding(findRun(run));
    console.result(formatStanding(standing), standing);
    return Promise.resolve(EXIT.done);
  },
});
