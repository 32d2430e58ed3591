import { Coordinator, planDigest, type LinkWrapper, type Plan, type Release } from "../core/index.js";
import { CosimError, type Report } from "../wire/index.js";
import { errorOf, failureOf, type HostFrame, type JoinFrame } from "../wire/protocol.js";
import { Backlog, parcels } from "./backlog.js";
import { blame } from "./blame.js";
import { Ending } from "./ending.js";
import { ForeignHost } from "./foreign-host.js";
import type { HostPlan, Peer } from "./peer.js";
import { reportFault } from "./report-check.js";
import { Roster, type HostSlot } from "./roster.js";
import { Saving } from "./saving.js";
import { describeRun, type RunState, type Status } from "./status.js";
import { markGone, Watch } from "./watch.js";

/** Where a run stops for a while: checkpoints, pauses, the wall clock. */
export interface Cuts {
  /** The next time, later than `after` (−1 at first), before which everything stops; Infinity for none. */
  next(after: number): number;
  /** Called when everything before `time` has run. The run goes on when the promise is fulfilled; `save` may be called once. */
  reach(time: number, save: () => Promise<void>): Promise<void>;
}

/** What a session is told. */
export interface SessionOptions {
  readonly plan: Plan;
  readonly hosts: readonly HostPlan[];
  /** Secret that a join and a query must carry. */
  readonly token: string;
  /** Wrappers of links that leave foreign federates, by link index. */
  readonly wrappers?: ReadonlyMap<number, LinkWrapper>;
  /** What is wrong with a value that a foreign federate publishes; undefined when nothing is. */
  readonly valueFault?: (federate: number, output: string, value: unknown) => string | undefined;
  /** Ticks by which a host may run ahead of the slowest federate; one simulated hour by default. */
  readonly maxAhead?: number;
  readonly cuts?: Cuts;
  /** Wall-clock limits of a step, by federate index. */
  readonly stepTimeoutSeconds?: ReadonlyMap<number, number>;
  /** Wall-clock seconds within which every host must join (default 60), and close after a failure (default 5). */
  readonly joinSeconds?: number;
  readonly closeSeconds?: number;
  /** Last lines of a federate's log. */
  readonly readLog?: (federate: string) => readonly string[];
  /** Wall clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * One run of a federation behind a broker: who takes part, what each says, what follows.
 * It knows frames and peers, no sockets; call `settle` after the frames that have come, and `tick` a few times a second.
 */
export class Session {
  /** Fulfilled when every host has closed after the end; rejected with the run's error. */
  readonly done: Promise<void>;
  private readonly roster: Roster;
  private readonly coordinator: Coordinator;
  private readonly backlog: Backlog;
  private readonly saving: Saving;
  private readonly ending: Ending;
  private readonly watch: Watch;
  private readonly now: () => number;
  private state: RunState = "joining";
  private refusedFrames = 0;
  private capTime: number;
  private failedAt = 0;
  private unsettled = false;
  private settling = false;

  constructor(private readonly options: SessionOptions) {
    const { plan, hosts, token, maxAhead = 3600 * plan.ticksPerSecond, now = () => performance.now() } = options;
    const hostOf = plan.federates.map((_, f) => hosts.findIndex(host => host.federates.includes(f)));
    const homeless = hostOf.indexOf(-1);
    if (homeless >= 0) throw new Error(`${plan.federates[homeless].shape.name} has no host.`);
    this.roster = new Roster(hosts, token, planDigest(plan));
    this.coordinator = new Coordinator(plan, hostOf, hosts.length, maxAhead);
    this.backlog = new Backlog(plan, hostOf);
    this.saving = new Saving(this.roster.slots);
    this.now = now;
    this.capTime = options.cuts?.next(-1) ?? Infinity;
    this.coordinator.cap(this.capTime);
    this.ending = new Ending(this.roster.slots, options.readLog);
    this.done = this.ending.done;
    this.watch = new Watch({ ...options, slots: this.roster.slots, coordinator: this.coordinator, startedAt: now() });
  }

