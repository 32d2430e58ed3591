import type { Federation, InputShape, LinkShape } from "../federation.js";

/** A federate's place in the order of one time; `loop` names the members of its loop. */
export interface Level {
  readonly stage: number;
  readonly rank: number;
  readonly loop: readonly string[];
}

/** Name of the federate of `federate.port`. */
export function ownerOf(address: string): string {
  return address.slice(0, address.lastIndexOf("."));
}

/** Name of the port of `federate.port`. */
export function portOf(address: string): string {
  return address.slice(address.lastIndexOf(".") + 1);
}

const isInstant = (link: LinkShape) => link.delay === undefined;
const isSameTime = (link: LinkShape) => isInstant(link) && link.iterate !== true;

/** Stage, rank and loop of every federate: from who reaches whom, and by letting every link push until nothing moves. */
export function findLevels({ federates, links }: Federation): Map<string, Level> {
  const names = federates.map(f => f.name);
  const reach = findReach(names, links.filter(isInstant));
  const loopOf = (name: string) => names.filter(other => reach.get(name)?.has(other) && reach.get(other)?.has(name));
  const together = (link: LinkShape) => loopOf(ownerOf(link.from)).includes(ownerOf(link.to));
  const rank = pushAlong(
    names,
    links.filter(l => isSameTime(l) && together(l)),
    name => [name],
  );
  const stage = pushAlong(
    names,
    links.filter(l => isSameTime(l) && !together(l)),
    name => [name, ...loopOf(name)],
  );
  return new Map(names.map(n => [n, { stage: stage.get(n) ?? 0, rank: rank.get(n) ?? 0, loop: loopOf(n) }]));
}

/** For every federate, those that a path of at least one link leads to. */
function findReach(names: readonly string[], links: readonly LinkShape[]): Map<string, Set<string>> {
  const reach = new Map(names.map(n => [n, new Set(links.filter(l => ownerOf(l.from) === n).map(l => ownerOf(l.to)))]));
  for (const middle of names) {
    for (const set of reach.values()) {
      if (set.has(middle)) for (const end of reach.get(middle) ?? []) set.add(end);
    }
  }
  return reach;
}

/** Longest paths: each link lifts its target, and all who move with it, above its source; cycles stop at the count of names. */
function pushAlong(names: readonly string[], links: readonly LinkShape[], group: (name: string) => string[]) {
  const height = new Map(names.map(n => [n, 0]));
  for (let lap = 0; lap < names.length; lap++) {
    for (const link of links) {
      const above = (height.get(ownerOf(link.from)) ?? 0) + 1;
      for (const name of group(ownerOf(link.to))) height.set(name, Math.max(height.get(name) ?? 0, above));
    }
  }
  return height;
}

/** Why a federation is refused. */
export type Refusal =
  | "unknown port"
  | "kinds differ"
  | "delay below one tick"
  | "link written twice"
  | "several links into a plain value"
  | "cycle of same-time links"
  | "iterating link outside a loop"
  | "iterating link into an input that never wakes";

/** Every reason to refuse the links of a federation, each once, in the order of the type. */
export function findRefusals(federation: Federation): Refusal[] {
  const { links } = federation;
  const output = ({ from }: LinkShape) => portsOf(federation, from, "outputs").find(p => p.name === portOf(from));
  const input = ({ to }: LinkShape) => portsOf(federation, to, "inputs").find(p => p.name === portOf(to)) as InputShape;
  if (links.some(l => !output(l) || !input(l))) return ["unknown port"];
  const levels = findLevels(federation);
  const twin = (a: LinkShape, b: LinkShape) => a !== b && a.to === b.to;
  const plain = (l: LinkShape) => input(l).carries === "value" && input(l).combine === undefined;
  const reach = findReach(
    federation.federates.map(f => f.name),
    links.filter(isSameTime),
  );
  const iterating = links.filter(l => l.iterate === true);
  const tests: [Refusal, boolean][] = [
    ["kinds differ", links.some(l => output(l)?.carries !== input(l).carries)],
    [
      "delay below one tick",
      links.some(l => l.delay !== undefined && !(Number.isSafeInteger(l.delay) && l.delay >= 1)),
    ],
    ["link written twice", links.some(l => links.some(k => twin(k, l) && k.from === l.from))],
    ["several links into a plain value", links.some(l => links.some(k => twin(k, l) && k.from !== l.from && plain(l)))],
    ["cycle of same-time links", [...reach].some(([name, reached]) => reached.has(name))],
    ["iterating link outside a loop", iterating.some(l => !levels.get(ownerOf(l.from))?.loop.includes(ownerOf(l.to)))],
    ["iterating link into an input that never wakes", iterating.some(l => input(l).wakes === "never")],
  ];
  return tests.filter(([, holds]) => holds).map(([refusal]) => refusal);
}

function portsOf({ federates }: Federation, address: string, side: "inputs" | "outputs") {
  return federates.find(f => f.name === ownerOf(address))?.[side] ?? [];
}
