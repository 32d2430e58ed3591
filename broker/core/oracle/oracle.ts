import { isDeepStrictEqual } from "node:util";
import { compareStamps, stampParts, type Stamp } from "../../wire/stamp.js";
import type { FederateShape, InputShape, LinkShape } from "../federation.js";
import { baseStamp, gridFrom, gridTime, itemStamps, onGrid } from "./item-stamps.js";
import { findLevels, ownerOf, portOf, type Level } from "./levels.js";
import type { OutgoingMessage, StepResult } from "../publication.js";
import type { Behaviour, Model, Run, SeenMessage, TraceEntry } from "./model.js";

/** An item under way: when it becomes visible, and when it wakes its target if it does. */
interface Item {
  readonly link: number;
  readonly sequence: number;
  readonly value: unknown;
  readonly stamp: Stamp;
  readonly wake: Stamp;
}

interface Member {
  readonly shape: FederateShape;
  readonly level: Level;
  readonly behaviour: Behaviour;
  /** Stamps at which an item, or the start, wants it to run. */
  causes: Stamp[];
  wakeAt: number | null;
  ranAt: number[];
  readonly unread: Record<string, SeenMessage[]>;
  /** How often each output has published. */
  readonly sent: Record<string, number>;
}

/** Value of each link that carries values, with the sequence number of the item that brought it. */
type Held = Record<number, { readonly sequence: number; readonly value: unknown } | undefined>;

/**
 * The definition of a run: one activation after the other in order of their stamps, one item after the other
 * becoming visible between them. At equal stamps activations go first, because they see smaller stamps only.
 */
export class Oracle {
  private readonly members: readonly Member[];
  private readonly held: Held = {};
  private readonly trace: TraceEntry[] = [];
  private items: Item[] = [];

  constructor(private readonly model: Model) {
    const levels = findLevels(model.federation);
    this.members = model.federation.federates.map(shape => startMember(shape, levels.get(shape.name), model));
    model.federation.links.forEach((link, index) => {
      const value = this.member(ownerOf(link.from)).behaviour.initial?.[portOf(link.from)];
      if (value !== undefined) this.held[index] = { sequence: 0, value };
    });
  }

  /** Runs to the end, or to the first fault. */
  run(): Run {
    for (;;) {
      const next = this.nextActivation();
      const item = earliest(this.items, i => i.stamp);
      if (item !== undefined && (next === undefined || compareStamps(item.stamp, next.stamp) < 0)) {
        this.items = this.items.filter(i => i !== item);
        this.land(item);
      } else if (next === undefined || next.stamp.time > this.model.federation.until) {
        return { trace: this.trace };
      } else {
        const code = this.activate(next.member, next.stamp);
        if (code !== undefined)
          return { trace: this.trace, fault: { code, federate: next.member.shape.name, stamp: next.stamp } };
      }
    }
  }

  private member(name: string): Member {
    const found = this.members.find(m => m.shape.name === name);
    if (found === undefined) throw new Error(`no federate ${name}`);
    return found;
  }

  /** The smallest stamp at which anybody is due; at equal stamps by place in the federation. */
  private nextActivation(): { member: Member; stamp: Stamp } | undefined {
    const due = this.members.flatMap(member => dueStamps(member).map(stamp => ({ member, stamp })));
    return earliest(due, d => d.stamp);
  }

  /** An item becomes visible: it is held or queued, and may wake its federate. */
  private land({ link, sequence, value, stamp, wake }: Item): void {
    const { from, to } = this.model.federation.links[link];
    const member = this.member(ownerOf(to));
    const input = member.shape.inputs.find(i => i.name === portOf(to)) as InputShape;
    const held = this.held[link];
    if (input.carries === "messages") {
      const [source, output] = [ownerOf(from), portOf(from)];
      (member.unread[input.name] ??= []).push({ time: stamp.time, source, output, payload: value, sequence });
    } else {
      if (held !== undefined && sequence < held.sequence) return;
      this.held[link] = { sequence, value };
    }
    const before = held !== undefined ? held.value : input.combine === undefined ? input.initial : undefined;
    const wakes =
      input.wakes === "any" ||
      (input.wakes === "change" && (input.carries === "messages" || !isDeepStrictEqual(before, value)));
    if (wakes) member.causes.push(onGrid(member.shape, member.level, wake));
  }

  /** Runs one federate; the code of the fault when it must not run or asks for what cannot be. */
  private activate(member: Member, stamp: Stamp): string | undefined {
    const overworked = this.findOverwork(member, stamp);
    if (overworked !== undefined) return overworked;
    const { time, iteration } = stampParts(stamp);
    const inputs = this.read(member);
    const result = member.behaviour.step({ time, iteration, inputs });
    member.ranAt.push(time);
    member.causes = member.causes.filter(cause => compareStamps(cause, stamp) !== 0);
    if (member.wakeAt !== null && gridTime(member.shape, member.wakeAt) === time) member.wakeAt = null;
    if (result.wakeAt !== undefined) {
      if (result.wakeAt !== null && !mayWakeAt(member, time, result.wakeAt)) return "COSIM_WAKE_INVALID";
      member.wakeAt = result.wakeAt;
    }
    this.trace.push({ federate: member.shape.name, stamp, inputs, result });
    this.publish(member, stamp, result);
    return undefined;
  }

