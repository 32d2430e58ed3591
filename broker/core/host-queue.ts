import { CosimError } from "../wire/errors.js";
import { formatStamp, isBefore, iterationOf } from "../wire/stamp.js";
import { Inbox, type Slot } from "./inbox.js";
import type { Item } from "./item-heap.js";
import type { Plan, PlannedFederate, PlannedLink } from "./plan.js";
import {
  OutputMemory,
  type LinkWrapper,
  type OutgoingMessage,
  type Publication,
  type StepResult,
} from "./publication.js";
import { StampHeap } from "./stamp-heap.js";
import { gridAtOrAfter, itemPhase, wakeStamp } from "./stamps-on-links.js";

/** A wrapper's copies of one item stand between its number and the next: the second has `number + 1 / MAX_COPIES`. */
const MAX_COPIES = 1024;

/** Where the items of one output go: links inside this host, and whether other hosts take part. */
interface Route {
  readonly local: readonly number[];
  readonly remote: boolean;
}

/** When one federate is due, apart from items that it cannot see yet. */
interface Causes {
  /** Next grid point or start. */
  gridTime: number;
  wakeAt: number;
  /** Wake of an item already taken in. */
  itemTime: number;
  itemPhase: number;
  /** Activations in the current simulated second. */
  second: number;
  activations: number;
}

/**
 * The activations of the federates of one host, in stamp order, up to a horizon.
 *
 * With one host the horizon is infinite and the queue's head is always safe: this is the whole coordinator.
 * Usage: `f = next()`, run the federate on `inputs(f)`, `finish(f, result)`, until `next()` is −1.
 */
export class HostQueue {
  /** Publications for other hosts since they were last taken. */
  outbox: Publication[] = [];
  /** Stamp of the activation that runs, or ran last. */
  time = 0;
  phase = 0;
  readonly causes: readonly Causes[];
  readonly inboxes: readonly (Inbox | undefined)[];
  readonly memories: readonly (readonly OutputMemory[])[];
  readonly due: StampHeap;
  private horizonTime = Infinity;
  private horizonPhase = Infinity;
  private readonly slots: (Slot | undefined)[];
  private readonly routes: readonly (readonly Route[])[];
  private readonly outputIndex: readonly ReadonlyMap<string, number>[];

  constructor(
    readonly plan: Plan,
    /** Indexes of the federates that run here; all of them by default. */
    readonly members: readonly number[] = plan.federates.map((_, f) => f),
    private readonly wrappers: ReadonlyMap<number, LinkWrapper> = new Map(),
  ) {
    const here = new Set(members);
    this.slots = new Array<Slot | undefined>(plan.links.length).fill(undefined);
    this.inboxes = plan.federates.map((_, f) => (here.has(f) ? new Inbox(plan, f) : undefined));
    for (const inbox of this.inboxes) for (const slot of inbox?.slots ?? []) this.slots[slot.link.index] = slot;
    this.due = new StampHeap(plan.federates.length);
    this.causes = plan.federates.map(firstCauses);
    this.memories = plan.federates.map(f => f.shape.outputs.map(() => new OutputMemory()));
    this.outputIndex = plan.federates.map(f => new Map(f.shape.outputs.map((output, o) => [output.name, o])));
    this.routes = plan.federates.map(f =>
      f.outLinks.map(links => ({
        local: links.filter(l => here.has(plan.links[l].target)),
        remote: links.some(l => !here.has(plan.links[l].target)),
      })),
    );
    for (const f of members) this.refresh(f);
  }

  /** Lets activations run up to and including this stamp. */
  release(time: number, phase: number): void {
    this.horizonTime = time;
    this.horizonPhase = phase;
  }

  /** The next federate that may run now, with everything it may see taken in; −1 when none may. */
  next(): number {
    const { due, plan } = this;
    for (;;) {
      const f = due.first();
      const time = due.time[f];
      const phase = due.phase[f];
      if (f < 0 || time > plan.until || !this.isReleased(time, phase)) return -1;
      this.takeIn(f, time, phase);
      const causes = this.causes[f];
      const base = plan.federates[f].basePhase;
      const own = Math.min(causes.gridTime, causes.wakeAt);
      const isDue = !isBefore(time, phase, own, base) || !isBefore(time, phase, causes.itemTime, causes.itemPhase);
      if (isDue) {
        this.begin(f, time, phase);
        return f;
      }
      this.refresh(f);
      if (due.time[f] === time && due.phase[f] === phase) throw this.stalled(f);
    }
  }

