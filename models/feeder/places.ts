import { type BranchModel, modelBranch } from "./branch-model.js";
import type { DeviceDescription, FeederDescription, Terminal } from "./description.js";
import { DELTA, LINK, SINGLE } from "./feeder.js";
import { growTree, type Member } from "./tree.js";

const SQRT3 = Math.sqrt(3);

/** A member of the tree with what its branch does and how it is swept. */
export interface Part extends Member {
  readonly model?: BranchModel;
  readonly kernel: number;
}

/** Where each node stands in the compiled order. */
export interface Places {
  readonly parts: readonly Part[];
  readonly nodeOf: ReadonlyMap<string, number>;
  /** One more entry than nodes; the last is the number of conductors, which is also the ground's place. */
  readonly firstConductor: Int32Array;
}

/** Breadth-first order; within one depth, branches that the same kernel sweeps at the same voltage stand together. */
export function placeNodes(description: FeederDescription): Places {
  const codes = new Map((description.lineCodes ?? []).map(code => [code.name, code]));
  const frequencyHz = description.frequencyHz ?? 60;
  const parts = growTree(description).members.map((member): Part => {
    if (!member.feed) return { ...member, kernel: LINK };
    const { branch, parent } = member.feed;
    const around = { parentPhases: parent.node.phases, phases: member.node.phases, codes, frequencyHz };
    const model = modelBranch(branch, around);
    return { ...member, model, kernel: kernelOf(model) };
  });
  parts.sort((a, b) => a.depth - b.depth || a.kernel - b.kernel || a.node.nominalV - b.node.nominalV);
  return numberConductors(parts);
}

function kernelOf({ turns, impedanceOhm }: BranchModel): number {
  if (turns) return DELTA;
  const lossless = [...impedanceOhm.re, ...impedanceOhm.im].every(row => row.every(value => value === 0));
  return lossless ? LINK : SINGLE - 1 + impedanceOhm.re.length;
}

function numberConductors(parts: readonly Part[]): Places {
  const firstConductor = new Int32Array(parts.length + 1);
  parts.forEach(({ node }, n) => (firstConductor[n + 1] = firstConductor[n] + node.phases.length));
  return { parts, firstConductor, nodeOf: new Map(parts.map(({ node }, n) => [node.name, n])) };
}

/** The two conductors of a terminal; the second is the ground's place for a single conductor. */
export function terminalEnds(terminal: Terminal, node: string, places: Places): [from: number, to: number] {
  const n = places.nodeOf.get(node) ?? 0;
  const first = places.firstConductor[n];
  const ground = places.firstConductor[places.parts.length];
  const place = (one: string): number => (one === "" ? ground : first + places.parts[n].node.phases.indexOf(one));
  return [place(terminal.charAt(0)), place(terminal.charAt(1))];
}

/** Nominal voltage between the conductors of a terminal. */
export function terminalNominalV(terminal: Terminal, device: DeviceDescription, places: Places): number {
  const nominalV = places.parts[places.nodeOf.get(device.node) ?? 0].node.nominalV;
  const times = terminal.length === 1 ? 1 : terminal === "12" ? 2 : SQRT3;
  return device.nominalV ?? nominalV * times;
}
