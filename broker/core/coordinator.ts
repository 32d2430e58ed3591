import type { Due, Publication, Report } from "../wire/exchange.js";
import { isBefore, type Stamp } from "../wire/stamp.js";
import { canWake, computeBounds, endlessStamps, lower, type StampTable } from "./bounds.js";
import type { Plan, PlannedLink } from "./plan.js";
import { itemPhase, wakeStamp } from "./stamps-on-links.js";

export type { Due, Report } from "../wire/exchange.js";

/** What the coordinator sends to one host in one frame. */
export interface Release {
  readonly host: number;
  /** Activations up to and including this stamp may run. */
  readonly horizon: Stamp;
  readonly publications: readonly Publication[];
}

/** Why a federation stands where it stands: who waits for whom. */
export interface Waiting {
  readonly host: number;
  readonly federate: string;
  readonly due: Stamp;
  /** The federate whose item could still come first, and the stamp of that item. */
  readonly waitsFor: string;
  readonly earliest: Stamp;
}

/** What a turn of the coordinator brings. */
export interface Turn {
  readonly releases: readonly Release[];
  /** `cut`: everything before the cap has run; `end`: everything up to `until` has run. */
  readonly reached?: "cut" | "end";
}

interface HostState {
  idle: boolean;
  joined: boolean;
  /** Not yet sent. */
  queued: Publication[];
  /** Wakes of publications that are queued or that the host has not answered yet. */
  readonly inFlight: StampTable;
}

/**
 * Bounds and horizons of a federation that is spread over several hosts: the rules of safety and liveness.
 *
 * It keeps, for each federate, the smallest stamp at which it may still run, and lets each host run up to the
 * smallest item stamp that any other host could still send to it. It knows no socket and no clock.
 */
export class Coordinator {
  private readonly own: StampTable;
  private readonly hosts: readonly HostState[];
  private readonly incoming: readonly (readonly PlannedLink[])[];
  private readonly members: readonly (readonly number[])[];
  private capTime = Infinity;

  constructor(
    readonly plan: Plan,
    /** Host of each federate. */
    readonly hostOf: readonly number[],
    hostCount: number,
    /** Ticks by which a host may run ahead of the slowest federate. */
    private readonly maxAhead = Infinity,
  ) {
    const count = plan.federates.length;
    this.own = endlessStamps(count);
    this.hosts = Array.from({ length: hostCount }, () => ({
      idle: false,
      joined: false,
      queued: [],
      inFlight: endlessStamps(count),
    }));
    this.members = this.hosts.map((_, h) => hostOf.flatMap((host, f) => (host === h ? [f] : [])));
    this.incoming = this.hosts.map((_, h) =>
      plan.links.filter(link => hostOf[link.target] === h && hostOf[link.source] !== h),
    );
  }

  /** Takes in what a host says; `turn` then tells what follows. */
  report(host: number, report: Report): void {
    const state = this.hosts[host];
    for (const { federate, time, phase } of report.due) {
      this.own.time[federate] = time;
      this.own.phase[federate] = phase;
    }
    for (const publication of report.publications) this.route(host, publication);
    state.joined = true;
    if (!report.idle) return;
    state.idle = true;
    state.inFlight.time.fill(Infinity);
    state.inFlight.phase.fill(Infinity);
    for (const publication of state.queued) this.noteWakes(host, publication);
  }

  private route(from: number, publication: Publication): void {
    const { plan, hostOf } = this;
    const { source, output, link } = publication;
    const links = link === undefined ? plan.federates[source].outLinks[output] : [link];
    const targets = new Set(links.map(l => hostOf[plan.links[l].target]));
    targets.delete(from);
    for (const host of targets) {
      this.hosts[host].queued.push(publication);
      this.noteWakes(host, publication);
    }
  }

  private noteWakes(host: number, publication: Publication): void {
    const { plan, hostOf } = this;
    if (publication.time < 0 || plan.mutant === "in-flight-left-out") return;
    const { source, output, time, phase, link: only, extraDelay = 0 } = publication;
    for (const l of only === undefined ? plan.federates[source].outLinks[output] : [only]) {
      const link = plan.links[l];
      if (hostOf[link.target] !== host || !canWake(plan, link)) continue;
      const item = { time: time + link.delay + extraDelay, phase: itemPhase(link, phase) };
      const wake = wakeStamp(plan, link, item);
      lower(this.hosts[host].inFlight, link.target, wake.time, wake.phase);
    }
  }

  /** Stops every horizon before the first activation at `time`; Infinity lifts it. */
  cap(time: number): void {
    this.capTime = time;
  }

