import { CosimError } from "../../wire/errors.js";
import { isBefore, type Stamp } from "../../wire/stamp.js";
import { Coordinator, type Due, type Release, type Report } from "../coordinator.js";
import type { Mutant } from "../federation.js";
import { HostQueue } from "../host-queue.js";
import type { Message } from "../inbox.js";
import { requirePlan, type Plan } from "../plan.js";
import { Dice } from "./dice.js";
import type { Behaviour, Model, Run, RunFault, TraceEntry } from "./model.js";

/** One host of a run: its queue, the behaviours of its members and what they have done. */
class Host {
  readonly trace: TraceEntry[] = [];
  fault: RunFault | undefined;
  private readonly queue: HostQueue;
  private readonly behaviours: readonly Behaviour[];
  private readonly said: Map<number, Stamp> = new Map();

  constructor(
    private readonly plan: Plan,
    readonly members: readonly number[],
    model: Model,
  ) {
    this.queue = new HostQueue(plan, members, model.wrappers);
    this.behaviours = plan.federates.map(f => model.behaviours[f.shape.name]());
    for (const f of members) this.queue.seed(f, this.behaviours[f].initial ?? {});
  }

  receive(release: Pick<Release, "horizon" | "publications">): void {
    for (const publication of release.publications) this.queue.receive(publication);
    this.queue.release(release.horizon.time, release.horizon.phase);
  }

  /** Runs one activation; false when none may run. */
  step(): boolean {
    if (this.fault !== undefined) return false;
    let f = -1;
    try {
      f = this.queue.next();
      if (f < 0) return false;
      const { time, phase } = this.queue;
      const inputs = copyInputs(this.queue.inputs(f));
      const iteration = Math.floor(phase / 65536) % 1048576;
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

  /** What has changed since the last report. */
  report(idle: boolean): Report {
    const due = this.members.flatMap((federate): Due[] => {
      const [time, phase] = [this.queue.due.time[federate], this.queue.due.phase[federate]];
      const said = this.said.get(federate);
      if (said?.time === time && said.phase === phase) return [];
      this.said.set(federate, { time, phase });
      return [{ federate, time, phase }];
    });
    const publications = this.queue.outbox;
    this.queue.outbox = [];
    return { due, publications, idle };
  }
}

function copyInputs(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const withoutSequence = ({ time, source, output, payload }: Message) => ({ time, source, output, payload });
  const isMessages = (value: unknown): value is Message[] => Array.isArray(value) && value.every(v => isMessage(v));
  const copied = Object.entries(structuredClone(inputs)).map(([name, value]) => [name, isMessages(value) ? value.map(withoutSequence) : value]);
  return Object.fromEntries(copied) as Record<string, unknown>;
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "payload" in value && "sequence" in value;
}
