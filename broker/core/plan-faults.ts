import type { Fault } from "../wire/errors.js";
import type { FederateShape, Federation } from "./federation.js";

/** A link whose ends are numbers: federate and port indexes. */
export interface ResolvedLink {
  /** Place in the case, for messages. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly kind: "same" | "delayed" | "iterating";
  /** Ticks; 0 unless delayed. */
  readonly delay: number;
  readonly source: number;
  readonly output: number;
  readonly target: number;
  readonly input: number;
}

const isTicks = (n: number | undefined, least: number) => n === undefined || (Number.isSafeInteger(n) && n >= least);

/** Faults of names and times of the federates and of the federation's end. */
export function federateFaults({ federates, until }: Federation): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const federate of federates) {
    const path = `federates.${federate.name}`;
    if (seen.has(federate.name)) faults.push({ path, problem: "Two federates have this name.", cure: "Rename one." });
    seen.add(federate.name);
    faults.push(...timeFaults(federate, path), ...portFaults(federate, path));
  }
  if (!isTicks(until, 0))
    faults.push({ path: "until", problem: `${until} is no time.`, cure: "Write a duration: 24h." });
  return faults;
}

function timeFaults(federate: FederateShape, path: string): Fault[] {
  const faults: Fault[] = [];
  const bad = (key: string, value: unknown, cure: string) =>
    faults.push({ path: `${path}.${key}`, problem: `${String(value)} is not possible.`, cure });
  if (!isTicks(federate.period, 1)) bad("period", federate.period, "A period is a whole number of ticks, at least 1.");
  if (!isTicks(federate.offset, 0)) bad("offset", federate.offset, "An offset is a whole number of ticks, at least 0.");
  if (!isTicks(federate.startsAt, 0)) bad("startsAt", federate.startsAt, "startsAt is a time, at least 0.");
  if (federate.period === undefined) {
    if (federate.offset !== undefined)
      bad("offset", federate.offset, "An offset needs a period; use startsAt without one.");
    if (federate.wakesOnGrid === true) bad("wakesOnGrid", true, "The grid is that of a period: give one.");
  } else if (federate.startsAt !== undefined) {
    bad("startsAt", federate.startsAt, "A periodic federate starts at its offset.");
  }
  return faults;
}

function portFaults(federate: FederateShape, path: string): Fault[] {
  return (["inputs", "outputs"] as const).flatMap(side => {
    const names = federate[side].map(port => port.name);
    const twice = names.filter((name, i) => names.indexOf(name) !== i);
    return twice.map(name => ({
      path: `${path}.${side}.${name}`,
      problem: "Two ports have this name.",
      cure: "Rename one.",
    }));
  });
}

/** Faults of what links join: kinds that differ, and several links into a plain value input. */
export function endpointFaults({ federates }: Federation, links: readonly ResolvedLink[]): Fault[] {
  const faults: Fault[] = [];
  const taken = new Map<string, Set<string>>();
  for (const link of links) {
    const output = federates[link.source].outputs[link.output];
    const input = federates[link.target].inputs[link.input];
    if (output.carries !== input.carries) {
      const problem = `${link.from} gives ${output.carries}, ${link.to} takes ${input.carries}.`;
      faults.push({ path: link.path, problem, cure: "Join a value to a value, messages to messages." });
    }
    const others = taken.get(link.to) ?? new Set<string>();
    if (others.has(link.from)) {
      faults.push({ path: link.path, problem: `${link.from} -> ${link.to} is written twice.`, cure: "Remove one." });
    } else if (others.size > 0 && input.carries === "value" && input.combine === undefined) {
      const problem = `${link.to} already takes ${[...others].join(", ")}.`;
      faults.push({ path: link.path, problem, cure: "Declare `combine` on the input, or remove one link." });
    }
    taken.set(link.to, others.add(link.from));
  }
  return faults;
}

/** Faults of delays and of iterating links, given the strongly connected part of each federate. */
export function linkFaults(
  { federates }: Federation,
  links: readonly ResolvedLink[],
  part: readonly number[],
): Fault[] {
  const faults: Fault[] = [];
  for (const link of links) {
    const add = (problem: string, cure: string) => faults.push({ path: link.path, problem, cure });
    if (link.kind === "delayed" && !isTicks(link.delay, 1)) {
      add(`The delay ${link.delay} is not possible.`, "A delay is a whole number of ticks, at least 1.");
    }
    if (link.kind !== "iterating") continue;
    if (link.delay !== 0) add("A link cannot both iterate and have a delay.", "Leave one out.");
    if (part[link.source] !== part[link.target]) {
      add(`${link.from} -> ${link.to} iterates but is in no loop.`, "Leave out `iterate`.");
    }
    if (federates[link.target].inputs[link.input].wakes === "never") {
      add(`${link.to} never wakes, so nothing would iterate.`, "Let the input wake on `any` or `change`.");
    }
  }
  return faults;
}
