import { packValue, PackedValue, unpackValue } from "../wire/packed-value.js";
import type { Due, Publication, Report } from "../wire/exchange.js";
import type { HostQueue } from "./host-queue.js";

/** The side of a host's queue that faces the broker: takes in what others published and says what is new here. */
export class HostExchange {
  private readonly saidTime: Float64Array;
  private readonly saidPhase: Float64Array;

  constructor(readonly queue: HostQueue) {
    const count = queue.plan.federates.length;
    this.saidTime = new Float64Array(count).fill(NaN);
    this.saidPhase = new Float64Array(count).fill(NaN);
  }

  /** Takes in publications of other hosts. */
  take(publications: readonly Publication[]): void {
    for (const publication of publications) {
      const { value } = publication;
      this.queue.receive(value instanceof PackedValue ? { ...publication, value: unpackValue(value) } : publication);
    }
  }

  /** What was published for others and what is due otherwise than at the last report. */
  report(idle: boolean): Report {
    const { queue } = this;
    const publications = queue.outbox.map(p => ({ ...p, value: packValue(p.value) }));
    queue.outbox = [];
    return { due: this.changedDue(), publications, idle };
  }

  private changedDue(): Due[] {
    const { queue, saidTime, saidPhase } = this;
    const due: Due[] = [];
    for (const federate of queue.members) {
      const time = queue.due.time[federate];
      const phase = queue.due.phase[federate];
      if (saidTime[federate] === time && saidPhase[federate] === phase) continue;
      saidTime[federate] = time;
      saidPhase[federate] = phase;
      due.push({ federate, time, phase });
    }
    return due;
  }
}
