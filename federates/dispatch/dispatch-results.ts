import { z } from "zod";
import { defineFederate, type Context } from "../../runtime/index.js";
import type { HorizonReport } from "./outcome.js";
import type { PlanMessage } from "./plan.js";
import {
  BILLS_HEADER,
  billRow,
  convergenceHeader,
  convergenceRows,
  horizonRow,
  HORIZONS_HEADER,
  FLOWS_HEADER,
  flowRows,
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
  readonly setpoints: boolean;
  opened: boolean;
  /** Agents of the network. */
  agents: number;
  /** Of horizons whose plans have not all come yet. */
  plans: PlanMessage[];
}

type Write = (name: string, text: string) => void;

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
  create({ setpoints }): { state: State } {
    return { state: { reported: -1, columns: undefined, setpoints, opened: false, agents: 0, plans: [] } };
  },
  step(state, { inputs, context }) {
    const write = writeTo(context);
    if (!state.opened) {
      state.opened = true;
      write("flows.csv", FLOWS_HEADER);
      write("bills.csv", BILLS_HEADER);
      if (state.setpoints) write("setpoints.csv", SETPOINTS_HEADER);
    }
    const report = inputs.outcome as HorizonReport | undefined;
    if (report !== undefined && report.horizon > state.reported) {
      state.reported = report.horizon;
      state.agents = report.network.parent.length;
      if (state.columns === undefined) {
        state.columns = progressNames(report);
        write("nodes.csv", NODES_HEADER + nodeRows(report));
        write("horizons.csv", HORIZONS_HEADER);
        write("convergence.csv", convergenceHeader(state.columns));
      }
      write("horizons.csv", horizonRow(report));
      write("flows.csv", flowRows(report));
      write("convergence.csv", convergenceRows(report, state.columns));
    }
    state.plans.push(...inputs.plans.map(({ payload }) => payload as PlanMessage));
    writePlans(state, write, false);
    return undefined;
  },
  close(state, context) {
    writePlans(state, writeTo(context), true);
  },
});

function writeTo(context: Context): Write {
  return (name, text) => {
    context.file(name).append(text);
  };
}

/** Writes plans by horizon and node, whenever they came: those of a horizon once all are there, or nobody waits any more. */
function writePlans(state: State, write: Write, isLast: boolean): void {
  for (;;) {
    const horizon = state.plans.reduce((first, plan) => Math.min(first, plan.horizon), Infinity);
    const due = state.plans.filter(plan => plan.horizon === horizon).sort((a, b) => a.node - b.node);
    const isOver = isLast || horizon < state.reported;
    if (due.length === 0 || (due.length < state.agents && !isOver)) return;
    state.plans = state.plans.filter(plan => plan.horizon !== horizon);
    write("bills.csv", due.map(billRow).join(""));
    if (state.setpoints) write("setpoints.csv", due.map(setpointRows).join(""));
  }
}
