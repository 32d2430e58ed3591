import {
  agentModel,
  type AgentFrame,
  expandProfile,
  type GridPort,
  type NodeSpec,
  readDevice,
  requireNoArbitrage,
} from "../devices/index.js";
import { DispatchError } from "../dispatch-error.js";
import { type LineSpec, radialNetwork, type VoltageRules } from "../network/index.js";
import type { DispatchProblem, PublicProblem, RootTariff } from "../problem.js";

/** A dispatch case as data: what everybody may know, and every node's devices. */
export interface DispatchSpec extends PublicSpec {
  /** By node; a node without devices may be left out. */
  readonly nodes: readonly NodeSpec[];
}

/** The part of a case that everybody may know. */
export interface PublicSpec {
  readonly name: string;
  readonly currency: string;
  readonly powerUnit: "kW" | "MW";
  readonly nodeCount: number;
  readonly lines: readonly LineSpec[];
  readonly voltage: VoltageRules;
  readonly gridPort: GridPort;
  readonly frame: AgentFrame;
}

/**
 * Builds every agent's model, the network and the root's tariff.
 * @throws DispatchError `INVALID_NETWORK`, `INVALID_DEVICE`, `INVALID_PROFILE` or `INFEASIBLE_AGENT`.
 */
export function dispatchProblem(spec: DispatchSpec): DispatchProblem {
  const nodes = nodesInOrder(spec);
  return { ...publicProblem(spec), agents: nodes.map(node => agentModel(node, spec.frame)) };
}

/**
 * What the operator knows: network and tariff.
 * @throws DispatchError `INVALID_NETWORK`, `INVALID_DEVICE` or `INVALID_PROFILE`.
 */
export function publicProblem(spec: PublicSpec): PublicProblem {
  const { name, currency, powerUnit, frame } = spec;
  return {
    name,
    currency,
    powerUnit,
    steps: frame.steps,
    stepHours: frame.stepHours,
    network: radialNetwork(spec.lines, spec.nodeCount, spec.voltage),
    root: rootTariff(spec.gridPort, frame),
    regulariser: frame.regulariser,
    costScale: frame.stepHours / frame.pricedHours,
  };
}

/** Every node once and in order; those that the case leaves out have no devices. */
export function nodesInOrder({ nodes, nodeCount }: DispatchSpec): NodeSpec[] {
  const all: NodeSpec[] = Array.from({ length: nodeCount }, (_, node) => ({ node, name: `node ${node}`, devices: [] }));
  const given = new Set<number>();
  for (const spec of nodes) {
    const { node, name } = spec;
    if (all[node] === undefined) {
      throw fault(`${name} stands at node ${node}; there are the nodes 0 to ${nodeCount - 1}.`, name);
    }
    if (given.has(node)) throw fault(`node ${node} is described twice. Put its devices into one list.`, name);
    given.add(node);
    all[node] = spec;
  }
  return all;
}

/** The tariff of the root's grid port, prices by step. */
function rootTariff(port: GridPort, frame: AgentFrame): RootTariff {
  const party = "root";
  const read = readDevice(party, port);
  if (read.kind !== "grid-port") throw fault(`the root has a ${read.kind}; it needs a grid port.`, party);
  const prices = (field: "buyPrice" | "sellPrice") =>
    expandProfile(read[field], frame.steps, { party, device: "grid-port", field });
  const [buyPrice, sellPrice] = [prices("buyPrice"), prices("sellPrice")];
  requireNoArbitrage(party, { buyPrice, sellPrice });
  return {
    buyPrice: buyPrice.map(price => price * frame.pricedHours),
    sellPrice: sellPrice.map(price => price * frame.pricedHours),
    importLimit: read.importLimit ?? Infinity,
    exportLimit: read.exportLimit ?? Infinity,
    reactiveShare: read.reactiveShare ?? Infinity,
  };
}

function fault(sentence: string, party: string): DispatchError {
  return new DispatchError("INVALID_NETWORK", `Network: ${sentence}`, party);
}
