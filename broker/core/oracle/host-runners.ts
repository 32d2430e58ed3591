import { CosimError } from "../../wire/errors.js";
import { compareStamps, iterationOf } from "../../wire/stamp.js";
import { Coordinator, type Release, type Report } from "../coordinator.js";
import type { Federation, Mutant } from "../federation.js";
import { HostExchange } from "../host-exchange.js";
import { HostQueue } from "../host-queue.js";
import { requirePlan, type Plan } from "../plan.js";
import { Dice } from "./dice.js";
import type { Behaviour, Model, Run, RunFault, TraceEntry } from "./model.js";

/** One host of a run: its queue, the behaviours of its members and what they have done. */
class Host {
  readonly trace: TraceEntry[] = [];
  fault: RunFault | undefined;
  private readonly queue: HostQueue;
  private readonly behaviours: readonly Behaviour[];
  private readonly exchange: HostExchange;

  constructor(
    private readonly plan: Plan,
    members: readonly number[],
    model: Model,
  ) {
    this.queue = new HostQueue(plan, members, model.wrappers);
    this.exchange = new HostExchange(this.queue);
    this.behaviours = plan.federates.map(f => model.behaviours[f.shape.name]());
    for (const f of members) this.queue.seed(f, this.behaviours[f].initial ?? {});
  }

  receive(release: Pick<Release, "horizon" | "publications">): void {
    this.exchange.take(release.publications);
    this.queue.release(release.horizon.time, release.horizon.phase);
  }

  /** Runs one activation; false when none may run. */
  step(): boolean {
    if (this.fault !== undefined) return false;
    if (this.trace.length > 1e6) throw new Error("the run does not end");
    try {
      const f = this.queue.next();
      if (f < 0) return false;
      const { time, phase } = this.queue;
      const inputs = copyInputs(this.queue.inputs(f));
      const iteration = iterationOf(phase);
      const result = this.behaviours[f].step({ time, iteration, inputs });
      this.queue.finish(f, result);
      this.trace.push({ federate: this.plan.federates[f].shape.name, stamp: { time, phase }, inputs, result });
      return true;
    } catch (error) {
      if (!(error instanceof CosimError)) throw error;
      const { time, phase } = this.queue;
      this.fault = { code: error.code, federate: error.details.party ?? "", stamp: { time, phase } };
      return false;
    }
  }

  /** What is new since the last report. */
  report(idle: boolean): Report {
    return this.exchange.report(idle);
  }
}

/** What a federate saw, kept apart from the buffers that the core will use again. */
export function copyInputs(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return structuredClone(inputs);
}

/** Runs a model in one host: the whole coordinator is its queue. */
export function runInOneHost(model: Model, mutant?: Mutant): Run {
  const plan = requirePlan(model.federation, mutant);
  const host = new Host(plan, [...plan.federates.keys()], model);
  while (host.step());
  return mergeRuns([host], model.federation);
}

/** How a federation is spread over hosts, and the seed of everything that is left to chance on the way. */
export interface Spread {
  /** Host of each federate, by its place in the federation. */
  readonly hostOf: readonly number[];
  readonly hostCount: number;
  readonly seed: number;
  readonly maxAhead?: number;
  /** Times at which every horizon is stopped once, in ascending order. */
  readonly cuts?: readonly number[];
  readonly mutant?: Mutant;
}

/** A random spread of a federation over 2 to 4 hosts. */
export function chooseSpread({ federation }: Model, seed: number, mutant?: Mutant): Spread {
  const dice = new Dice(seed);
  const hostCount = 2 + dice.roll(3);
  const hostOf = federation.federates.map(() => dice.roll(hostCount));
  const maxAhead = dice.chance(30) ? dice.roll(10) : undefined;
  const cuts = dice.chance(30) ? [dice.roll(10), 10 + dice.roll(10)] : [];
  return { hostOf, hostCount, seed, maxAhead, cuts, mutant };
}

/**
 * Runs a model over several hosts. Frames between the hosts and the coordinator are delivered in order for each
 * pair, and otherwise whenever the dice say so; hosts are at work at once and report in the middle of it.
 */
