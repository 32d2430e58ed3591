import { parseDuration, ticksPerSecond } from "../../broker/wire/index.js";
import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { alignRows } from "../cli/table.js";
import { findRun } from "../run/run-folder.js";

export default defineCommand({
  name: "plot",
  doc: "Makes one picture of a run, SVG or PNG; without a name it lists them.",
  args: [
    { name: "RUN", required: true, doc: 'Run folder, or "latest".' },
    { name: "NAME", doc: "Name of the plot." },
  ],
  options: {
    out: { kind: "text", placeholder: "FILE", doc: "File to write, .svg or .png; <RUN>/<NAME>.svg by default." },
    house: { kind: "text", placeholder: "HOUSE", doc: "One house in place of all: F0_house_A6, or A6." },
    round: { kind: "duration", doc: "Time of a market round, as 18h; the last one until then is shown." },
  },
  async run({ args: [run = "latest", name], options: { out, house, round }, console }) {
    const { listPlots, plotRun } = await import("../report/report.js");
    const folder = findRun(run);
    if (name === undefined) {
      const plots = listPlots(folder);
      console.result(
        alignRows(plots.map(({ name, doc, isRecorded }) => [name, isRecorded ? doc : `(not recorded) ${doc}`])),
        plots,
      );
      return EXIT.done;
    }
    const roundSeconds = round === undefined ? undefined : parseDuration(round) / ticksPerSecond("1us");
    const file = await plotRun(folder, { name, out, house, roundSeconds });
    console.result(file, { file });
    return EXIT.done;
  },
});