  /** An item that wakes a federate where the federate cannot see it: no plan allows that. */
  private stalled(f: number): CosimError {
    const { name } = this.plan.federates[f].shape;
    const stamp = formatStamp({ time: this.due.time[f], phase: this.due.phase[f] });
    return new CosimError("COSIM_STALLED", `${name} is due at ${stamp} for an item that it cannot see yet.`, {
      party: name,
      stamp,
    });
  }

  private isReleased(time: number, phase: number): boolean {
    if (this.plan.mutant === "strict-safety") return isBefore(time, phase, this.horizonTime, this.horizonPhase);
    return !isBefore(this.horizonTime, this.horizonPhase, time, phase);
  }

  private takeIn(f: number, time: number, phase: number): void {
    const inbox = this.inboxOf(f);
    for (const heap of [inbox.waking, inbox.silent]) {
      for (let item = inbox.takeVisible(heap, time, phase); item !== undefined;) {
        this.takeItem(inbox, this.slotOf(item.link), item);
        item = inbox.takeVisible(heap, time, phase);
      }
    }
  }

  private takeItem(inbox: Inbox, slot: Slot, item: Item): void {
    if (!inbox.take(slot, item)) return;
    const wake = wakeStamp(this.plan, slot.link, item);
    const causes = this.causes[slot.link.target];
    if (isBefore(wake.time, wake.phase, causes.itemTime, causes.itemPhase)) {
      causes.itemTime = wake.time;
      causes.itemPhase = wake.phase;
    }
  }

  private begin(f: number, time: number, phase: number): void {
    const planned = this.plan.federates[f];
    const causes = this.causes[f];
    this.time = time;
    this.phase = phase;
    this.countWork(planned, causes);
    if (!isBefore(time, phase, causes.gridTime, planned.basePhase)) {
      causes.gridTime = planned.shape.period === undefined ? Infinity : causes.gridTime + planned.shape.period;
    }
    if (!isBefore(time, phase, causes.wakeAt, planned.basePhase)) causes.wakeAt = Infinity;
    if (!isBefore(time, phase, causes.itemTime, causes.itemPhase)) {
      causes.itemTime = Infinity;
      causes.itemPhase = Infinity;
    }
    this.inboxOf(f).settle();
  }

  private countWork(planned: PlannedFederate, causes: Causes): void {
    const { maxIterations, maxActivationsPerSecond, ticksPerSecond } = this.plan;
    const { name } = planned.shape;
    if (planned.loop.length > 0 && iterationOf(this.phase) >= maxIterations) {
      const members = planned.loop.join(", ");
      const message = `The loop of ${members} did not converge within ${maxIterations} iterations. ${this.lastValues(planned)}`;
      throw new CosimError("COSIM_ITERATION_LIMIT", message, { party: name, stamp: this.stamp() });
    }
    const second = Math.floor(this.time / ticksPerSecond);
    causes.activations = second === causes.second ? causes.activations + 1 : 1;
    causes.second = second;
    if (causes.activations > maxActivationsPerSecond) {
      const sources = planned.inLinks.map(l => this.plan.links[l].from).join(", ") || "its own wakeAt";
      const message = `${name} ran ${causes.activations} times within one simulated second; it is driven by ${sources}.`;
      throw new CosimError("COSIM_ACTIVATION_LIMIT", message, { party: name, stamp: this.stamp() });
    }
  }

  private lastValues(planned: PlannedFederate): string {
    const loop = new Set(planned.loop);
    const links = this.plan.links.filter(l => l.inLoop && loop.has(this.plan.federates[l.target].shape.name));
    const known = links.flatMap(link => {
      const slot = this.slots[link.index];
      return slot === undefined ? [] : [`${link.from} -> ${link.to} = ${JSON.stringify(slot.held)?.slice(0, 80)}`];
    });
    return `Last values: ${known.join("; ")}.`;
  }

  /** The stamp of the current activation, for people. */
  stamp(): string {
    return formatStamp(this);
  }

  /** What federate `f` sees in the activation that `next` announced. */
  inputs(f: number): Record<string, unknown> {
    return this.inboxOf(f).inputs;
  }

