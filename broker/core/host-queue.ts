import { CosimError } from "../wire/errors.js";
import { formatStamp, isBefore } from "../wire/stamp.js";
import {
  acceptWake,
  countActivation,
  exceedsIterations,
  firstCauses,
  isDue,
  serveCauses,
  type Causes,
} from "./causes.js";
import { loopDiverged } from "./loop-diverged.js";
import { copyForSlot, Inbox, type Slot } from "./inbox.js";
import type { Item } from "./item-heap.js";
import type { Plan, PlannedLink } from "./plan.js";
import { Outlets } from "./outlets.js";
import {
  copyForLink,
  packVector,
  type LinkWrapper,
  type OutgoingMessage,
  type Publication,
  type StepResult,
} from "./publication.js";
import { StampHeap } from "./stamp-heap.js";
import { itemPhase, wakeStamp } from "./stamps-on-links.js";

/** A wrapper's copies of one item stand between its number and the next: the second has `number + 1 / MAX_COPIES`. */
const MAX_COPIES = 1024;

type Sent = Pick<Publication, "source" | "output" | "sequence">;

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
  /** Of every federate; those of other hosts know only where items from there go here. */
  readonly outlets: readonly Outlets[];
  readonly due: StampHeap;
  private horizonTime = Infinity;
  private horizonPhase = Infinity;
  private readonly slots: (Slot | undefined)[];

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
    this.outlets = plan.federates.map((_, f) => new Outlets(plan, f, target => here.has(target)));
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
      if (!this.isReady) return -1;
      this.takeIn(f, time, phase);
      if (isDue(this.causes[f], plan.federates[f], { time, phase })) {
        this.begin(f, time, phase);
        return f;
      }
      this.refresh(f);
      if (due.time[f] === time && due.phase[f] === phase) throw this.stalled(f);
    }
  }

  /** An item that wakes a federate where the federate cannot see it: no plan allows that. */
  private stalled(f: number): CosimError {
    const { name: party } = this.plan.federates[f].shape;
    const stamp = formatStamp({ time: this.due.time[f], phase: this.due.phase[f] });
    const message = `${party} is due at ${stamp} for an item that it cannot see yet.`;
    return new CosimError("COSIM_STALLED", message, { party, stamp });
  }

  /** True when something is due that the horizon allows; `next` knows whether it is an activation. */
  get isReady(): boolean {
    const { due, plan } = this;
    const f = due.first();
    return f >= 0 && due.time[f] <= plan.until && this.isReleased(due.time[f], due.phase[f]);
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

  /** Takes an item in as visible. Returns true when its target is due earlier than before. */
  private takeItem(inbox: Inbox, slot: Slot, item: Item): boolean {
    if (!inbox.take(slot, item)) return false;
    const wake = wakeStamp(this.plan, slot.link, item);
    const causes = this.causes[slot.link.target];
    if (!isBefore(wake.time, wake.phase, causes.itemTime, causes.itemPhase)) return false;
    causes.itemTime = wake.time;
    causes.itemPhase = wake.phase;
    return true;
  }

  private begin(f: number, time: number, phase: number): void {
    const planned = this.plan.federates[f];
    this.time = time;
    this.phase = phase;
    if (exceedsIterations(this.plan, planned, phase))
      throw loopDiverged(this.plan, planned, { stamp: this, slots: this.slots });
    countActivation(this.plan, planned, this.causes[f], this);
    serveCauses(this.causes[f], planned, this);
    this.inboxOf(f).settle();
  }

  /** The stamp of the current activation, for people. */
  readonly stamp = () => formatStamp(this);

  /** What federate `f` sees in the activation that `next` announced. */
  inputs(f: number): Record<string, unknown> {
    return this.inboxOf(f).inputs;
  }

  /** Values published by `create`: before everything, undelayed on every link, waking nobody. */
  seed(f: number, outputs: Readonly<Record<string, unknown>>): void {
    for (const name in outputs) {
      const output = this.outlets[f].require(name, this.stamp);
      const value = copyForLink(this.outlets[f].keep(output, outputs[name], this.stamp));
      for (const l of this.outlets[f].routes[output].local) this.hold(l, value);
      if (this.outlets[f].routes[output].remote) {
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
        for (const name in outputs) this.publish(f, this.outlets[f].require(name, this.stamp), outputs[name]);
      }
      if (messages !== undefined) for (const message of messages) this.send(f, message);
      if (wakeAt !== undefined) this.causes[f].wakeAt = acceptWake(this.plan.federates[f], wakeAt, this);
    }
    this.refresh(f);
  }

  private publish(f: number, output: number, published: unknown): void {
    if (published === undefined) return;
    const memory = this.outlets[f].memories[output];
    const { local, remote } = this.outlets[f].routes[output];
    const value = this.outlets[f].keep(output, published, this.stamp);
    const sequence = ++memory.sequence;
    if (this.wrappers.size > 0 && this.plan.federates[f].outLinks[output].some(l => this.wrappers.has(l))) {
      for (const l of this.plan.federates[f].outLinks[output])
        this.sendOverLink({ source: f, output, sequence }, l, value);
      return;
    }
    for (let i = 0; i < local.length; i++) {
      const link = this.plan.links[local[i]];
      if (link.kind === "same") this.arriveNow(link, sequence, value);
      else this.arriveLater(this.itemOn(link, sequence, value));
    }
    if (!remote) return;
    this.outbox.push({ source: f, output, time: this.time, phase: this.phase, sequence, value: packVector(value) });
  }

  private itemOn(link: PlannedLink, sequence: number, value: unknown): Item {
    const time = this.time + link.delay;
    const phase = itemPhase(link, this.phase);
    const owned = value instanceof Float64Array;
    const kept = owned ? copyForSlot(this.slotOf(link.index), value) : value;
    return { time, phase, link: link.index, sequence, value: kept, owned };
  }

  private sendOverLink({ source, output, sequence }: Sent, link: number, value: unknown): void {
    const { time, phase } = this;
    const planned = this.plan.links[link];
    const items = this.wrappers.get(link)?.({ value, time });
    if (items === undefined && planned.kind === "same" && this.slots[link] !== undefined) {
      this.arriveNow(planned, sequence, copyForLink(value));
      return;
    }
    (items ?? [{ value }]).forEach((item, copy) => {
      const place = { sequence: sequence + copy / MAX_COPIES, link, extraDelay: item.extraDelay };
      this.receive({ source, output, time, phase, value: copyForLink(item.value), ...place });
    });
  }

  private send(f: number, message: OutgoingMessage): void {
    const outlets = this.outlets[f];
    const output = outlets.require(message.output, this.stamp);
    const value = outlets.keep(output, message.payload, this.stamp);
    const taken = outlets.linksOf(output, message.to, this.stamp);
    const sequence = ++outlets.memories[output].sequence;
    for (const l of taken) this.sendOverLink({ source: f, output, sequence }, l, value);
  }

  /** Takes what another host (or a wrapped link of this one) sent: it goes to this host's links, or on to the outbox. */
  receive(publication: Publication): void {
    const { source, output, time, phase, sequence, value, link: only, extraDelay = 0 } = publication;
    if (only !== undefined && this.slots[only] === undefined) {
      this.outbox.push(publication);
      return;
    }
    for (const l of only === undefined ? this.outlets[source].routes[output].local : [only]) {
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
    const item = { time, phase, link: link.index, sequence, value };
    if (this.takeItem(this.inboxOf(target), this.slotOf(link.index), item)) this.refresh(target);
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