  /** The smallest stamp at which each federate may still run, items under way included. */
  earliest(): StampTable {
    const { own, hostOf, hosts } = this;
    const all = { time: own.time.slice(), phase: own.phase.slice() };
    for (let f = 0; f < hostOf.length; f++) {
      const { inFlight } = hosts[hostOf[f]];
      lower(all, f, inFlight.time[f], inFlight.phase[f]);
    }
    return all;
  }

  /** Who may go on now, and whether the federation has reached its cap or its end. */
  turn(): Turn {
    if (this.hosts.some(host => !host.joined)) return { releases: [] };
    const earliest = this.earliest();
    const bound = computeBounds(this.plan, earliest);
    const furthest = leastTime(bound) + this.maxAhead;
    const releases: Release[] = [];
    for (let h = 0; h < this.hosts.length; h++) {
      const host = this.hosts[h];
      if (!host.idle) continue;
      const horizon = this.horizon(h, this.plan.mutant === "horizon-overtakes" ? earliest : bound, furthest);
      if (this.canRun(h, earliest, horizon)) releases.push(this.release(h, horizon));
    }
    if (releases.length > 0 || this.hosts.some(host => !host.idle)) return { releases };
    const least = earliest.time.reduce((a, b) => Math.min(a, b), Infinity);
    if (least > this.plan.until) return { releases, reached: "end" };
    return least >= this.capTime ? { releases, reached: "cut" } : { releases };
  }

  /** Sends what is queued without letting anybody run further, so that a checkpoint holds every item. */
  flush(): Release[] {
    const waiting = this.hosts.flatMap((host, h) => (host.queued.length > 0 ? [h] : []));
    return waiting.map(h => this.release(h, { time: this.capTime, phase: 0 }));
  }

  private horizon(host: number, bound: StampTable, furthest = leastTime(bound) + this.maxAhead): Stamp {
    let time = Math.min(this.capTime, furthest);
    let phase = furthest < this.capTime ? Infinity : 0;
    for (const link of this.incoming[host]) {
      const itemTime = bound.time[link.source] + link.delay;
      const itemAt = itemPhase(link, bound.phase[link.source]);
      if (!isBefore(itemTime, itemAt, time, phase)) continue;
      time = itemTime;
      phase = itemAt;
    }
    if (time === Infinity) phase = Infinity;
    return { time, phase };
  }

  private canRun(host: number, earliest: StampTable, horizon: Stamp): boolean {
    const { members, plan } = this;
    for (const f of members[host]) {
      if (earliest.time[f] > plan.until) continue;
      const isLate = isBefore(horizon.time, horizon.phase, earliest.time[f], earliest.phase[f]);
      const isExact = horizon.time === earliest.time[f] && horizon.phase === earliest.phase[f];
      if (!isLate && !(isExact && plan.mutant === "strict-safety")) return true;
    }
    return false;
  }

  private release(h: number, horizon: Stamp): Release {
    const host = this.hosts[h];
    const publications = host.queued;
    host.queued = [];
    host.idle = false;
    return { host: h, horizon, publications };
  }

  /** For each idle host: its next federate, and whose item it waits for. */
  waiting(): Waiting[] {
    const earliest = this.earliest();
    const bound = computeBounds(this.plan, earliest);
    return this.hosts.flatMap((host, h) => {
      const next = this.nextOf(h, earliest);
      if (!host.idle || next < 0) return [];
      const horizon = this.horizon(h, bound);
      const blocker = this.incoming[h].find(
        l => bound.time[l.source] + l.delay === horizon.time && itemPhase(l, bound.phase[l.source]) === horizon.phase,
      );
      const waitsFor = blocker === undefined ? "" : this.plan.federates[blocker.source].shape.name;
      const due = { time: earliest.time[next], phase: earliest.phase[next] };
      return [{ host: h, federate: this.plan.federates[next].shape.name, due, waitsFor, earliest: horizon }];
    });
  }

  /** The federate of a host that runs next, and when; undefined when nothing is left before the end. */
  nextDue(host: number): Due | undefined {
    const earliest = this.earliest();
    const federate = this.nextOf(host, earliest);
    return federate < 0 ? undefined : { federate, time: earliest.time[federate], phase: earliest.phase[federate] };
  }

  private nextOf(host: number, earliest: StampTable): number {
    let best = -1;
    for (const f of this.members[host]) {
      if (earliest.time[f] > this.plan.until) continue;
      if (best < 0 || isBefore(earliest.time[f], earliest.phase[f], earliest.time[best], earliest.phase[best]))
        best = f;
    }
    return best;
  }
}

function leastTime({ time }: StampTable): number {
  let least = Infinity;
  for (const t of time) if (t < least) least = t;
  return least;
}
