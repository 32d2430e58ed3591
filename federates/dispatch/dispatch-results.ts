import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";
import type { HorizonReport } from "./outcome.js";
import type { PlanMessage } from "./plan.js";
import {
  BILLS_HEADER,
  billRow,
  convergenceHeader,
  convergenceRows,
  horizonRow,
  HORIZONS_HEADER,
  NETWORK_HEADER,
  networkRows,
  nodeRows,
  NODES_HEADER,
  progressNames,
  SETPOINTS_HEADER,
  setpointRows,
} from "./results-tables.js";

interface State {
  /** Last horizon whose report was written. */
  reported: number;
  /** Columns of `convergence.csv` that the method brings; undefined before the first report. */
  columns: readonly string[] | undefined;
}

/** Writes what a dispatch comes to: set-points, network, bills and convergence, as tables in the run folder. */
export default defineFederate({
  doc: "Writes the tables of a decentralised dispatch: set-points, network, bills, convergence.",
  params: z.strictObject({
    /** False leaves out `setpoints.csv`, which holds what agents keep to themselves. */
    setpoints: z.boolean().default(true),
  }),
  inputs: {
    outcome: { type: "json", wakes: "any", optional: true, doc: "`HorizonReport` of the operator." },
    plans: { type: "message", wakes: "any", doc: "`PlanMessage` of agents." },
  },
  outputs: {},
  create({ setpoints }): { state: State & { readonly setpoints: boolean; opened: boolean } } {
    return { state: { reported: -1, columns: undefined, setpoints, opened: false } };
  },
  step(state, { inputs, context }) {
    const write = (name: string, text: string) => {
      context.file(name).append(text);
    };
    if (!state.opened) {
      state.opened = true;
      write("network.csv", NETWORK_HEADER);
      write("bills.csv", BILLS_HEADER);
      if (state.setpoints) write("setpoints.csv", SETPOINTS_HEADER);
    }
    const report = inputs.outcome as HorizonReport | undefined;
    if (report !== undefined && report.horizon > state.reported) {
      state.reported = report.horizon;
      if (state.columns === undefined) {
        state.columns = progressNames(report);
        write("nodes.csv", NODES_HEADER + nodeRows(report));
        write("horizons.csv", HORIZONS_HEADER);
        write("convergence.csv", convergenceHeader(state.columns));
      }
      write("horizons.csv", horizonRow(report));
      write("network.csv", networkRows(report));
      write("convergence.csv", convergenceRows(report, state.columns));
    }
    const plans = inputs.plans.map(({ payload }) => payload as PlanMessage).sort((a, b) => a.node - b.node);
    write("bills.csv", plans.map(billRow).join(""));
    if (state.setpoints) write("setpoints.csv", plans.map(setpointRows).join(""));
    return undefined;
  },
});