  /** Takes in one frame; true when it came from somebody who takes part. */
  accept(client: Peer, frame: HostFrame): boolean {
    const slot = this.roster.find(client);
    if (slot === undefined) return this.acceptStranger(client, frame);
    slot.heardAt = this.now();
    try {
      this.acceptHost(slot, client, frame);
    } catch (error) {
      this.fail(blame(error, slot.plan.name));
    }
    return true;
  }

  /** Notes a frame that cannot be read: a stranger's is counted, a participant's ends the run. */
  refuse(client: Peer, error: CosimError): void {
    const slot = this.roster.find(client);
    if (slot === undefined) this.refusedFrames++;
    else this.fail(blame(error, slot.plan.name));
  }

  private acceptStranger(client: Peer, frame: HostFrame): boolean {
    if (frame.kind === "join") return this.join(client, frame);
    if (frame.kind === "query" && this.roster.hasToken(frame.token)) this.answer(client);
    else this.refusedFrames++;
    return false;
  }

  private join(client: Peer, frame: JoinFrame): boolean {
    let slot: HostSlot;
    try {
      slot = this.roster.admit(client, frame);
    } catch (error) {
      this.refusedFrames++;
      client.post(failureOf(error));
      if (error instanceof CosimError && error.details.party !== undefined) this.fail(error);
      return false;
    }
    const { plan, wrappers, valueFault } = this.options;
    slot.heardAt = slot.since = this.now();
    slot.peer = client;
    if (frame.foreign) {
      const report = (said: Report) => {
        this.report(slot, said);
      };
      slot.foreign = new ForeignHost({ plan, federate: slot.plan.federates[0], wrappers, valueFault, client, report });
      slot.peer = slot.foreign;
    }
    client.post({ kind: "welcome", host: slot.index, until: plan.until, ticksPerSecond: plan.ticksPerSecond });
    if (this.ending.error !== undefined) client.post(failureOf(this.ending.error));
    return true;
  }

  private acceptHost(slot: HostSlot, client: Peer, frame: HostFrame): void {
    switch (frame.kind) {
      case "report":
        if (slot.foreign !== undefined)
          throw new CosimError("COSIM_FRAME_INVALID", "A foreign federate sends requests.");
        this.report(slot, frame);
        return;
      case "request":
        if (slot.foreign === undefined) throw new CosimError("COSIM_FRAME_INVALID", "A host sends reports.");
        slot.foreign.request(frame);
        return;
      case "saved":
        this.saving.take(slot, frame.time);
        return;
      case "fail":
        this.fail(blame(errorOf(frame), slot.plan.name), slot);
        return;
      case "leave":
        this.leave(slot);
        return;
      case "query":
        this.answer(client);
        return;
      case "join":
        throw new CosimError("COSIM_FRAME_INVALID", "It joined twice over one connection.");
    }
  }

  private report(slot: HostSlot, report: Report): void {
    if (!slot.working) throw new CosimError("COSIM_FRAME_INVALID", "It reported without a release.");
    const { members, horizon } = slot;
    const fault = reportFault(report, { plan: this.options.plan, members, horizon, first: !slot.reported });
    if (fault !== undefined) throw new CosimError("COSIM_FRAME_INVALID", `Its report was refused: ${fault}.`);
    slot.reported = true;
    this.coordinator.report(slot.index, report);
    this.backlog.add(report.publications);
    if (report.idle) {
      slot.working = false;
      slot.since = this.now();
    }
    this.unsettled = true;
    if (this.state === "joining" && this.roster.slots.every(s => s.reported)) this.state = "running";
  }

