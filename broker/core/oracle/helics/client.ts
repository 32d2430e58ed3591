import type { FederateShape, Federation, InputShape } from "../../federation.js";
import type { StepResult } from "../../publication.js";
import { ownerOf, portOf } from "../levels.js";
import type { Behaviour, Model, SeenMessage, Sight } from "../model.js";

/** A grant as a federate that calls `requestTime` knows it; the time in seconds. */
export interface Grant {
  readonly time: number;
  readonly iteration: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly messages: readonly unknown[];
}

/** What it does then: publish, send, and ask for a time in seconds; without `ask` it is finished. */
export interface Deeds {
  readonly say?: unknown;
  readonly send?: readonly unknown[];
  readonly ask?: number;
  /** Nothing that arrives cuts this request short. */
  readonly deaf?: boolean;
}

/** What a federate does at each grant in turn; a fresh one for each run. */
export type Reaction = () => (grant: Grant) => Deeds;

/** A federation of clients and, once it has run, the grants of each as text: `0 0.5(0.27) 1#2(3)`. */
export interface Play {
  readonly model: Model;
  readonly grants: Readonly<Record<string, string[]>>;
}

/** The clients and links of a play, as text (see `stagePlay`), and the reactions that scripts cannot say. */
export interface PlayScript {
  readonly text: string;
  readonly reactions?: Readonly<Record<string, Reaction>>;
  /** End in seconds. */
  readonly until: number;
  /** 1e9 unless the play is longer than a nanosecond clock can count. */
  readonly ticksPerSecond?: number;
  readonly maxIterations?: number;
}

/**
 * Puts a play on stage. Times are in seconds. One line for each federate, `NAME notes: grant; grant; ...`, where each
 * grant says what happens at it, and one for each link:
 *
 * ```
 * A every 0.5 offset 0.1 first 1 : say 3, ask 2; send hello, ask 3;
 * B initial 2.6 deaf: ask forever
 * A -> B        same time       A -0.1-> B  delayed       A ~> B  iterating       A => B  messages
 * ```
 *
 * A period is a grid on which alone the client is granted anything. A client is granted its first activation (entry into execution), then the first activation at which the time
 * that it asked for has come or, unless it is deaf, an input holds something new.
 */
export function stagePlay({ text, reactions = {}, until, ticksPerSecond = 1e9, maxIterations }: PlayScript): Play {
  const lines = text.split("\n").map(line => line.trim());
  const ticks = (seconds: number) => Math.round(seconds * ticksPerSecond);
  const links = lines.flatMap(line => readLink(line, ticks));
  const clients = lines.flatMap(line => readClient(line));
  const federates = clients.map(client => shapeOf(client, links, ticks));
  const grants: Record<string, string[]> = Object.fromEntries(clients.map(c => [c.name, []]));
  const behaviours = clients.map((client, i) => {
    const reaction = reactions[client.name] ?? (() => followScript(client.script));
    return [
      client.name,
      () => new Client(federates[i], client, reaction(), { ticksPerSecond, log: grants[client.name] }).behaviour(),
    ] as const;
  });
  const bounds = { until: ticks(until), ticksPerSecond, maxIterations, maxActivationsPerSecond: 1e6 };
  const federation: Federation = { federates, links: links.map(({ carries: _, ...link }) => link), ...bounds };
  return { model: { federation, behaviours: Object.fromEntries(behaviours) }, grants };
}

interface PlayLink {
  readonly from: string;
  readonly to: string;
  readonly delay?: number;
  readonly iterate?: boolean;
  readonly carries: "value" | "messages";
}

interface ClientText {
  readonly name: string;
  readonly notes: readonly string[];
  readonly script: readonly string[];
}

function readLink(line: string, ticks: (seconds: number) => number): PlayLink[] {
  const match = /^(\S+) ([-=~])(?:(\S+)[-=])?> (\S+)$/.exec(line);
  if (match === null) return [];
  const [, source, stroke, delay, target] = match;
  const carries = stroke === "=" ? ("messages" as const) : ("value" as const);
  const [out, into] = carries === "value" ? ["out", "in"] : ["sent", "mail"];
  const port = (end: string, name: string) => (end.includes(".") ? end : `${end}.${name}`);
  const kind = stroke === "~" ? { iterate: true } : delay === undefined ? {} : { delay: ticks(Number(delay)) };
  return [{ from: port(source, out), to: port(target, into), carries, ...kind }];
}

function readClient(line: string): ClientText[] {
  const match = /^(\w+)([^:>]*):(.*)$/.exec(line);
  if (match === null) return [];
  return [{ name: match[1], notes: match[2].trim().split(/\s+/), script: match[3].split(";").map(s => s.trim()) }];
}

function note({ notes }: ClientText, word: string): number | undefined {
  const at = notes.indexOf(word);
  return at < 0 ? undefined : Number(notes[at + 1]);
}

