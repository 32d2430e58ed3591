import type { Plan } from "../core/index.js";
import type { Publication } from "../wire/index.js";
import { PackedValue } from "../wire/protocol.js";

/** Bytes of values in one frame, beyond which the rest goes into the next. */
const PARCEL_BYTES = 1_048_576;
/** Bytes that may wait for hosts at work before nobody else is let go on. */
const LIMIT_BYTES = 134_217_728;
/** What a publication weighs apart from its value. */
const OVERHEAD_BYTES = 64;

function bytesOf({ value }: Publication): number {
  return OVERHEAD_BYTES + (value instanceof PackedValue ? value.bytes.length : 0);
}

/** What waits in the broker for hosts that are still at work: the reason to let the others wait for them. */
export class Backlog {
  private bytes = 0;
  /** Number of other hosts that each output reaches. */
  private readonly reach: readonly (readonly number[])[];

  constructor(
    private readonly plan: Plan,
    private readonly hostOf: readonly number[],
    private readonly limitBytes = LIMIT_BYTES,
  ) {
    this.reach = plan.federates.map((federate, f) =>
      federate.outLinks.map(links => {
        const targets = new Set(links.map(l => hostOf[plan.links[l].target]));
        targets.delete(hostOf[f]);
        return targets.size;
      }),
    );
  }

  get isFull(): boolean {
    return this.bytes > this.limitBytes;
  }

  add(publications: readonly Publication[]): void {
    for (const publication of publications) this.bytes += this.targets(publication) * bytesOf(publication);
  }

  remove(publications: readonly Publication[]): void {
    for (const publication of publications) this.bytes -= bytesOf(publication);
  }

  private targets({ source, output, link }: Publication): number {
    if (link === undefined) return this.reach[source][output];
    return this.hostOf[this.plan.links[link].target] === this.hostOf[source] ? 0 : 1;
  }
}

/** Publications in frames of a bearable size, in order; at least one, which may be empty. */
export function parcels(publications: readonly Publication[]): Publication[][] {
  let parcel: Publication[] = [];
  let bytes = 0;
  const all = [parcel];
  for (const publication of publications) {
    if (bytes >= PARCEL_BYTES) {
      parcel = [];
      all.push(parcel);
      bytes = 0;
    }
    parcel.push(publication);
    bytes += bytesOf(publication);
  }
  return all;
}
