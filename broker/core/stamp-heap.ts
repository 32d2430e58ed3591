import { isBefore } from "../wire/stamp.js";

/**
 * A priority queue of numbered parties, each with one stamp that may move either way.
 * Every party is always in the queue; one with nothing to do has time Infinity. `set` costs O(log N).
 * Equal stamps are ordered by number.
 */
export class StampHeap {
  readonly time: Float64Array;
  readonly phase: Float64Array;
  private readonly order: Int32Array;
  private readonly place: Int32Array;

  constructor(count: number) {
    this.time = new Float64Array(count).fill(Infinity);
    this.phase = new Float64Array(count).fill(Infinity);
    this.order = new Int32Array(count);
    this.place = new Int32Array(count);
    for (let party = 0; party < count; party++) this.order[party] = this.place[party] = party;
  }

  /** The party with the smallest stamp; −1 when there is no party. */
  first(): number {
    return this.order.length === 0 ? -1 : this.order[0];
  }

  /** Gives a party a new stamp. */
  set(party: number, time: number, phase: number): void {
    const { time: times, phase: phases } = this;
    if (times[party] === time && phases[party] === phase) return;
    const earlier = isBefore(time, phase, times[party], phases[party]);
    times[party] = time;
    phases[party] = phase;
    if (earlier) this.rise(party);
    else this.sink(party);
  }

  private less(a: number, b: number): boolean {
    const { time, phase } = this;
    if (time[a] !== time[b]) return time[a] < time[b];
    if (phase[a] !== phase[b]) return phase[a] < phase[b];
    return a < b;
  }

  private rise(party: number): void {
    const { order, place } = this;
    let at = place[party];
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.less(party, order[up])) break;
      order[at] = order[up];
      place[order[at]] = at;
      at = up;
    }
    order[at] = party;
    place[party] = at;
  }

  private sink(party: number): void {
    const { order, place } = this;
    let at = place[party];
    for (;;) {
      let down = 2 * at + 1;
      if (down >= order.length) break;
      if (down + 1 < order.length && this.less(order[down + 1], order[down])) down++;
      if (!this.less(order[down], party)) break;
      order[at] = order[down];
      place[order[at]] = at;
      at = down;
    }
    order[at] = party;
    place[party] = at;
  }
}