  /** Lets go on whoever may, now that every frame that has come is taken in. */
  settle(): void {
    if (this.settling) return;
    this.settling = true;
    while (this.unsettled && this.state === "running") {
      this.unsettled = false;
      if (this.backlog.isFull && this.roster.slots.some(slot => slot.working)) break;
      const { releases, reached } = this.coordinator.turn();
      for (const release of releases) this.release(release);
      if (reached === "cut") this.cut();
      if (reached === "end") this.end();
    }
    this.settling = false;
  }

  private release({ host, horizon, publications }: Release): void {
    const slot = this.roster.slots[host];
    slot.horizon = horizon;
    slot.working = true;
    slot.since = slot.heardAt = this.now();
    this.backlog.remove(publications);
    const [last, ...first] = parcels(publications).reverse();
    for (const parcel of first.reverse()) slot.peer?.post({ kind: "items", publications: parcel });
    slot.peer?.post({ kind: "release", time: horizon.time, phase: horizon.phase, publications: last });
  }

  private cut(): void {
    const flushed = this.coordinator.flush();
    for (const release of flushed) this.release(release);
    if (flushed.length > 0) return;
    const { cuts } = this.options;
    this.state = "cut";
    const time = this.capTime;
    (cuts?.reach(time, () => this.saving.ask(time)) ?? Promise.resolve()).then(
      () => {
        this.goOn(time);
      },
      (error: unknown) => {
        this.fail(blame(error, "broker"));
      },
    );
  }

  private goOn(time: number): void {
    if (this.state !== "cut") return;
    this.capTime = this.options.cuts?.next(time) ?? Infinity;
    this.coordinator.cap(this.capTime);
    this.state = "running";
    this.unsettled = true;
    this.settle();
  }

  private end(): void {
    this.state = "ending";
    for (const slot of this.roster.slots) slot.peer?.post({ kind: "end" });
    this.ending.finishIfEmpty();
  }

  private leave(slot: HostSlot): void {
    const early = this.state !== "ending" && this.state !== "failed";
    slot.hasLeft = true;
    slot.client?.post({ kind: "leave" });
    if (early && slot.foreign !== undefined) {
      slot.foreign.leave();
      return;
    }
    if (early) this.fail(this.watch.hostError("COSIM_FEDERATE_DIED", slot, "left before the end"));
    this.ending.finishIfEmpty();
  }

  /** Ends the run: every other host is told why, and `done` is rejected when all have closed or a few seconds later. */
  fail(error: CosimError, origin?: HostSlot): void {
    if (!this.ending.fail(error, origin)) return;
    this.state = "failed";
    this.failedAt = this.now();
  }

  /** The connection to a participant is gone, although nobody has seen its process end. */
  lost(client: Peer): void {
    const slot = this.roster.find(client);
    if (slot !== undefined) markGone(slot, "COSIM_FEDERATE_SILENT", "gives no sign of life: its connection is lost");
  }

  /** A host's process has ended, as whoever started it knows; `why` is the signal or exit code. */
  hostDied(name: string, why: string): void {
    const slot = this.roster.slots.find(s => s.plan.name === name);
    if (slot !== undefined) markGone(slot, "COSIM_FEDERATE_DIED", `ended with ${why}`);
  }

  /** Looks at the wall clock: hosts that do not come, are gone, take too long or do not close. */
  tick(): void {
    const now = this.now();
    for (const { slot, error } of this.watch.buried()) {
      slot.hasLeft = true;
      this.fail(error, slot);
      this.ending.finishIfEmpty();
    }
    if (this.state === "failed") {
      if (now - this.failedAt > (this.options.closeSeconds ?? 5) * 1000) this.ending.finish();
      return;
    }
    const late = this.watch.lateness(this.state, now);
    if (late !== undefined) this.fail(late);
  }

  private answer(client: Peer): void {
    client.post({ kind: "answer", json: JSON.stringify(this.status()) });
  }

  /** Who is where in time, and who waits for whom. */
  status(): Status {
    const { state, roster, coordinator, refusedFrames, now } = this;
    return describeRun({ state, slots: roster.slots, coordinator, refusedFrames, now: now() });
  }
}
