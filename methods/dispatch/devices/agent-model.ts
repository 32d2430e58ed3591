import { DispatchError } from "../dispatch-error.js";
import type { AgentModel } from "../problem.js";
import { addDevice, type Device, type DeviceSpec, readDevice } from "./device-spec.js";
import type { AgentFrame } from "./frame.js";
import { NodeBuilder, scaled } from "./node-builder.js";
import type { Term } from "./program-builder.js";

/** A node's devices as data. */
export interface NodeSpec {
  readonly node: number;
  readonly name: string;
  readonly devices: readonly DeviceSpec[];
}

/**
 * The private program of one node, built from its own devices alone.
 * @throws DispatchError `INVALID_DEVICE`, `INVALID_PROFILE`, or `INFEASIBLE_AGENT` where heat is used and nothing gives any.
 */
export function agentModel({ node: place, name, devices }: NodeSpec, frame: AgentFrame): AgentModel {
  const node = new NodeBuilder(name, frame);
  const read = devices.map(spec => readDevice(name, spec));
  requireNames(name, read);
  for (const device of read) addDevice(node, device);
  const { program } = node;
  const active = addInjection(node, "activePower", node.active);
  const reactive = addInjection(node, "reactivePower", node.reactive);
  addHeatBalance(node);
  if (place > 0 && frame.wheelingFee !== 0 && devices.length > 0) addTrade(node, active);
  return {
    node: place,
    name,
    program: program.build(),
    blocks: program.blocks,
    active: range(active, frame.steps),
    reactive: range(reactive, frame.steps),
    activeLoad: node.activeLoad,
    reactiveLoad: node.reactiveLoad,
    isCoupledInTime: node.isCoupledInTime,
    isFlexible: [...node.active, ...node.reactive].some(({ first }) => !program.isFixed(first)),
  };
}

/** Every device but a load is told by its name in results, so a node must not use one twice. */
function requireNames(party: string, devices: readonly Device[]): void {
  const names = devices.filter(({ kind }) => kind !== "load").map(({ name, kind }) => name ?? kind);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice === undefined) return;
  const message = `${party}: two devices are called "${twice}". Give each a name of its own.`;
  throw new DispatchError("INVALID_DEVICE", message, party);
}

/** The variable that equals what the devices give to a balance, load left out; without devices it is 0. */
function addInjection({ program }: NodeBuilder, quantity: string, terms: readonly Term[]): number {
  if (terms.length === 0) return program.block("", quantity, { lower: 0, upper: 0 });
  const injection = program.block("", quantity);
  program.equal([scaled(injection), ...terms.map(negated)], 0);
  return injection;
}

function addHeatBalance({ name, program, heat, heatLoad, frame }: NodeBuilder): void {
  if (heat.length > 0) {
    const supply = frame.heat === "surplus" ? [scaled(program.block("", "heat", { lower: heatLoad }), -1)] : [];
    program.equal([...heat, ...supply], frame.heat === "surplus" ? 0 : heatLoad);
    return;
  }
  const step = heatLoad.findIndex(value => value > 0);
  if (step < 0) return;
  const message = `${name} uses heat of ${heatLoad[step]} at step ${step} and no device gives any. Add a device that does.`;
  throw new DispatchError("INFEASIBLE_AGENT", message, name);
}

/** sell − buy = injection of the node, both ≥ 0, with the wheeling fee on what is sold. */
function addTrade(node: NodeBuilder, active: number): void {
  const { program, frame, activeLoad } = node;
  const sell = program.block("", "sell", { lower: 0, linear: node.perStep(frame.wheelingFee) });
  const buy = program.block("", "buy", { lower: 0 });
  program.equal(
    [scaled(sell), scaled(buy, -1), scaled(active, -1)],
    activeLoad.map(load => -load),
  );
}

function negated({ first, coefficient }: Term): Term {
  return { first, coefficient: typeof coefficient === "number" ? -coefficient : Array.from(coefficient, c => -c) };
}

function range(first: number, steps: number): Int32Array {
  return Int32Array.from({ length: steps }, (_, step) => first + step);
}
