import {
  checkBulkCase,
  dispatchableLoad,
  optimalPowerFlow,
  PowerFlowSolver,
  scaleDemandBid,
  withOutages,
  type BulkCase,
  type DemandBid,
  type UnitOutage,
} from "../../models/index.js";
import type { Behaviour } from "../../runtime/index.js";

/** Where a distribution feeder meets the bulk system, and for how many feeders like it the one simulated stands. */
export interface FeederConnection {
  /** Bus number. */
  readonly bus: number;
  readonly scale: number;
  /** Position of the dispatchable load among the generators. */
  readonly unit: number;
}

/** What a case's bulk file holds. */
export interface BulkFile {
  readonly bulk: BulkCase;
  /** Loads that repeat: one row of MW for each period, one column for each bus; read `leadSeconds` early. */
  readonly load: {
    readonly buses: readonly number[];
    readonly periodSeconds: number;
    readonly leadSeconds: number;
    readonly mw: readonly (readonly number[])[];
  };
  readonly outages: readonly UnitOutage[];
  readonly feeder: FeederConnection;
  readonly dispatch: { readonly periodSeconds: number; readonly offsetSeconds: number };
  /** Above this output the balance of the power flow moves from the swing bus to `toBus`. */
  readonly swing: { readonly unit: number; readonly aboveMw: number; readonly toBus: number };
  readonly initialPriceUsdPerKwh: number;
}

/** Load, with what responds to the price, and voltage at one bus. */
export interface BusReading {
  readonly loadMw: number;
  readonly loadMvar: number;
  readonly angleDeg: number;
  readonly voltagePu: number;
}

/** The bulk system while it runs: plain data. */
export interface BulkState extends BulkFile {
  readonly behaviour: Behaviour;
  readonly feederBus: number;
  nextDispatchSeconds: number;
  /** Present loads of all buses without the feeder. */
  readonly loadMw: Float64Array;
  readonly loadMvar: Float64Array;
  /** Set-points of the last dispatch; the power flow adds the losses to the swing's. */
  readonly scheduledMw: Float64Array;
  readonly outputMw: Float64Array;
  readonly outputMvar: Float64Array;
  readonly voltagePu: Float64Array;
  readonly angleRad: Float64Array;
  /** Units out of service at the last dispatch, as a text key. */
  outKey: string;
  swingMoved: boolean;
  /** USD/MWh at the feeder's bus. */
  price: number;
  responsiveMw: number;
  lossMw: number;
  sourceVoltageV: number;
  /** What the last power flow found at the feeder's bus. */
  bus: BusReading;
}

/** The bulk system before its first dispatch. Throws `BulkCaseError` with every fault of the case. */
export function createBulk(file: BulkFile, behaviour: Behaviour): BulkState {
  checkBulkCase(file.bulk);
  const { buses, generators } = file.bulk;
  const feederBus = buses.findIndex(bus => bus.number === file.feeder.bus);
  return {
    ...file,
    behaviour,
    feederBus,
    nextDispatchSeconds: file.dispatch.offsetSeconds - file.dispatch.periodSeconds,
    loadMw: Float64Array.from(buses, bus => bus.loadMw),
    loadMvar: Float64Array.from(buses, bus => bus.loadMvar),
    scheduledMw: new Float64Array(generators.length),
    outputMw: new Float64Array(generators.length),
    outputMvar: new Float64Array(generators.length),
    voltagePu: Float64Array.from(buses, bus => bus.voltagePu),
    angleRad: new Float64Array(buses.length),
    outKey: "",
    swingMoved: false,
    price: 1000 * file.initialPriceUsdPerKwh,
    responsiveMw: 0,
    lossMw: 0,
    sourceVoltageV: lineToNeutralV(buses[feederBus].baseKv, buses[feederBus].voltagePu),
    bus: { loadMw: 0, loadMvar: 0, angleDeg: 0, voltagePu: buses[feederBus].voltagePu },
  };
}

function lineToNeutralV(baseKv: number, voltagePu: number): number {
  return (1000 * voltagePu * baseKv) / Math.sqrt(3);
}

/** Sets the profile's loads of this moment. */
export function setLoads({ load, bulk, loadMw }: BulkState, seconds: number): void {
  const row = load.mw[Math.floor((seconds + load.leadSeconds) / load.periodSeconds) % load.mw.length];
  load.buses.forEach((number, column) => {
    loadMw[bulk.buses.findIndex(bus => bus.number === number)] = row[column];
  });
}

