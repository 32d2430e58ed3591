import type { FederateShape, InputShape, LinkShape, OutputShape } from "../federation.js";
import type { LinkWrapper, StepResult } from "../publication.js";
import { ownerOf, portOf } from "./levels.js";
import type { Behaviour, Model, Sight } from "./model.js";

/**
 * A federation drawn as text. One line for each federate that is not left at its defaults, then its links:
 *
 * ```
 * a: every 5, offset 5        periodic; without `every` it is event driven (`starts T`)
 * b: wakes change             of all its inputs: never, any (default), change; `on grid`
 * c: combine list, initial 7  of its value inputs
 * d: says 0:1 4:2             publishes these values at these times only, and wakes itself for them
 * e: asks 0:7 3:-             asks to wake at 7 when it runs at 0, cancels when it runs at 3
 * f: counts to 3              publishes one more than the largest number seen, up to 3; then nothing
 * g: silent | first 9         publishes nothing | has 9 as initial output
 * h: tells b.mail             sends its messages over one of its links only
 * a -> b                      same time      a -4-> b  delayed by 4      a ~> b  iterating
 * a => b                      the same for messages: =4=> and ~=>
 * a -1+4+0+x-> b              items in turn take 4 and 0 longer than the declared 1; the third is lost
 * until 20
 * ```
 *
 * A federate publishes its name and the time, `a5`, whenever it runs. Values are linked from port `out` to `in`,
 * messages from `sent` to `mail`, unless ports are named: `a.out -> b.in`.
 */
export function drawFederation(text: string): Model {
  const lines = text
    .split("\n")
    .map(line => line.trim())
    .filter(line => line !== "");
  const notes = new Map(lines.flatMap(line => readNote(line)));
  const links = lines.flatMap(line => readLinks(line));
  const names = [...new Set([...notes.keys(), ...links.flatMap(l => [ownerOf(l.from), ownerOf(l.to)])])];
  const until = Number(lines.find(line => line.startsWith("until "))?.slice(6) ?? 10);
  const limits = readLimits(lines);
  const federates = names.map(name => drawFederate(name, notes.get(name) ?? [], links));
  const behaviours = federates.map(
    shape => [shape.name, () => drawBehaviour(shape, notes.get(shape.name) ?? [])] as const,
  );
  const plainLinks = links.map(({ from, to, delay, iterate }) => ({ from, to, delay, iterate }));
  const wrappers = new Map(
    links.flatMap(({ extras }, i) => (extras.length === 0 ? [] : [[i, delayInTurn(extras)] as const])),
  );
  return {
    federation: { federates, links: plainLinks, until, ...limits },
    behaviours: Object.fromEntries(behaviours),
    wrappers,
  };
}

interface DrawnLink extends LinkShape {
  readonly carries: "value" | "messages";
  /** What each item in turn takes longer than the declared delay; `x` loses it. */
  readonly extras: readonly string[];
}

const ARROW = /^(?:->|-[\d+x]+->|~>|=>|=[\d+x]+=>|~=>)$/;

function delayInTurn(extras: readonly string[]): LinkWrapper {
  let turn = 0;
  return ({ value }) => {
    const extra = extras[turn++ % extras.length];
    return extra === "x" ? [] : [{ value, extraDelay: Number(extra) }];
  };
}

function readNote(line: string): [string, string[]][] {
  const match = /^([\w-]+): (.*)$/.exec(line);
  return match === null ? [] : [[match[1], match[2].split(",").map(clause => clause.trim())]];
}

function readLimits(lines: readonly string[]): {
  maxIterations?: number;
  maxActivationsPerSecond?: number;
  ticksPerSecond?: number;
} {
  const limit = (word: string) => {
    const line = lines.find(l => l.startsWith(`${word} `));
    return line === undefined ? undefined : Number(line.slice(word.length + 1));
  };
  return {
    maxIterations: limit("iterations"),
    maxActivationsPerSecond: limit("activations"),
    ticksPerSecond: limit("second"),
  };
}

