import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { findRun } from "../run/run-folder.js";
import { formatStanding, readStanding } from "../run/standing.js";

export default defineCommand({
  name: "query",
  doc: "Asks the broker of a run that goes on; a run in one process answers by its status file.",
  args: [{ name: "RUN", doc: 'Run folder; "latest" by default.' }],
  options: {},
  async run({ args: [run = "latest"], console }) {
    const folder = findRun(run);
    const standing = readStanding(folder);
    if (standing.state !== "running" || !standing.hasBroker) {
      console.result(formatStanding(standing), standing);
      return EXIT.done;
    }
    const { readBrokerAddress } = await import("../../runtime/broker-address.js");
    const { queryBroker } = await import("../../runtime/query.js");
    const { toStatus } = await import("../run/broker-status.js");
    const answer = JSON.parse(await queryBroker(await readBrokerAddress(folder))) as Parameters<typeof toStatus>[0];
    console.result(formatStanding({ ...standing, status: toStatus(answer) }), answer);
    return EXIT.done;
  },
});