/** What a dispatch needs to know beyond the state. */
export interface DispatchCall {
  readonly seconds: number;
  readonly feederMw: number;
  readonly bid: (DemandBid & { readonly servedMw: number }) | undefined;
}

/**
 * Least-cost dispatch of this moment: sets the units' set-points and the price at the feeder's bus.
 * Published, the whole present feeder counts as fixed and its responsive part a second time as dispatchable;
 * corrected, the responsive demand that is being served is taken out of the fixed part.
 */
export function dispatch(state: BulkState, { seconds, feederMw, bid }: DispatchCall): void {
  const { bulk, feeder, feederBus, scheduledMw, outages, swing } = state;
  const scaled = bid === undefined ? undefined : scaleDemandBid(bid, feeder.scale);
  const servedMw = state.behaviour === "published" ? 0 : (bid?.servedMw ?? 0) * feeder.scale;
  const fixedMw = Math.max(scaled?.unresponsiveMw ?? 0, feederMw - servedMw);
  const buses = bulk.buses.map((bus, b) => ({
    ...bus,
    loadMw: state.loadMw[b] + (b === feederBus ? fixedMw : 0),
  }));
  const generators = bulk.generators.map((unit, k) =>
    k === feeder.unit ? dispatchableLoad(unit, scaled ?? NO_BID) : unit,
  );
  const now = withOutages({ ...bulk, buses, generators }, outages, seconds);
  const { outputMw, priceUsdPerMwh } = optimalPowerFlow(now);
  scheduledMw.set(outputMw);
  state.responsiveMw = -outputMw[feeder.unit];
  scheduledMw[feeder.unit] = 0;
  state.price = priceUsdPerMwh[feederBus];
  state.swingMoved = outputMw[swing.unit] >= swing.aboveMw;
  state.outKey = now.generators.map(unit => (unit.inService ? "1" : "0")).join("");
  state.nextDispatchSeconds += state.dispatch.periodSeconds;
}

const NO_BID: DemandBid = { unresponsiveMw: 0, responsiveMaxMw: 0, degree: 0, c2: 0, c1: 0 };

/** AC power flow of this moment with the set-points of the last dispatch. */
export function flow(state: BulkState, feederMw: number): void {
  const { feederBus, loadMw, loadMvar, scheduledMw, voltagePu, angleRad, bulk } = state;
  const profileMw = loadMw[feederBus];
  loadMw[feederBus] = profileMw + feederMw;
  const solved = solverOf(state).solve({ loadMw, loadMvar, outputMw: scheduledMw }, { voltagePu, angleRad });
  loadMw[feederBus] = profileMw;
  state.outputMw.set(solved.outputMw);
  state.outputMvar.set(solved.outputMvar);
  voltagePu.set(solved.voltagePu);
  angleRad.set(solved.angleRad);
  state.lossMw = solved.lossMw;
  state.sourceVoltageV = lineToNeutralV(bulk.buses[feederBus].baseKv, solved.voltagePu[feederBus]);
  state.bus = {
    loadMw: profileMw + feederMw + state.responsiveMw,
    loadMvar: loadMvar[feederBus],
    angleDeg: (solved.angleRad[feederBus] * 180) / Math.PI,
    voltagePu: solved.voltagePu[feederBus],
  };
}

/** Solvers by system and by what is in service; they hold no state that a result depends on. */
const solvers = new WeakMap<BulkCase, Map<string, PowerFlowSolver>>();

function solverOf(state: BulkState): PowerFlowSolver {
  const { bulk, swing, swingMoved, outKey } = state;
  const known = solvers.get(bulk) ?? new Map<string, PowerFlowSolver>();
  solvers.set(bulk, known);
  const key = `${outKey} ${swingMoved}`;
  const solver = known.get(key) ?? new PowerFlowSolver(servingCase(bulk, outKey, swingMoved ? swing : undefined));
  known.set(key, solver);
  return solver;
}

function servingCase(bulk: BulkCase, outKey: string, moved: BulkFile["swing"] | undefined): BulkCase {
  const generators = bulk.generators.map((unit, k) => ({ ...unit, inService: outKey[k] !== "0" }));
  if (moved === undefined) return { ...bulk, generators };
  const buses = bulk.buses.map(bus => {
    if (bus.number === moved.toBus) return { ...bus, kind: "swing" as const };
    return bus.kind === "swing" ? { ...bus, kind: "PV" as const } : bus;
  });
  return { ...bulk, buses, generators };
}