function shapeOf(client: ClientText, links: readonly PlayLink[], ticks: (seconds: number) => number): FederateShape {
  const { name, notes } = client;
  const ports = (end: "from" | "to") => {
    const mine = links.filter(link => ownerOf(link[end]) === name);
    return [...new Map(mine.map(link => [portOf(link[end]), link.carries]))];
  };
  const inTicks = (word: string) => {
    const seconds = note(client, word);
    return seconds === undefined ? undefined : ticks(seconds);
  };
  const initial = note(client, "initial");
  const inputs = ports("to").map(([port, carries]): InputShape => {
    return { name: port, carries, wakes: "any", initial: carries === "value" ? initial : undefined };
  });
  const grid = {
    period: inTicks("every"),
    offset: inTicks("offset"),
    wakesOnGrid: notes.includes("every") ? true : undefined,
  };
  return { name, ...grid, inputs, outputs: ports("from").map(([port, carries]) => ({ name: port, carries })) };
}

function followScript(script: readonly string[]): (grant: Grant) => Deeds {
  let turn = 0;
  return () => {
    const words = (script.at(turn) ?? "").split(",").map(w => w.trim());
    turn = Math.min(turn + 1, script.length);
    const after = (verb: string) => words.filter(w => w.startsWith(`${verb} `)).map(w => w.slice(verb.length + 1));
    const [ask] = after("ask");
    const [say] = after("say");
    return {
      say: say === undefined ? undefined : say.includes("=") ? sayTo(say) : Number(say),
      send: after("send"),
      ask: ask === undefined ? undefined : ask === "forever" ? Infinity : Number(ask),
    };
  };
}

/** `port=value` names the output. */
function sayTo(text: string): { readonly port: string; readonly value: number } {
  const [port, value] = text.split("=");
  return { port, value: Number(value) };
}

/** The loop around `requestTime`: turns activations into grants and keeps what arrived in between. */
class Client {
  private asked: number | undefined = 0;
  private isDeaf = false;
  private started = false;
  private seen = "";
  private mailbox: unknown[] = [];

  constructor(
    private readonly shape: FederateShape,
    private readonly client: ClientText,
    private readonly react: (grant: Grant) => Deeds,
    private readonly stage: { readonly ticksPerSecond: number; readonly log: string[] },
  ) {}

  behaviour(): Behaviour {
    const first = note(this.client, "first");
    const initial = first === undefined ? {} : { out: first };
    return { initial, step: sight => this.step(sight) };
  }

  private step({ time, iteration, inputs }: Sight): StepResult {
    const { inputs: ports } = this.shape;
    const values = Object.fromEntries(ports.filter(p => p.carries === "value").map(p => [p.name, inputs[p.name]]));
    const mail = ports.filter(p => p.carries === "messages").flatMap(p => inputs[p.name] as SeenMessage[]);
    this.mailbox.push(...mail.map(message => message.payload));
    const isNew = mail.length > 0 || (this.started && JSON.stringify(values) !== this.seen);
    const isHeard = isNew && !this.isDeaf;
    const { ticksPerSecond } = this.stage;
    if (this.asked === undefined) return {};
    if (this.started && time < Math.round(this.asked * ticksPerSecond) && !isHeard) return {};
    this.started = true;
    this.seen = JSON.stringify(values);
    const grant = { time: time / ticksPerSecond, iteration, values, messages: this.mailbox };
    this.mailbox = [];
    this.stage.log.push(this.describe(grant));
    return this.perform(this.react(grant), time);
  }

  private describe({ time, iteration, values, messages }: Grant): string {
    const reads = Object.values(values).map(describeValue);
    if (this.shape.inputs.some(p => p.carries === "messages")) reads.push(`[${messages.join(" ")}]`);
    return `${time}${iteration > 0 ? `#${iteration}` : ""}${reads.length > 0 ? `(${reads.join(" ")})` : ""}`;
  }

  private perform({ say, send = [], ask, deaf = this.client.notes.includes("deaf") }: Deeds, now: number): StepResult {
    this.asked = ask;
    this.isDeaf = deaf;
    const wish = ask === undefined || ask === Infinity ? null : Math.round(ask * this.stage.ticksPerSecond);
    const wakeAt = this.shape.period !== undefined || (wish !== null && wish <= now) ? undefined : wish;
    const messages = send.map(payload => ({ output: "sent", payload }));
    if (say === undefined) return { messages, wakeAt };
    const named = typeof say === "object" && say !== null && "port" in say && "value" in say;
    const outputs = named ? { [String(say.port)]: say.value } : { out: say };
    return { outputs, messages, wakeAt };
  }
}

/** Numbers with 12 digits, `-` for nothing yet. */
function describeValue(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(12)));
  return value === undefined ? "-" : JSON.stringify(value);
}
