import {
  checkBulkCase,
  dispatchableLoad,
  optimalPowerFlow,
  scaleDemandBid,
  withOutages,
  type BulkCase,
  type DemandBid,
  type UnitOutage,
} from "../../models/index.js";
import type { Behaviour } from "../../runtime/index.js";
import { solverOf } from "./serving-solver.js";

/** Where a distribution feeder meets the bulk system, and for how many feeders like it the one simulated stands. */
export interface FeederConnection {
  /** Bus number. */
  readonly bus: number;
  readonly scale: number;
  /** Position among the generators of the dispatchable load that stands for its response. */
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

/** What the last dispatch and power flow found where one feeder is connected. */
export interface FeederState extends FeederConnection {
  /** Position of its bus. */
  readonly place: number;
  /** USD/MWh. */
  price: number;
  /** Response of the feeder's own dispatchable load. */
  responsiveMw: number;
  /** Line to neutral. */
  sourceVoltageV: number;
  reading: BusReading;
}

/** The bulk system while it runs: plain data. */
export interface BulkState extends BulkFile {
  readonly behaviour: Behaviour;
  readonly feeders: readonly FeederState[];
  nextDispatchSeconds: number;
  /** Present loads of all buses without the feeders. */
  readonly loadMw: Float64Array;
  readonly loadMvar: Float64Array;
  /** Loads of all buses with the feeders, as the last power flow had them. */
  readonly servedMw: Float64Array;
  /** Set-points of the last dispatch; the power flow adds the losses to the swing's. */
  readonly scheduledMw: Float64Array;
  readonly outputMw: Float64Array;
  readonly outputMvar: Float64Array;
  readonly voltagePu: Float64Array;
  readonly angleRad: Float64Array;
  /** Units out of service at the last dispatch, as a text key. */
  outKey: string;
  swingMoved: boolean;
  lossMw: number;
}

/** The bulk system before its first dispatch. Throws `BulkCaseError` with every fault of the case. */
export function createBulk(file: BulkFile, connections: readonly FeederConnection[], behaviour: Behaviour): BulkState {
  checkBulkCase(file.bulk);
  const { buses, generators } = file.bulk;
  return {
    ...file,
    behaviour,
    feeders: connections.map(connection => createFeeder(file, connection)),
    nextDispatchSeconds: file.dispatch.offsetSeconds - file.dispatch.periodSeconds,
    loadMw: Float64Array.from(buses, bus => bus.loadMw),
    loadMvar: Float64Array.from(buses, bus => bus.loadMvar),
    servedMw: new Float64Array(buses.length),
    scheduledMw: new Float64Array(generators.length),
    outputMw: new Float64Array(generators.length),
    outputMvar: new Float64Array(generators.length),
    voltagePu: Float64Array.from(buses, bus => bus.voltagePu),
    angleRad: new Float64Array(buses.length),
    outKey: "",
    swingMoved: false,
    lossMw: 0,
  };
}

function createFeeder({ bulk, initialPriceUsdPerKwh }: BulkFile, connection: FeederConnection): FeederState {
  const place = bulk.buses.findIndex(bus => bus.number === connection.bus);
  const { baseKv, voltagePu } = bulk.buses[place];
  return {
    ...connection,
    place,
    price: 1000 * initialPriceUsdPerKwh,
    responsiveMw: 0,
    sourceVoltageV: lineToNeutralV(baseKv, voltagePu),
    reading: { loadMw: 0, loadMvar: 0, angleDeg: 0, voltagePu },
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

/** What one feeder takes and asks for at a dispatch; MW of the bulk system, a bid of the one simulated feeder. */
export interface FeederDemand {
  readonly feederMw: number;
  readonly bid: (DemandBid & { readonly servedMw: number }) | undefined;
}

const NO_BID: DemandBid = { unresponsiveMw: 0, responsiveMaxMw: 0, degree: 0, c2: 0, c1: 0 };

/**
 * Least-cost dispatch of this moment, with one demand for each feeder in their order: sets the units' set-points and the
 * price at each feeder's bus. Published, the whole present feeder counts as fixed and its responsive part a second time as
 * dispatchable; corrected, the responsive demand that is being served is taken out of the fixed part.
 */
export function dispatch(state: BulkState, seconds: number, demands: readonly FeederDemand[]): void {
  const { bulk, feeders, scheduledMw, outages, swing } = state;
  const loadMw = Float64Array.from(state.loadMw);
  const generators = [...bulk.generators];
  feeders.forEach(({ place, scale, unit }, f) => {
    const bid = scaleDemandBid(demands[f].bid ?? NO_BID, scale);
    loadMw[place] += fixedMw(state, scale, demands[f]);
    generators[unit] = dispatchableLoad(bulk.generators[unit], bid);
  });
  const buses = bulk.buses.map((bus, b) => ({ ...bus, loadMw: loadMw[b] }));
  const now = withOutages({ ...bulk, buses, generators }, outages, seconds);
  const { outputMw, priceUsdPerMwh } = optimalPowerFlow(now);
  scheduledMw.set(outputMw);
  for (const feeder of feeders) {
    feeder.responsiveMw = -outputMw[feeder.unit];
    feeder.price = priceUsdPerMwh[feeder.place];
    scheduledMw[feeder.unit] = 0;
  }
  state.swingMoved = outputMw[swing.unit] >= swing.aboveMw;
  state.outKey = now.generators.map(unit => (unit.inService ? "1" : "0")).join("");
  state.nextDispatchSeconds += state.dispatch.periodSeconds;
}

/** What of a feeder any price serves. */
function fixedMw({ behaviour }: BulkState, scale: number, { feederMw, bid }: FeederDemand): number {
  if (bid === undefined) return Math.max(0, feederMw);
  const servedMw = behaviour === "published" ? 0 : bid.servedMw * scale;
  return Math.max(bid.unresponsiveMw * scale, feederMw - servedMw);
}

/** AC power flow of this moment with the set-points of the last dispatch; one load for each feeder, in their order. */
export function flow(state: BulkState, feederMw: readonly number[]): void {
  const { feeders, loadMw, servedMw, loadMvar, scheduledMw, voltagePu, angleRad } = state;
  servedMw.set(loadMw);
  feeders.forEach(({ place }, f) => {
    servedMw[place] += feederMw[f];
  });
  const solved = solverOf(state).solve({ loadMw: servedMw, loadMvar, outputMw: scheduledMw }, { voltagePu, angleRad });
  state.outputMw.set(solved.outputMw);
  state.outputMvar.set(solved.outputMvar);
  voltagePu.set(solved.voltagePu);
  angleRad.set(solved.angleRad);
  state.lossMw = solved.lossMw;
  for (const feeder of feeders) readBus(state, feeder);
}

function readBus({ bulk, feeders, servedMw, loadMvar, voltagePu, angleRad }: BulkState, feeder: FeederState): void {
  const { place } = feeder;
  const responsiveMw = feeders.reduce((sum, other) => sum + (other.place === place ? other.responsiveMw : 0), 0);
  feeder.sourceVoltageV = lineToNeutralV(bulk.buses[place].baseKv, voltagePu[place]);
  feeder.reading = {
    loadMw: servedMw[place] + responsiveMw,
    loadMvar: loadMvar[place],
    angleDeg: (angleRad[place] * 180) / Math.PI,
    voltagePu: voltagePu[place],
  };
}
