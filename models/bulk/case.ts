/** How a bus is held in an AC power flow: by its load, by its voltage, or as the balance of the system. */
export type BusKind = "PQ" | "PV" | "swing";

/** A node of the transmission grid. A shunt is given at 1 pu voltage: it consumes `shuntMw` and injects `shuntMvar`. */
export interface Bus {
  readonly number: number;
  readonly kind: BusKind;
  readonly loadMw: number;
  readonly loadMvar: number;
  readonly shuntMw: number;
  readonly shuntMvar: number;
  readonly baseKv: number;
  readonly voltagePu: number;
  readonly angleDeg: number;
}

/** Cost of running at P MW: c2·P² + c1·P + c0, in USD/h. Convex (c2 ≥ 0); a negative P is a dispatchable load. */
export interface QuadraticCost {
  readonly c2: number;
  readonly c1: number;
  readonly c0: number;
}

/** A unit at a bus. A dispatchable load is a unit with `minMw < 0` and `maxMw = 0`. */
export interface Generator {
  readonly bus: number;
  readonly inService: boolean;
  readonly outputMw: number;
  readonly outputMvar: number;
  readonly minMw: number;
  readonly maxMw: number;
  readonly minMvar: number;
  readonly maxMvar: number;
  readonly voltagePu: number;
  readonly cost: QuadraticCost;
}

/** A line or transformer (pi model, tap and phase shift at the `from` end). `ratingMva` 0 means unlimited. */
export interface Branch {
  readonly from: number;
  readonly to: number;
  readonly inService: boolean;
  readonly resistancePu: number;
  readonly reactancePu: number;
  readonly chargingPu: number;
  readonly ratingMva: number;
  readonly tapRatio: number;
  readonly shiftDeg: number;
}

/** A transmission system in the manner of a MATPOWER case (Zimmerman et al., IEEE Trans. Power Syst. 26(1), 2011). */
export interface BulkCase {
  readonly baseMva: number;
  readonly buses: readonly Bus[];
  readonly generators: readonly Generator[];
  readonly branches: readonly Branch[];
}

/** Position of every bus by its number. */
export function busPositions(bulk: BulkCase): ReadonlyMap<number, number> {
  return new Map(bulk.buses.map((bus, position) => [bus.number, position]));
}

/** Position of the bus with this number; the case has passed `checkBulkCase`. */
export function positionOf(positions: ReadonlyMap<number, number>, bus: number): number {
  const position = positions.get(bus);
  if (position === undefined) throw new RangeError(`Bus ${bus} does not exist; name a bus of the case.`);
  return position;
}
