import { HostQueue, type Plan, type StepResult } from "../broker/core/index.js";
import type { Assembly } from "./assemble.js";
import { restoreQueue, saveQueue, type HostImage } from "./checkpoint.js";
import { startWrappers, type RunningWrappers } from "./link-wrappers.js";
import { Member, type Effects } from "./member.js";

/** Wall-clock milliseconds after which a host that computes lets signals and heartbeats through. */
const YIELD_MS = 25;

/** Publications for other hosts after which it lets them have these. */
const OUTBOX_LIMIT = 64;

/** The federates of one process and the queue of their activations. */
export class LocalHost {
  readonly queue: HostQueue;
  /** By federate index; undefined for federates of other hosts. */
  readonly members: readonly (Member | undefined)[];
  private readonly links: RunningWrappers;
  /** Activations so far. */
  activations = 0;

  constructor(
    private readonly assembly: Assembly,
    effects: Effects,
    readonly indexes: readonly number[] = assembly.members.map((_, f) => f),
  ) {
    const here = new Set(indexes);
    this.links = startWrappers(assembly.wrappers, assembly.members[0]?.setup.seed ?? 0);
    this.queue = new HostQueue(assembly.plan, indexes, this.links.wrappers);
    this.members = assembly.members.map((plan, f) => (here.has(f) ? new Member(plan, effects) : undefined));
  }

  get plan(): Plan {
    return this.assembly.plan;
  }

  /** Creates every member and publishes what stands before the start. */
  async create(): Promise<void> {
    for (const f of this.indexes) this.queue.seed(f, await this.member(f).create());
  }

  /**
   * Runs activations in stamp order while the horizon allows; yields to the event loop every 25 ms.
   * @returns true when nothing is left below the horizon, false when `signal` stopped it between two activations.
   */
  async advance(signal?: AbortSignal, onYield?: () => void | Promise<void>): Promise<boolean> {
    const { queue, members } = this;
    let until = performance.now() + YIELD_MS;
    for (let f = queue.next(); f >= 0; f = queue.next()) {
      const member = members[f] ?? this.member(f);
      let result: StepResult | undefined | Promise<StepResult | undefined>;
      result = member.activate(queue.time, queue.inputs(f), this.stamp);
      if (result instanceof Promise) result = await result;
      queue.finish(f, result);
      this.activations++;
      if (!queue.isReady || (performance.now() < until && queue.outbox.length < OUTBOX_LIMIT)) continue;
      await onYield?.();
      await new Promise(setImmediate);
      if (signal?.aborted === true) return false;
      until = performance.now() + YIELD_MS;
    }
    return true;
  }

  private readonly stamp = () => this.queue.stamp();

  /** Everything that a checkpoint keeps of this host. */
  save(): HostImage {
    const { links } = this.plan;
    return saveQueue(this.queue, f => {
      const own = [...this.links.streams].filter(([l]) => links[l].source === f);
      const drawn = own.map(([l, stream]) => [`${links[l].from} -> ${links[l].to}`, stream.drawn] as const);
      return { ...this.member(f).save(), linkDraws: Object.fromEntries(drawn) };
    });
  }

  /** Takes over what checkpoints kept of this host's federates; they may come from other groupings into hosts. */
  restore(image: HostImage): void {
    restoreQueue(this.queue, image, (f, kept) => {
      this.member(f).restore(kept);
      for (const [l, stream] of this.links.streams) {
        const { from, to, source } = this.plan.links[l];
        if (source === f) stream.drawn = kept.linkDraws?.[`${from} -> ${to}`] ?? 0;
      }
    });
  }

  /** Ends every member; the first error is thrown after all have been closed. */
  async close(): Promise<void> {
    const results = await Promise.allSettled(this.indexes.map(f => this.member(f).close()));
    const failed = results.find(result => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  private member(f: number): Member {
    const member = this.members[f];
    if (member === undefined) throw new Error(`Federate ${f} does not run on this host.`);
    return member;
  }
}