export function runOnHosts(model: Model, spread: Spread): Run {
  const network = new Network(model, spread);
  while (network.advance());
  return mergeRuns(network.hosts, model.federation);
}

/** Frames under way and hosts at work, advanced by one random event after the other. */
class Network {
  readonly hosts: readonly Host[];
  private readonly coordinator: Coordinator;
  private readonly reports: Report[][];
  private readonly releases: Release[][];
  private readonly working: boolean[];
  private readonly cuts: number[];
  private readonly dice: Dice;
  private isTurnDue = false;
  private events = 0;

  constructor(model: Model, { hostOf, hostCount, seed, maxAhead, cuts = [], mutant }: Spread) {
    const plan = requirePlan(model.federation, mutant);
    const membersOf = (host: number) => hostOf.flatMap((h, f) => (h === host ? [f] : []));
    this.hosts = Array.from({ length: hostCount }, (_, h) => new Host(plan, membersOf(h), model));
    this.coordinator = new Coordinator(plan, hostOf, hostCount, maxAhead);
    this.reports = this.hosts.map(host => [host.report(true)]);
    this.releases = this.hosts.map(() => []);
    this.working = this.hosts.map(() => false);
    this.cuts = [...cuts];
    this.dice = new Dice(seed);
    this.coordinator.cap(this.cuts.shift() ?? Infinity);
  }

  /** Lets one thing happen; false when the run has ended. */
  advance(): boolean {
    if (++this.events > 1e6) throw new Error("the run does not end");
    const hosts = [...this.hosts.keys()];
    const possible = [
      ...hosts.filter(h => this.reports[h].length > 0).map(h => () => this.deliverReport(h)),
      ...hosts.filter(h => this.releases[h].length > 0 && !this.working[h]).map(h => () => this.deliverRelease(h)),
      ...hosts.filter(h => this.working[h]).map(h => () => this.work(h)),
      ...(this.isTurnDue ? [() => this.turn()] : []),
    ];
    if (possible.length > 0) return this.dice.pick(possible)();
    if (this.hosts.some(host => host.fault !== undefined)) return false;
    throw new Error(`the run stalls: ${JSON.stringify(this.coordinator.waiting())}`);
  }

  private deliverReport(h: number): true {
    const [report, ...rest] = this.reports[h];
    this.reports[h] = rest;
    this.coordinator.report(h, report);
    this.isTurnDue = true;
    return true;
  }

  private deliverRelease(h: number): true {
    const [release, ...rest] = this.releases[h];
    this.releases[h] = rest;
    this.hosts[h].receive(release);
    this.working[h] = this.hosts[h].fault === undefined;
    return true;
  }

  private work(h: number): true {
    const host = this.hosts[h];
    this.working[h] = host.step();
    if (!this.working[h]) this.reports[h].push(host.report(true));
    else if (this.dice.chance(20)) this.reports[h].push(host.report(false));
    return true;
  }

  private turn(): boolean {
    this.isTurnDue = false;
    const { releases, reached } = this.coordinator.turn();
    this.send(releases);
    if (reached === "cut") {
      this.send(this.coordinator.flush());
      this.coordinator.cap(this.cuts.shift() ?? Infinity);
      this.isTurnDue = true;
    }
    return reached !== "end";
  }

  private send(releases: readonly Release[]): void {
    for (const release of releases) this.releases[release.host].push(release);
  }
}

/** What the hosts did as one run: activations by (stamp, place in the federation), up to the earliest fault. */
export function mergeRuns(hosts: readonly Pick<Host, "trace" | "fault">[], { federates }: Federation): Run {
  type Placed = Pick<TraceEntry, "stamp" | "federate">;
  const place = new Map(federates.map((f, i) => [f.name, i]));
  const placeOf = ({ federate }: Placed) => place.get(federate) ?? -1;
  const byPlace = (a: Placed, b: Placed) => compareStamps(a.stamp, b.stamp) || placeOf(a) - placeOf(b);
  const trace = hosts.flatMap(host => host.trace).sort(byPlace);
  const [fault] = hosts.flatMap(host => host.fault ?? []).sort(byPlace);
  return fault === undefined ? { trace } : { trace: trace.filter(entry => byPlace(entry, fault) < 0), fault };
}
