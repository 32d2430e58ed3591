import { HostQueue, requirePlan, type Plan } from "../../broker/core/index.js";
import { copyInputs } from "../../broker/core/oracle/host-runners.js";
import type { Behaviour, Model, RunFault, TraceEntry } from "../../broker/core/oracle/model.js";
import { CosimError, iterationOf } from "../../broker/wire/index.js";
import type { RunningHost } from "../joined-host.js";

/** Some federates of a model of the oracle, run as a host of a real run. */
export class ModelHost implements RunningHost {
  readonly plan: Plan;
  readonly queue: HostQueue;
  readonly trace: TraceEntry[] = [];
  fault: RunFault | undefined;
  private readonly behaviours: readonly Behaviour[];

  constructor(
    model: Model,
    readonly members: readonly number[],
  ) {
    this.plan = requirePlan(model.federation);
    this.queue = new HostQueue(this.plan, members, model.wrappers);
    this.behaviours = this.plan.federates.map(f => model.behaviours[f.shape.name]());
  }

  create(): Promise<void> {
    for (const f of this.members) this.queue.seed(f, this.behaviours[f].initial ?? {});
    return Promise.resolve();
  }

  async advance(signal?: AbortSignal, onYield?: () => void | Promise<void>): Promise<boolean> {
    const { queue } = this;
    for (let f = this.next(); f >= 0; f = this.next()) {
      const { time, phase } = queue;
      const inputs = copyInputs(queue.inputs(f));
      const result = this.behaviours[f].step({ time, iteration: iterationOf(phase), inputs });
      queue.finish(f, result);
      this.trace.push({ federate: this.plan.federates[f].shape.name, stamp: { time, phase }, inputs, result });
      if (this.trace.length % 5 === 0) await onYield?.();
      if (signal?.aborted === true) return false;
    }
    return true;
  }

  private next(): number {
    try {
      return this.queue.next();
    } catch (error) {
      const { time, phase } = this.queue;
      if (error instanceof CosimError) {
        this.fault = { code: error.code, federate: error.details.party ?? "", stamp: { time, phase } };
      }
      throw error;
    }
  }

  save(): never {
    throw new Error("a model is not saved");
  }

  restore(): never {
    throw new Error("a model is not restored");
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
