import { CosimError, formatFaults, type Fault } from "../wire/errors.js";
import { MAX_RANK, MAX_STAGE, phaseOf } from "../wire/stamp.js";
import type { FederateShape, Federation, InputShape, LinkShape, Mutant } from "./federation.js";
import { findSameTimeCycle, longestPaths, stronglyConnected } from "./paths.js";
import { endpointFaults, federateFaults, linkFaults, type ResolvedLink } from "./plan-faults.js";

/** A link with its ends resolved to numbers and its place in the order of stages. */
export interface PlannedLink extends ResolvedLink {
  /** Place in the federation's list of links. */
  readonly index: number;
  /** Both ends belong to one loop, so an item keeps its iteration. */
  readonly inLoop: boolean;
}

/** A federate with its place in the order: stage, rank and the phase of its ordinary activations. */
export interface PlannedFederate {
  readonly shape: FederateShape;
  readonly stage: number;
  readonly rank: number;
  /** Phase `(stage, 0, rank)`. */
  readonly basePhase: number;
  /** Members of its loop by name, itself included; empty outside loops. */
  readonly loop: readonly string[];
  /** Indexes of the links that leave each output, by output index. */
  readonly outLinks: readonly (readonly number[])[];
  /** Indexes of the links that enter, sorted by (source name, output name) within an input. */
  readonly inLinks: readonly number[];
}

/** A federation that can run: every federate has its stage and rank. */
export interface Plan {
  readonly federates: readonly PlannedFederate[];
  readonly links: readonly PlannedLink[];
  readonly until: number;
  readonly ticksPerSecond: number;
  readonly maxIterations: number;
  readonly maxActivationsPerSecond: number;
  readonly mutant?: Mutant;
}

/** The plan of a federation, or everything that is wrong with it. */
export interface Planning {
  readonly plan?: Plan;
  readonly faults: readonly Fault[];
}

/**
 * Draws the same-time and iterating links, finds loops, stages and ranks, and reports every fault at once.
 * Stage is the longest path over the strongly connected parts, rank the longest path over a loop's same-time links.
 */
export function planFederation(federation: Federation, mutant?: Mutant): Planning {
  const faults: Fault[] = [...federateFaults(federation)];
  const resolved = federation.links.map((link, index) => resolveLink(federation, link, index, faults));
  const links = resolved.filter(link => link !== undefined);
  const order = orderFederates(federation.federates, links);
  faults.push(...endpointFaults(federation, links), ...linkFaults(federation, links, order.part));
  for (const members of order.parts) {
    const cycle = findSameTimeCycle(members, links);
    if (cycle !== undefined) faults.push(cycleFault(cycle, federation, links));
  }
  if (Math.max(0, ...order.stage) > MAX_STAGE || Math.max(0, ...order.rank) > MAX_RANK) {
    faults.push({ path: "links", problem: "More than 65534 stages or ranks.", cure: "Cut a chain with a delay." });
  }
  if (faults.length > 0) return { faults };
  return { plan: assemble(federation, links, order, mutant), faults: [] };
}

/** As `planFederation`, but throws `COSIM_FEDERATION_INVALID` with every fault. */
export function requirePlan(federation: Federation, mutant?: Mutant): Plan {
  const { plan, faults } = planFederation(federation, mutant);
  if (plan !== undefined) return plan;
  throw new CosimError(
    "COSIM_FEDERATION_INVALID",
    `The federation has ${faults.length} fault(s):\n${formatFaults(faults)}`,
  );
}

interface Order {
  readonly parts: readonly (readonly number[])[];
  readonly part: readonly number[];
  readonly stage: readonly number[];
  readonly rank: readonly number[];
}

function orderFederates(federates: readonly FederateShape[], links: readonly ResolvedLink[]): Order {
  const instant = links.filter(link => link.kind !== "delayed");
  const { parts, part } = stronglyConnected(federates.length, instant);
  const between = instant.filter(link => part[link.source] !== part[link.target]);
  const partStage = longestPaths(
    parts.length,
    between.map(link => ({ source: part[link.source], target: part[link.target] })),
  );
  const inside = instant.filter(link => link.kind === "same" && part[link.source] === part[link.target]);
  return { parts, part, stage: part.map(p => partStage[p]), rank: longestPaths(federates.length, inside) };
}

