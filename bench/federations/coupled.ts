import { z } from "zod";
import type { Complex } from "../../broker/wire/index.js";
import {
  defineFederate,
  type InputDeclarations,
  type LinkEntry,
  type OutputDeclarations,
} from "../../runtime/index.js";
import { anyFederate, FRAME, type Federation, type Pattern, type Size } from "./federation.js";
import { countActivation, newCount, tell } from "./tally.js";

/** Seconds between two steps, and between two market periods. */
const STEP = 15;
const PERIOD = 300;

/** What one federate tells another: names of its ports, their type and length, and the delay in seconds. */
interface Group {
  readonly from: string;
  readonly to: readonly string[];
  readonly ports: readonly string[];
  readonly type: "number" | "complex" | "vector";
  readonly length: number;
  readonly delay: number;
  /** Seconds between two publications. */
  readonly every: number;
}

const HOUSE_STATES = ["airTemperature", "massTemperature", "load", "voltage", "hvacLoad", "waterLoad"];

/** The exchange of a transactive case: six states of every house down, two commands and, every 300 s, a bid of four numbers up. */
function groups(houses: number, vectors: boolean): Group[] {
  const perHouse = (kind: string) => (vectors ? [kind] : Array.from({ length: houses }, (_, h) => `${kind}${h}`));
  const houseType = vectors ? ({ type: "vector", length: houses } as const) : ({ type: "number", length: 1 } as const);
  const scalar = { type: "number", length: 1, delay: 0 } as const;
  return [
    {
      from: "weather",
      to: ["houses", "prosumers"],
      ports: ["temperature", "sun", "humidity", "wind"],
      ...scalar,
      every: STEP,
    },
    { from: "houses", to: ["prosumers"], ports: HOUSE_STATES.flatMap(perHouse), ...houseType, delay: 0, every: STEP },
    {
      from: "houses",
      to: ["bulk", "market"],
      ports: ["feederLoad"],
      type: "complex",
      length: 1,
      delay: 0,
      every: STEP,
    },
    { from: "bulk", to: ["houses"], ports: ["sourceVoltage"], type: "complex", length: 1, delay: 1, every: PERIOD },
    { from: "bulk", to: ["market"], ports: ["lmp"], ...scalar, every: PERIOD },
    { from: "market", to: ["prosumers"], ports: ["price"], ...scalar, every: PERIOD },
    {
      from: "prosumers",
      to: ["houses"],
      ports: ["setpoint", "command"].flatMap(perHouse),
      ...houseType,
      delay: 1,
      every: STEP,
    },
    {
      from: "prosumers",
      to: ["market"],
      ports: perHouse("bid"),
      type: "vector",
      length: vectors ? 4 * houses : 4,
      delay: 1,
      every: PERIOD,
    },
  ];
}

const params = z.strictObject({ name: z.string(), houses: z.number(), vectors: z.boolean() });
type Params = z.infer<typeof params>;

const incoming = ({ name, houses, vectors }: Params) => groups(houses, vectors).filter(({ to }) => to.includes(name));
const outgoing = ({ name, houses, vectors }: Params) => groups(houses, vectors).filter(({ from }) => from === name);

/** What stands at an input before anything has come. */
function zeroOf({ type, length }: Group): unknown {
  if (type === "vector") return new Float64Array(length);
  return type === "complex" ? { re: 0, im: 0 } : 0;
}

/** The simulated second at which the value was published that is seen at an input at `seconds`. */
function sentAt({ delay, every }: Group, seconds: number): number {
  return Math.max(0, Math.floor((seconds - delay) / every) * every);
}

/** True when a value is the one of that second: every value carries the second of its publication. */
function isOf(value: unknown, second: number): boolean {
  if (typeof value === "number") return value === second;
  if (value instanceof Float64Array) return value[0] === second && value[value.length - 1] === second;
  return (value as Complex).re === second;
}

/** The value that a federate publishes at a second. */
function valueOf({ type, length }: Group, second: number): unknown {
  if (type === "vector") return new Float64Array(length).fill(second);
  return type === "complex" ? { re: second, im: 0 } : second;
}

const member = defineFederate({
  doc: "Stands for a federate of a transactive case: reads all that it is told, says all that it has to say.",
  params,
  inputs: (options): InputDeclarations =>
    Object.fromEntries(
      incoming(options).flatMap(group => group.ports.map(port => [port, { type: group.type, initial: zeroOf(group) }])),
    ),
  outputs: (options): OutputDeclarations =>
    Object.fromEntries(outgoing(options).flatMap(({ ports, type }) => ports.map(port => [port, { type }]))),
  create: (options, { until, ticksPerSecond }) => {
    const last = Math.floor(until / ticksPerSecond / PERIODS[options.name]);
    return { state: { incoming: incoming(options), outgoing: outgoing(options), count: newCount(0, last) } };
  },
  step({ incoming, outgoing, count }, { seconds, inputs }) {
    countActivation(count);
    for (const group of incoming) {
      const second = sentAt(group, seconds);
      for (const port of group.ports) if (isOf(inputs[port], second)) count.items++;
    }
    const outputs: Record<string, unknown> = {};
    for (const group of outgoing) {
      if (seconds % group.every !== 0) continue;
      const value = valueOf(group, seconds);
      for (const port of group.ports) outputs[port] = value;
    }
    return { outputs };
  },
  close({ count }, context) {
    tell(count, context);
  },
});

const PERIODS: Readonly<Record<string, number>> = {
  weather: STEP,
  houses: STEP,
  bulk: PERIOD,
  market: PERIOD,
  prosumers: STEP,
};

function federation({ steps, houses = 30, vectors = false }: Size): Federation {
  const names = Object.keys(PERIODS);
  const until = steps * STEP;
  const activations = (name: string) => Math.floor(until / PERIODS[name]) + 1;
  const read = (name: string) => incoming({ name, houses, vectors }).reduce((sum, { ports }) => sum + ports.length, 0);
  return {
    shape: {
      ...FRAME,
      name: "coupled",
      until,
      federates: Object.fromEntries(
        names.map(name => [name, { use: "coupled-member", period: PERIODS[name], params: { name, houses, vectors } }]),
      ),
      links: groups(houses, vectors).flatMap(linksOf),
    },
    expected: Object.fromEntries(
      names.map(name => [name, { activations: activations(name), items: activations(name) * read(name) }]),
    ),
  };
}

function linksOf({ from, to, ports, delay }: Group): LinkEntry[] {
  return to.flatMap(target =>
    ports.map(port => ({ from: `${from}.${port}`, to: `${target}.${port}`, ...(delay > 0 && { delay }) })),
  );
}

/** The federation of a transactive case without its physics: five federates that only exchange values. */
export const coupled: Pattern = { kinds: { "coupled-member": anyFederate(member) }, federation };
