import { z, type ZodType } from "zod";
import type { LinkItem, LinkWrapper } from "../broker/core/index.js";
import { parseDuration, type Fault, type Tick } from "../broker/wire/index.js";
import type { LinkEntry } from "./case-shape.js";
import { RandomStream } from "./stream.js";

/** What a disturbance does with one item: the items that go on, in order; none loses it. */
export type Disturb = (value: unknown, stream: RandomStream) => readonly LinkItem[];

interface Disturbance<P> {
  readonly doc: string;
  readonly params: ZodType<P>;
  /** True when items may come later than the link's delay; the link must then be a delayed one. */
  readonly delays: boolean;
  make(params: P, tick: Tick): Disturb;
}

const probability = z.number().min(0).max(1);

function define<P>(disturbance: Disturbance<P>): Disturbance<unknown> {
  return disturbance as Disturbance<unknown>;
}

/** Built-in disturbances of links, by name. Each is one function of an item and the link's random stream. */
export const DISTURBANCES: Readonly<Record<string, Disturbance<unknown>>> = {
  loss: define({
    doc: "Loses an item with a probability.",
    params: z.strictObject({ probability }),
    delays: false,
    make:
      ({ probability: p }) =>
      (value, stream) =>
        stream.next() < p ? [] : [{ value }],
  }),
  jitter: define({
    doc: "Delays every item by a uniform draw up to `upTo`, beyond the link's delay; may lose it with the probability `loss`.",
    params: z.strictObject({ upTo: z.union([z.string(), z.number()]), loss: probability.default(0) }),
    delays: true,
    make: ({ upTo, loss }, tick) => {
      const most = parseDuration(upTo, tick);
      return (value, stream) =>
        loss > 0 && stream.next() < loss ? [] : [{ value, extraDelay: stream.integer(0, most) }];
    },
  }),
  duplicate: define({
    doc: "Sends an item twice with a probability.",
    params: z.strictObject({ probability }),
    delays: false,
    make:
      ({ probability: p }) =>
      (value, stream) =>
        stream.next() < p ? [{ value }, { value }] : [{ value }],
  }),
  noise: define({
    doc: "Adds a normal error to a number or to every element of a vector.",
    params: z.strictObject({ deviation: z.number().nonnegative() }),
    delays: false,
    make:
      ({ deviation }) =>
      (value, stream) => [{ value: mapNumbers(value, x => x + stream.normal(0, deviation)) }],
  }),
  byzantine: define({
    doc: "Replaces numbers by `factor` times themselves with a probability, as a lying or broken sender would.",
    params: z.strictObject({ probability, factor: z.number() }),
    delays: false,
    make:
      ({ probability: p, factor }) =>
      (value, stream) => [{ value: stream.next() < p ? mapNumbers(value, x => factor * x) : value }],
  }),
};

function mapNumbers(value: unknown, change: (x: number) => number): unknown {
  if (typeof value === "number") return change(value);
  return value instanceof Float64Array ? value.map(change) : value;
}

/** A disturbance of one link, ready to run. */
export interface PlannedWrapper {
  readonly link: number;
  /** Name of its random stream. */
  readonly stream: string;
  readonly disturb: Disturb;
}

/** The wrappers of a case's links, with the faults of those that cannot be. */
export function planWrappers(links: readonly LinkEntry[], tick: Tick, faults: Fault[]): PlannedWrapper[] {
  return links.flatMap(({ wrap, delay, from, to, stream = `${from} -> ${to}` }, link) => {
    if (wrap === undefined) return [];
    const path = `links[${link}].wrap`;
    const known = Object.hasOwn(DISTURBANCES, wrap.use) ? DISTURBANCES[wrap.use] : undefined;
    if (known === undefined) {
      const names = Object.keys(DISTURBANCES).join(", ");
      faults.push({ path, problem: `There is no disturbance "${wrap.use}".`, cure: `Use one of ${names}.` });
      return [];
    }
    const parsed = known.params.safeParse(wrap.params ?? {});
    if (!parsed.success) {
      const problem = parsed.error.issues.map(issue => `${issue.path.join(".")}: ${issue.message}`).join("; ");
      faults.push({ path: `${path}.params`, problem: `${problem}.`, cure: known.doc });
      return [];
    }
    if (known.delays && delay === undefined) {
      const cure = "Give the link its smallest delay.";
      faults.push({ path, problem: `"${wrap.use}" delays items, but the link has no delay.`, cure });
      return [];
    }
    return [{ link, stream, disturb: known.make(parsed.data, tick) }];
  });
}

/** Wrappers at work: each draws from a stream named after its link, whose place belongs into checkpoints. */
export interface RunningWrappers {
  readonly wrappers: ReadonlyMap<number, LinkWrapper>;
  /** By index of the link. */
  readonly streams: ReadonlyMap<number, RandomStream>;
}

/** Starts the wrappers of a plan. */
export function startWrappers(planned: readonly PlannedWrapper[], seed: number): RunningWrappers {
  const wrappers = new Map<number, LinkWrapper>();
  const streams = new Map<number, RandomStream>();
  for (const { link, disturb, stream: name } of planned) {
    const stream = new RandomStream(seed, name);
    streams.set(link, stream);
    wrappers.set(link, ({ value }) => disturb(value, stream));
  }
  return { wrappers, streams };
}
