import type { Coordination, DispatchMethod, DispatchOutcome, Payload, Responder } from "../coordination.js";
import type { AgentModel, PublicProblem } from "../problem.js";
import type { LocalSolver, SparseRows } from "../program.js";
import { dispatchCentrally } from "./central-dispatch.js";

/**
 * The central solution as a method, for reference: every agent sends its whole model, the operator solves all of them as one
 * program and sends set-points back. Its bounds are the solver's word, not a certificate.
 */
export function centralMethod(solver: LocalSolver): DispatchMethod {
  return {
    name: "central",
    coordinate: problem => coordinate(problem, solver),
    respond: model => new Subordinate(model),
  };
}

const NO_BOUNDS = { lowerBound: -Infinity, upperBound: Infinity, gap: Infinity };

function* coordinate(problem: PublicProblem, solver: LocalSolver): Coordination {
  const nodes = problem.network.parent.length;
  const asked = Array.from({ length: nodes }, (): Payload => ({}));
  const answers = yield { index: 0, orders: asked, certificate: NO_BOUNDS, progress: {} };
  const agents = answers.map((answer, node) => modelFrom(answer ?? {}, node));
  const { objective, state, agents: setpoints } = dispatchCentrally({ ...problem, agents }, solver);
  const bounds = { lowerBound: objective, upperBound: objective, gap: 0 };
  yield { index: 1, orders: setpoints.map(x => ({ x })), certificate: bounds, progress: {} };
  const history: DispatchOutcome["history"] = [{ ...bounds, progress: {} }];
  return { ...bounds, objective, rounds: 1, stop: "gap", state, history };
}

/** An agent that tells everything and does what it is told. */
class Subordinate implements Responder {
  private x = new Float64Array(0);

  constructor(private readonly model: AgentModel) {}

  answer({ x }: Payload): Payload {
    if (!(x instanceof Float64Array)) return payloadOf(this.model);
    this.x = x.slice();
    return {};
  }

  dispatch(): Float64Array {
    return this.x;
  }

  save(): unknown {
    return this.x;
  }

  restore(state: unknown): void {
    this.x = state as Float64Array<ArrayBuffer>;
  }
}

/** A model as vectors and numbers by name. */
function payloadOf({ program, active, reactive, activeLoad, reactiveLoad, ...model }: AgentModel): Payload {
  const { curvature, linear, constant, lower, upper, equalities, inequalities, step } = program;
  return {
    ...{ curvature, linear, constant, lower, upper, activeLoad, reactiveLoad },
    ...{ step: Float64Array.from(step), active: Float64Array.from(active), reactive: Float64Array.from(reactive) },
    ...{ isCoupledInTime: Number(model.isCoupledInTime), isFlexible: Number(model.isFlexible) },
    ...rowsPayload("equal", equalities),
    ...rowsPayload("atMost", inequalities),
  };
}

function rowsPayload(name: string, { start, column, value, rhs }: SparseRows): Payload {
  const places = { [`${name}Start`]: Float64Array.from(start), [`${name}Column`]: Float64Array.from(column) };
  return { ...places, [`${name}Value`]: value, [`${name}Rhs`]: rhs };
}

function modelFrom(told: Payload, node: number): AgentModel {
  const vector = (name: string) => told[name] as Float64Array;
  const places = (name: string) => Int32Array.from(vector(name));
  const rows = (name: string): SparseRows => {
    const [start, column] = [places(`${name}Start`), places(`${name}Column`)];
    return { start, column, value: vector(`${name}Value`), rhs: vector(`${name}Rhs`) };
  };
  return {
    node,
    name: `node ${node}`,
    program: {
      ...{ curvature: vector("curvature"), linear: vector("linear"), constant: told.constant as number },
      ...{ lower: vector("lower"), upper: vector("upper"), step: places("step") },
      ...{ equalities: rows("equal"), inequalities: rows("atMost") },
    },
    blocks: [],
    ...{ active: places("active"), reactive: places("reactive") },
    ...{ activeLoad: vector("activeLoad"), reactiveLoad: vector("reactiveLoad") },
    ...{ isCoupledInTime: told.isCoupledInTime === 1, isFlexible: told.isFlexible === 1 },
  };
}
