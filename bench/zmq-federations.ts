import { z } from "zod";
import type { CaseShape, LinkEntry } from "../runtime/case-shape.js";
import { defineFederate, type AnyFederate } from "../runtime/define-federate.js";
import type { InputDeclarations, OutputDeclarations } from "../runtime/ports.js";

/** Text that an echo carries, and a ring hands on. */
const TEXT = "x".repeat(106);

/** Steps before the clock starts. */
const WARM_UP = 50;

const params = z.object({ leaves: z.number(), steps: z.number(), doubles: z.number() });

interface Clock {
  step: number;
  startedAt: number;
}

type Log = (level: "info", message: string, details: Readonly<Record<string, unknown>>) => void;

/** Counts a step; the last one logs how long the steps after the warm-up took. */
function count(clock: Clock, steps: number, log: Log): void {
  if (clock.step === WARM_UP) clock.startedAt = performance.now();
  if (clock.step++ !== WARM_UP + steps) return;
  log("info", "measured", { micros: (performance.now() - clock.startedAt) * 1000, steps });
}

const numbered = <T>(prefix: string, count: number, port: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, k) => [`${prefix}${k}`, port]));

const newClock = () => ({ step: 0, startedAt: 0 });

/** Sends a text to every leaf and waits for all answers. */
const echoHub = defineFederate({
  params,
  inputs: ({ leaves }): InputDeclarations => numbered("back", leaves, { type: "string", wakes: "any", initial: "" }),
  outputs: ({ leaves }): OutputDeclarations => numbered("out", leaves, { type: "string" }),
  create: options => ({ state: { ...options, ...newClock(), outputs: numbered("out", options.leaves, TEXT) } }),
  step(hub, { context }) {
    count(hub, hub.steps, context.log);
    return hub.step > WARM_UP + hub.steps ? undefined : { outputs: hub.outputs };
  },
});

/** Gives back what it gets. */
const echoLeaf = defineFederate({
  params,
  inputs: { in: { type: "string", wakes: "any", initial: "" } },
  outputs: { out: { type: "string" } },
  create: () => ({ state: {} }),
  step: (_leaf, { inputs }) => (inputs.in === "" ? undefined : { outputs: { out: inputs.in } }),
});

/** Hands a token on; the first of the ring counts laps. */
const ringNode = defineFederate({
  params: params.extend({ first: z.boolean() }),
  inputs: { token: { type: "string", wakes: "any", initial: "" } },
  outputs: { token: { type: "string" } },
  create: options => ({ state: { ...options, ...newClock() } }),
  step(node, { inputs, context }) {
    if (!node.first) return inputs.token === "" ? undefined : { outputs: { token: inputs.token } };
    count(node, node.steps, context.log);
    return node.step > WARM_UP + node.steps ? undefined : { outputs: { token: TEXT } };
  },
});

/** Asks for the next second and publishes nothing. */
const timing = defineFederate({
  params: params.extend({ first: z.boolean() }),
  inputs: ({ leaves }): InputDeclarations => numbered("in", leaves, { type: "string", wakes: "never", optional: true }),
  outputs: ({ leaves }): OutputDeclarations => numbered("out", leaves, { type: "string" }),
  create: options => ({ state: { ...options, ...newClock() } }),
  step(node, { context }) {
    if (node.first) count(node, node.steps, context.log);
    return undefined;
  },
});

/** Publishes a vector and reads the other's, each second. */
const vector = defineFederate({
  params: params.extend({ first: z.boolean() }),
  inputs: { in: { type: "vector", optional: true } },
  outputs: { out: { type: "vector" } },
  create: options => ({ state: { ...options, ...newClock(), data: new Float64Array(options.doubles) } }),
  step(node, { time, inputs, context }) {
    if (node.first) count(node, node.steps, context.log);
    if (inputs.in !== undefined && inputs.in.length !== node.doubles) throw new Error("a vector was cut");
    node.data[0] = time;
    return { outputs: { out: node.data } };
  },
});

const KINDS: Readonly<Record<string, unknown>> = { echoHub, echoLeaf, ringNode, timing, vector };

/** Finds the federates of these benchmarks. */
export const loadKind = (use: string): Promise<AnyFederate> => Promise.resolve(KINDS[use] as AnyFederate);

/** What is measured: how many leaves or nodes, how many steps or laps. */
export interface Size {
  readonly leaves: number;
  readonly steps: number;
  readonly doubles?: number;
}

/** Names of the benchmark federations. */
export type Pattern = "echo" | "ring" | "timing" | "vector";

/** The case of a pattern. */
export function patternCase(pattern: Pattern, size: Size): CaseShape {
  const frame = { name: pattern, start: "2020-01-01T00:00:00Z", tick: "1ns", maxActivationsPerSecond: 1e9 } as const;
  const options = { doubles: 0, ...size };
  const until = (WARM_UP + size.steps + 1) * (pattern === "ring" || pattern === "echo" ? 1e-6 : 1);
  const entry = (use: string, first: boolean) => ({ use, params: { ...options, first } });
  const names = Array.from({ length: size.leaves }, (_, k) => `leaf${k}`);
  if (pattern === "echo") {
    const leaves = names.map(name => [name, { use: "echoLeaf", params: options }]);
    const federates = {
      hub: { use: "echoHub", params: options },
      ...Object.fromEntries(leaves),
    } as CaseShape["federates"];
    return { ...frame, until, federates, links: names.flatMap((name, k) => starLinks(name, k, "1ns")) };
  }
  if (pattern === "ring") {
    const nodes = names.map((name, k) => [name, entry("ringNode", k === 0)]);
    const links = names.map((name, k): LinkEntry => {
      const to = names[(k + 1) % names.length];
      return { from: `${name}.token`, to: `${to}.token`, delay: "1ns" };
    });
    return { ...frame, until, federates: Object.fromEntries(nodes) as CaseShape["federates"], links };
  }
  if (pattern === "timing") {
    const member = (first: boolean) => ({ ...entry("timing", first), period: "1s" });
    const leaves = names.map(name => [name, member(false)]);
    const federates = { hub: member(true), ...Object.fromEntries(leaves) } as CaseShape["federates"];
    const links = names.flatMap((name, k): LinkEntry[] => [
      { from: `hub.out${k}`, to: `${name}.in0` },
      { from: `${name}.out0`, to: `hub.in${k}`, delay: "1ns" },
    ]);
    return { ...frame, until, federates, links };
  }
  const member = (first: boolean) => ({ ...entry("vector", first), period: "1s" });
  const links = [
    { from: "hub.out", to: "leaf0.in", delay: "1s" },
    { from: "leaf0.out", to: "hub.in", delay: "1s" },
  ];
  return { ...frame, until, federates: { hub: member(true), leaf0: member(false) }, links };
}

function starLinks(leaf: string, k: number, delay: string): LinkEntry[] {
  return [
    { from: `hub.out${k}`, to: `${leaf}.in` },
    { from: `${leaf}.out`, to: `hub.back${k}`, delay },
  ];
}