  /** Values published by `create`: before everything, undelayed on every link, waking nobody. */
  seed(f: number, outputs: Readonly<Record<string, unknown>>): void {
    for (const name in outputs) {
      const output = this.requireOutput(f, name);
      const value = copyForLink(this.copy(f, output, outputs[name]));
      for (const l of this.routes[f][output].local) this.hold(l, value);
      if (this.routes[f][output].remote) {
        this.outbox.push({ source: f, output, time: -1, phase: 0, sequence: 0, value });
      }
    }
  }

  private hold(link: number, value: unknown): void {
    const slot = this.slotOf(link);
    slot.held = value;
    slot.sequence = 0;
    if (slot.single) this.inboxOf(slot.link.target).inputs[slot.input.name] = value;
  }

  /** Takes the result of the activation that `next` announced: sends what it published and plans its wake. */
  finish(f: number, result: StepResult | undefined): void {
    if (result !== undefined) {
      const { outputs, messages, wakeAt } = result;
      if (outputs !== undefined) {
        for (const name in outputs) this.publish(f, this.requireOutput(f, name), outputs[name]);
      }
      if (messages !== undefined) for (const message of messages) this.send(f, message);
      if (wakeAt !== undefined) this.causes[f].wakeAt = this.checkWake(f, wakeAt);
    }
    this.refresh(f);
  }

  private publish(f: number, output: number, published: unknown): void {
    if (published === undefined) return;
    const memory = this.memories[f][output];
    const { local, remote } = this.routes[f][output];
    const value = this.copy(f, output, published);
    const sequence = ++memory.sequence;
    if (this.wrappers.size > 0 && this.isWrapped(f, output)) {
      for (const l of this.plan.federates[f].outLinks[output])
        this.sendOverLink({ source: f, output, sequence }, l, value);
      return;
    }
    let kept: unknown;
    for (let i = 0; i < local.length; i++) {
      const link = this.plan.links[local[i]];
      if (link.kind === "same") {
        this.arriveNow(link, sequence, value);
      } else {
        kept ??= value instanceof Float64Array ? value.slice() : value;
        this.arriveLater({
          time: this.time + link.delay,
          phase: itemPhase(link, this.phase),
          link: link.index,
          sequence,
          value: kept,
        });
      }
    }
    if (!remote) return;
    kept ??= value instanceof Float64Array ? value.slice() : value;
    this.outbox.push({ source: f, output, time: this.time, phase: this.phase, sequence, value: kept });
  }

  private isWrapped(f: number, output: number): boolean {
    return this.plan.federates[f].outLinks[output].some(l => this.wrappers.has(l));
  }

  private sendOverLink(sent: Pick<Publication, "source" | "output" | "sequence">, link: number, value: unknown): void {
    const { time, phase } = this;
    const items = this.wrappers.get(link)?.({ value, time }) ?? [{ value }];
    for (const [copy, item] of items.entries()) {
      const sequence = sent.sequence + copy / MAX_COPIES;
      const extraDelay = item.extraDelay ?? 0;
      this.receive({ ...sent, time, phase, sequence, value: copyForLink(item.value), link, extraDelay });
    }
  }

  private send(f: number, message: OutgoingMessage): void {
    const output = this.requireOutput(f, message.output);
    const value = this.copy(f, output, message.payload);
    const links = this.plan.federates[f].outLinks[output];
    const taken = message.to === undefined ? links : links.filter(l => this.plan.links[l].to === message.to);
    if (taken.length === 0 && message.to !== undefined) {
      const known = links.map(l => this.plan.links[l].to).join(", ") || "nobody";
      const name = this.plan.federates[f].shape.name;
      throw new CosimError(
        "COSIM_OUTPUT_INVALID",
        `${name}.${message.output} has no link to "${message.to}"; it reaches ${known}.`,
        {
          party: name,
          stamp: this.stamp(),
        },
      );
    }
    const sequence = ++this.memories[f][output].sequence;
    for (const l of taken) this.sendOverLink({ source: f, output, sequence }, l, value);
  }

  /** Takes what another host (or a wrapped link of this one) sent: it goes to this host's links, or on to the outbox. */
  receive(publication: Publication): void {
    const { source, output, time, phase, sequence, value, link: only, extraDelay = 0 } = publication;
    if (only !== undefined && this.slots[only] === undefined) {
      this.outbox.push(publication);
      return;
    }
    for (const l of only === undefined ? this.routes[source][output].local : [only]) {
      if (time < 0) {
        this.hold(l, value);
        continue;
      }
      const link = this.plan.links[l];
      const item = { time: time + link.delay + extraDelay, phase: itemPhase(link, phase), link: l, sequence, value };
      this.arriveLater(item);
    }
  }