function assemble(federation: Federation, resolved: readonly ResolvedLink[], order: Order, mutant?: Mutant): Plan {
  const loops = new Set(
    resolved
      .filter(l => l.kind !== "delayed" && order.part[l.source] === order.part[l.target])
      .map(l => order.part[l.source]),
  );
  const links = resolved.map((link, index) => ({
    ...link,
    index,
    inLoop: link.kind !== "delayed" && order.part[link.source] === order.part[link.target],
  }));
  const federates = federation.federates.map((shape, f) => {
    const stage = mutant === "stage-ignored" ? 0 : order.stage[f];
    const rank = mutant === "rank-ignored" ? 0 : order.rank[f];
    const loop = loops.has(order.part[f]) ? order.parts[order.part[f]].map(m => federation.federates[m].name) : [];
    const outLinks = shape.outputs.map((_, o) => links.filter(l => l.source === f && l.output === o).map(l => l.index));
    const inLinks = links
      .filter(l => l.target === f)
      .sort(bySource(federation))
      .map(l => l.index);
    return { shape, stage, rank, basePhase: phaseOf(stage, 0, rank), loop, outLinks, inLinks };
  });
  return {
    federates,
    links,
    until: federation.until,
    ticksPerSecond: federation.ticksPerSecond ?? 1e6,
    maxIterations: federation.maxIterations ?? 100,
    maxActivationsPerSecond: federation.maxActivationsPerSecond ?? 100_000,
    mutant,
  };
}

function bySource({ federates }: Federation): (a: ResolvedLink, b: ResolvedLink) => number {
  const key = (link: ResolvedLink) => {
    const source = federates[link.source];
    return [source.name, source.outputs[link.output].name];
  };
  return (a, b) => {
    const [aName, aOutput] = key(a);
    const [bName, bOutput] = key(b);
    return a.input - b.input || compareText(aName, bName) || compareText(aOutput, bOutput);
  };
}

/** Order of two texts by code unit, which does not depend on the machine's language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function resolveLink(
  federation: Federation,
  link: LinkShape,
  index: number,
  faults: Fault[],
): ResolvedLink | undefined {
  const from = findPort(federation.federates, link.from, "outputs");
  const to = findPort(federation.federates, link.to, "inputs");
  const path = `links[${index}]`;
  if (typeof from === "string") faults.push({ path, problem: from, cure: "Correct the link's source." });
  if (typeof to === "string") faults.push({ path, problem: to, cure: "Correct the link's target." });
  if (typeof from === "string" || typeof to === "string") return undefined;
  const kind = link.iterate === true ? "iterating" : link.delay !== undefined ? "delayed" : "same";
  const ends = { source: from.federate, output: from.port, target: to.federate, input: to.port };
  return { path, from: link.from, to: link.to, kind, delay: link.delay ?? 0, ...ends };
}

function findPort(federates: readonly FederateShape[], address: string, side: "inputs" | "outputs") {
  const dot = address.lastIndexOf(".");
  const federate = federates.findIndex(f => f.name === address.slice(0, dot));
  if (dot < 0 || federate < 0) return `There is no federate for "${address}".${nearest(address, federates)}`;
  const ports: readonly Pick<InputShape, "name">[] = federates[federate][side];
  const port = ports.findIndex(p => p.name === address.slice(dot + 1));
  if (port >= 0) return { federate, port };
  const known = ports.map(p => p.name).join(", ") || "none";
  return `"${federates[federate].name}" has no ${side.slice(0, -1)} "${address.slice(dot + 1)}"; it has ${known}.`;
}

function nearest(_address: string, federates: readonly FederateShape[]): string {
  return ` Federates are ${federates.map(f => f.name).join(", ") || "none"}.`;
}

function cycleFault(cycle: readonly number[], { federates }: Federation, links: readonly ResolvedLink[]): Fault {
  const names = [...cycle, cycle[0]].map(f => federates[f].name).join(" -> ");
  const paths = cycle.map((f, i) => {
    const next = cycle[(i + 1) % cycle.length];
    return links.find(l => l.kind === "same" && l.source === f && l.target === next)?.path ?? "";
  });
  return {
    path: paths.join(", "),
    problem: `A cycle of same-time links: ${names}.`,
    cure: "Give one of these links a delay, or iterate: true to let the loop converge at one time.",
  };
}