function readLinks(line: string): DrawnLink[] {
  const words = line.split(/\s+/);
  return words.flatMap((word, i) => {
    if (!ARROW.test(word)) return [];
    const carries = word.includes("=") ? ("messages" as const) : ("value" as const);
    const [out, into] = carries === "value" ? ["out", "in"] : ["sent", "mail"];
    const port = (end: string, name: string) => (end.includes(".") ? end : `${end}.${name}`);
    const [delay, ...extras] = word.replace(/[-=~>]/g, "").split("+");
    const kind = word.startsWith("~") ? { iterate: true } : delay === "" ? {} : { delay: Number(delay) };
    return [{ from: port(words[i - 1], out), to: port(words[i + 1], into), carries, extras, ...kind }];
  });
}

/** What follows a word in a federate's clauses: `every 5` gives `5`. */
function after(clauses: readonly string[], word: string): string | undefined {
  return clauses.find(c => c.startsWith(`${word} `))?.slice(word.length + 1);
}

function numberAfter(clauses: readonly string[], word: string): number | undefined {
  const text = after(clauses, word);
  return text === undefined ? undefined : Number(text);
}

function drawFederate(name: string, clauses: readonly string[], links: readonly DrawnLink[]): FederateShape {
  const portsOf = (end: "from" | "to") => {
    const mine = links.filter(link => ownerOf(link[end]) === name);
    return [...new Map(mine.map(link => [portOf(link[end]), link.carries]))];
  };
  const wakes = (after(clauses, "wakes") ?? "any") as InputShape["wakes"];
  const combine = after(clauses, "combine") as InputShape["combine"];
  const initial = numberAfter(clauses, "initial");
  const inputs = portsOf("to").map(([port, carries]): InputShape => {
    return carries === "value" ? { name: port, carries, wakes, combine, initial } : { name: port, carries, wakes };
  });
  const outputs = portsOf("from").map(([port, carries]): OutputShape => ({ name: port, carries }));
  const wakesOnGrid = clauses.includes("on grid") ? true : undefined;
  const grid = {
    period: numberAfter(clauses, "every"),
    offset: numberAfter(clauses, "offset"),
    startsAt: numberAfter(clauses, "starts"),
  };
  return { name, ...grid, wakesOnGrid, inputs, outputs };
}

/** `0:7 3:-` as times and texts. */
function readScript(text: string | undefined): [number, string][] | undefined {
  return text?.split(" ").map(entry => {
    const [time, what] = entry.split(":");
    return [Number(time), what];
  });
}

function drawBehaviour(shape: FederateShape, clauses: readonly string[]): Behaviour {
  const says = readScript(after(clauses, "says"));
  const asks = readScript(after(clauses, "asks"));
  const limit = numberAfter(clauses, "counts to");
  const first = numberAfter(clauses, "first");
  const speak = (sight: Sight): unknown => {
    if (clauses.includes("silent")) return undefined;
    if (limit !== undefined) return countOn(sight, limit);
    if (says === undefined) return `${shape.name}${sight.time}`;
    const line = says.find(([time]) => time === sight.time);
    return line === undefined ? undefined : Number(line[1]);
  };
  const wake = (time: number): number | null | undefined => {
    const asked = asks?.find(([at]) => at === time)?.[1];
    if (asked !== undefined) return asked === "-" ? null : Number(asked);
    return says?.find(([at]) => at > time)?.[0];
  };
  const initial = first === undefined ? {} : Object.fromEntries(valuesOf(shape).map(o => [o.name, first]));
  return {
    initial,
    step: sight => ({ ...publishEverywhere(shape, speak(sight), after(clauses, "tells")), wakeAt: wake(sight.time) }),
  };
}

function valuesOf({ outputs }: FederateShape): OutputShape[] {
  return outputs.filter(o => o.carries === "value");
}

function publishEverywhere(shape: FederateShape, value: unknown, to?: string): StepResult {
  if (value === undefined) return {};
  const queues = shape.outputs.filter(o => o.carries === "messages");
  const messages = queues.map(o => ({ output: o.name, payload: value, to }));
  return { outputs: Object.fromEntries(valuesOf(shape).map(o => [o.name, value])), messages };
}

function countOn({ inputs }: Sight, limit: number): number | undefined {
  const numbers = Object.values(inputs)
    .flat()
    .filter(value => typeof value === "number");
  const next = Math.max(0, ...numbers) + 1;
  return next <= limit ? next : undefined;
}