  private arriveNow(link: PlannedLink, sequence: number, value: unknown): void {
    const { target } = link;
    const { time, phase } = this;
    this.takeItem(this.inboxOf(target), this.slotOf(link.index), { time, phase, link: link.index, sequence, value });
    this.refresh(target);
  }

  private arriveLater(item: Item): void {
    const slot = this.slotOf(item.link);
    const inbox = this.inboxOf(slot.link.target);
    (slot.input.wakes === "never" ? inbox.silent : inbox.waking).add(item);
    this.refresh(slot.link.target);
  }

  /** Computes anew when federate `f` is due. */
  refresh(f: number): void {
    const causes = this.causes[f];
    let time = Math.min(causes.gridTime, causes.wakeAt);
    let phase = this.plan.federates[f].basePhase;
    if (isBefore(causes.itemTime, causes.itemPhase, time, phase)) {
      time = causes.itemTime;
      phase = causes.itemPhase;
    }
    const item = this.inboxOf(f).waking.first();
    if (item !== undefined) {
      const wake = wakeStamp(this.plan, this.plan.links[item.link], item);
      if (isBefore(wake.time, wake.phase, time, phase)) {
        time = wake.time;
        phase = wake.phase;
      }
    }
    this.due.set(f, time, phase);
  }

  private checkWake(f: number, wakeAt: number | null): number {
    if (wakeAt === null) return Infinity;
    const federate = this.plan.federates[f];
    const { name, period, wakesOnGrid, inputs } = federate.shape;
    const fail = (reason: string) => {
      const message = `${name} asked at ${this.time} to wake at ${wakeAt} (ticks), ${reason}`;
      return new CosimError("COSIM_WAKE_INVALID", message, { party: name, stamp: this.stamp() });
    };
    if (!Number.isSafeInteger(wakeAt)) throw fail("which is no whole number of ticks.");
    if (wakeAt <= this.time)
      throw fail("which is not later than now. Use an iterating link to itself to run again now.");
    if (period === undefined) return wakeAt;
    const onGrid = gridAtOrAfter(federate, wakeAt);
    if (wakesOnGrid === true || onGrid === wakeAt) return onGrid;
    if (inputs.some(input => input.wakes !== "never")) return wakeAt;
    throw fail(`which is off its grid; the next grid point is ${onGrid}.`);
  }

  private copy(f: number, output: number, value: unknown): unknown {
    try {
      return this.memories[f][output].keep(value);
    } catch (cause) {
      const { name, outputs } = this.plan.federates[f].shape;
      const message = `${name}.${outputs[output].name}: ${(cause as Error).message}; publish plain data.`;
      throw new CosimError("COSIM_OUTPUT_INVALID", message, { party: name, stamp: this.stamp(), cause });
    }
  }

  private requireOutput(f: number, name: string): number {
    const output = this.outputIndex[f].get(name);
    if (output !== undefined) return output;
    const known = [...this.outputIndex[f].keys()].join(", ") || "none";
    const party = this.plan.federates[f].shape.name;
    throw new CosimError(
      "COSIM_OUTPUT_INVALID",
      `${party} published "${name}", which is no output of its; they are ${known}.`,
      {
        party,
        stamp: this.stamp(),
      },
    );
  }

  private inboxOf(f: number): Inbox {
    const inbox = this.inboxes[f];
    if (inbox === undefined) throw new Error(`Federate ${f} does not run on this host.`);
    return inbox;
  }

  private slotOf(link: number): Slot {
    const slot = this.slots[link];
    if (slot === undefined) throw new Error(`Link ${link} does not end on this host.`);
    return slot;
  }
}

function firstCauses({ shape }: PlannedFederate): Causes {
  const gridTime = shape.period === undefined ? (shape.startsAt ?? 0) : (shape.offset ?? 0);
  return { gridTime, wakeAt: Infinity, itemTime: Infinity, itemPhase: Infinity, second: -1, activations: 0 };
}

function copyForLink(value: unknown): unknown {
  return value instanceof Float64Array ? value.slice() : value;
}
