import { setTimeout as sleep } from "node:timers/promises";
import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { findRun } from "../run/run-folder.js";
import { formatStanding, readStanding } from "../run/standing.js";

/** Wall-clock milliseconds between two looks at a run. */
const EVERY_MS = 1000;

export default defineCommand({
  name: "watch",
  doc: "Shows the status of a run again and again until it ends.",
  args: [{ name: "RUN", doc: 'Run folder; "latest" by default.' }],
  options: {},
  async run({ args: [run = "latest"], console }) {
    const folder = findRun(run);
    for (;;) {
      const standing = readStanding(folder);
      if (standing.state !== "running") {
        console.result(formatStanding(standing), standing);
        return EXIT.done;
      }
      const clear = process.stderr.isTTY ? "\u001b[H\u001b[2J" : "";
      console.say(`${clear}${formatStanding(standing)}`);
      await sleep(EVERY_MS);
    }
  },
});