  private findOverwork({ ranAt }: Member, stamp: Stamp): string | undefined {
    const { maxIterations = 100, maxActivationsPerSecond = 100_000, ticksPerSecond = 1e6 } = this.model.federation;
    const { time, iteration } = stampParts(stamp);
    if (iteration >= maxIterations) return "COSIM_ITERATION_LIMIT";
    const secondOf = (t: number) => Math.floor(t / ticksPerSecond);
    const inThisSecond = ranAt.filter(t => secondOf(t) === secondOf(time)).length;
    return inThisSecond >= maxActivationsPerSecond ? "COSIM_ACTIVATION_LIMIT" : undefined;
  }

  /** Everything visible at the inputs of a federate; its messages are read once. */
  private read(member: Member): Record<string, unknown> {
    const seen: Record<string, unknown> = {};
    for (const input of member.shape.inputs) {
      if (input.carries === "messages") {
        seen[input.name] = (member.unread[input.name] ?? []).sort(byArrivalThenSource);
        member.unread[input.name] = [];
      } else {
        seen[input.name] = this.combine(input, `${member.shape.name}.${input.name}`);
      }
    }
    return seen;
  }

  private combine(input: InputShape, address: string): unknown {
    const links = this.model.federation.links.map((link, index) => ({ link, held: this.held[index] }));
    const entering = links.filter(({ link }) => link.to === address).sort((a, b) => bySource(a.link, b.link));
    const values = entering.flatMap(({ held }) => (held === undefined ? [] : [held.value]));
    if (input.combine === "list") return values;
    if (values.length === 0) return input.initial;
    const numbers = values as number[];
    const sum = () => numbers.reduce((total, n) => total + n, 0);
    if (input.combine === "sum") return sum();
    if (input.combine === "mean") return sum() / numbers.length;
    if (input.combine === "min") return Math.min(...numbers);
    if (input.combine === "max") return Math.max(...numbers);
    return values[0];
  }

  private publish(member: Member, now: Stamp, { outputs = {}, messages = [] }: StepResult): void {
    for (const [output, payload] of Object.entries(outputs)) this.sendAll(member, now, { output, payload });
    for (const message of messages) this.sendAll(member, now, message);
  }

  private sendAll(
    { shape: { name }, level, sent }: Member,
    now: Stamp,
    { output, to, payload }: OutgoingMessage,
  ): void {
    const sequence = (sent[output] = (sent[output] ?? 0) + 1);
    for (const [index, link] of this.model.federation.links.entries()) {
      const isTaken = link.from === `${name}.${output}` && (to === undefined || to === link.to);
      if (isTaken) this.send(index, level, now, { sequence, payload });
    }
  }

  /** Puts what an output gives under way on one link: one item, or those that a wrapper makes of it. */
  private send(index: number, source: Level, now: Stamp, sent: Pick<SeenMessage, "sequence" | "payload">): void {
    const link = this.model.federation.links[index];
    const wrapper = this.model.wrappers?.get(index);
    const target = this.member(ownerOf(link.to)).level;
    const copies = wrapper?.({ value: sent.payload, time: now.time }) ?? [{ value: sent.payload }];
    for (const [copy, { value, extraDelay = 0 }] of copies.entries()) {
      const delay = link.delay === undefined ? 0 : link.delay + extraDelay;
      const stamps = itemStamps({ link, source, target }, now, delay);
      this.items.push({ link: index, sequence: sent.sequence + copy / 1024, value, ...stamps });
    }
  }
}

function startMember(shape: FederateShape, level: Level | undefined, model: Model): Member {
  if (level === undefined) throw new Error(`no level for ${shape.name}`);
  const behaviour = model.behaviours[shape.name]();
  const causes = shape.period === undefined ? [baseStamp(level, shape.startsAt ?? 0)] : [];
  return { shape, level, behaviour, causes, wakeAt: null, ranAt: [], unread: {}, sent: {} };
}

function dueStamps({ shape, level, causes, wakeAt, ranAt }: Member): Stamp[] {
  const due = [...causes];
  if (shape.period !== undefined) due.push(baseStamp(level, gridFrom(shape, (ranAt.at(-1) ?? -1) + 1)));
  if (wakeAt !== null) due.push(baseStamp(level, gridTime(shape, wakeAt)));
  return due;
}

function mayWakeAt({ shape }: Member, now: number, time: number): boolean {
  const purelyPeriodic = shape.period !== undefined && shape.inputs.every(input => input.wakes === "never");
  const offGrid = purelyPeriodic && shape.wakesOnGrid !== true && gridFrom(shape, time) !== time;
  return Number.isSafeInteger(time) && time > now && !offGrid;
}

/** The first element with the smallest stamp. */
function earliest<T>(all: readonly T[], stampOf: (element: T) => Stamp): T | undefined {
  return all.reduce<T | undefined>(
    (best, e) => (best === undefined || compareStamps(stampOf(e), stampOf(best)) < 0 ? e : best),
    undefined,
  );
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function bySource(a: LinkShape, b: LinkShape): number {
  return compareText(ownerOf(a.from), ownerOf(b.from)) || compareText(portOf(a.from), portOf(b.from));
}

function byArrivalThenSource(a: SeenMessage, b: SeenMessage): number {
  const source = compareText(a.source, b.source) || compareText(a.output, b.output);
  return a.time - b.time || source || a.sequence - b.sequence;
}
