import { z } from "zod";
import type { Complex, Fault } from "../../broker/wire/index.js";
import {
  defineFederate,
  readJsonFile,
  readJsonParts,
  type InputDeclaration,
  type OutputDeclaration,
  type SetupContext,
} from "../../runtime/index.js";
import { fileFaults } from "../file-faults.js";
import type { FeederBid } from "../market/market-round.js";
import { connectionFaults } from "./bulk-faults.js";
import { createBulk, dispatch, flow, setLoads, type BulkFile, type BulkState } from "./bulk-system.js";

const feeder = z.strictObject({
  /** Ends the names of the feeder's own ports: with "_F1" they are `distributionLoad_F1`, `lmp_F1` and so on. */
  name: z.string().regex(/^\w*$/, { error: "takes letters, digits and _" }).default(""),
  /** Number of the bus that it hangs on. */
  bus: z.number().int(),
  /** For how many feeders like it the one simulated stands. */
  scale: z.number().positive(),
  /** Position among the system's generators of the dispatchable load that stands for its response. */
  unit: z.number().int().nonnegative(),
});

const params = z.strictObject({
  /** File beside the case: the system, its load profile and its outages. */
  system: z.string(),
  /** Names of the generators in the system's order. */
  generators: z.array(z.string()).nonempty(),
  feeders: z.array(feeder).nonempty(),
});

type Params = z.infer<typeof params>;

interface State extends BulkState {
  /** Names of the feeders, in their order. */
  readonly names: readonly string[];
}

/** The transmission grid: a DC optimal power flow every few minutes, an AC power flow at every step. */
export default defineFederate({
  doc: "A bulk power system that prices energy and sets the voltage of one or several feeders.",
  params,
  inputs: inputsOf,
  outputs: outputsOf,
  check: checkFile,
  create(settings, context): { state: State; outputs: Record<string, number> } {
    const file = readJsonFile(context.folder, settings.system) as BulkFile;
    const names = settings.feeders.map(({ name }) => name);
    const connections = settings.feeders.map(({ bus, scale, unit }) => ({ bus, scale, unit }));
    const state: State = { ...createBulk(file, connections, context.behaviour), names };
    return {
      state,
      outputs: everyFeeder(state, ({ price, sourceVoltageV }) => ({
        lmp: price / 1000,
        sourceVoltage: sourceVoltageV,
      })),
    };
  },
  step(state, { seconds, inputs }) {
    const { feeders, names } = state;
    const feederMw = feeders.map(({ scale }, f) => {
      const load = inputs[`distributionLoad${names[f]}`] as Complex;
      return (load.re * scale) / 1e6;
    });
    setLoads(state, seconds);
    if (seconds >= state.nextDispatchSeconds) {
      const bidOf = (name: string) => inputs[`bid${name}`] as FeederBid | undefined;
      dispatch(
        state,
        seconds,
        names.map((name, f) => ({ feederMw: feederMw[f], bid: bidOf(name) })),
      );
    }
    flow(state, feederMw);
    return {
      outputs: {
        ...everyFeeder(state, ({ price, sourceVoltageV, reading }) => ({
          lmp: price / 1000,
          sourceVoltage: sourceVoltageV,
          busLoad: reading.loadMw,
          busReactiveLoad: reading.loadMvar,
          busAngle: reading.angleDeg,
          busVoltage: reading.voltagePu,
        })),
        generatorPower: state.outputMw,
        generatorReactivePower: state.outputMvar,
        losses: state.lossMw,
        converged: true,
      },
    };
  },
});

/** One table of what `of` gives for each feeder, whose name ends the keys. */
function everyFeeder<T>(
  { feeders, names }: Pick<State, "feeders" | "names">,
  of: (feeder: State["feeders"][number]) => Record<string, T>,
): Record<string, T> {
  const entries = feeders.flatMap((feeder, f) =>
    Object.entries(of(feeder)).map(([key, value]) => [`${key}${names[f]}`, value]),
  );
  return Object.fromEntries(entries) as Record<string, T>;
}

function inputsOf({ feeders }: Params): Record<string, InputDeclaration> {
  const ports = feeders.flatMap(({ name }): [string, InputDeclaration][] => [
    [`distributionLoad${name}`, { type: "complex", unit: "VA", doc: "What one feeder takes at its substation." }],
    [
      `bid${name}`,
      { type: "json", optional: true, doc: "Aggregated demand of one feeder, a `FeederBid` in MW and USD/MWh." },
    ],
  ]);
  return Object.fromEntries(ports);
}

const FEEDER_OUTPUTS: Readonly<Record<string, OutputDeclaration>> = {
  lmp: { type: "number", unit: "USD/kWh", starts: true, doc: "Locational marginal price at the feeder's bus." },
  sourceVoltage: { type: "number", unit: "V", starts: true, doc: "Line to neutral, at the feeder's substation." },
  busLoad: { type: "number", unit: "MW", doc: "At the feeder's bus, dispatched response included." },
  busReactiveLoad: { type: "number", unit: "MVAr" },
  busAngle: { type: "number", unit: "deg" },
  busVoltage: { type: "number", unit: "pu" },
};

function outputsOf({ generators, feeders }: Params): Record<string, OutputDeclaration> {
  const ports = feeders.flatMap(({ name }) =>
    Object.entries(FEEDER_OUTPUTS).map(([port, declaration]): [string, OutputDeclaration] => [
      port + name,
      declaration,
    ]),
  );
  const vector = { type: "vector", elements: generators } as const;
  return {
    ...Object.fromEntries(ports),
    generatorPower: { ...vector, unit: "MW" },
    generatorReactivePower: { ...vector, unit: "MVAr" },
    losses: { type: "number", unit: "MW" },
    converged: { type: "boolean", doc: "Whether the power flow converged." },
  };
}

function checkFile(settings: Params, setup: SetupContext): readonly Fault[] {
  try {
    const parts = ["bulk", "load", "outages", "dispatch", "swing"] as const;
    return connectionFaults(readJsonParts<BulkFile>(setup.folder, settings.system, parts), settings);
  } catch (error) {
    return fileFaults("params.system", error);
  }
}
