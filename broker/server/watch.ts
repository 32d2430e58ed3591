import type { Coordinator } from "../core/index.js";
import { CosimError } from "../wire/index.js";
import { hostError, type HostErrorCode } from "./blame.js";
import type { Gone, HostSlot } from "./roster.js";
import type { RunState } from "./status.js";

/** Ticks for which frames of a host that is gone may still come; time alone would not mean that they were looked for. */
const GRACE_TICKS = 3;

/** What is watched, and the limits. */
export interface WatchOptions {
  readonly slots: readonly HostSlot[];
  readonly coordinator: Coordinator;
  /** Wall-clock milliseconds at which hosts could begin to join. */
  readonly startedAt: number;
  readonly joinSeconds?: number;
  readonly stepTimeoutSeconds?: ReadonlyMap<number, number>;
}

/** Notes that a host is gone; that its process has ended says more than that its connection is lost. */
export function markGone(slot: HostSlot, code: Gone["code"], what: string): void {
  if (slot.hasLeft || (slot.gone !== undefined && code === "COSIM_FEDERATE_SILENT")) return;
  slot.gone = { code, what, ticks: slot.gone?.ticks ?? 0 };
}

/** Finds hosts that do not come, are gone or take too long. */
export class Watch {
  constructor(private readonly options: WatchOptions) {}

  /** Hosts that are gone for good; what they sent before may have been under way, so they are given a few ticks. */
  buried(): { readonly slot: HostSlot; readonly error: CosimError }[] {
    const due = this.options.slots.filter(
      ({ gone, hasLeft }) => !hasLeft && gone !== undefined && ++gone.ticks >= GRACE_TICKS,
    );
    return due.flatMap(slot =>
      slot.gone === undefined ? [] : [{ slot, error: this.hostError(slot.gone.code, slot, slot.gone.what) }],
    );
  }

  /** The error of whoever is late at this wall-clock millisecond. */
  lateness(state: RunState, now: number): CosimError | undefined {
    if (state === "joining") return this.missing(now);
    return state === "running" ? this.slowStep(now) : undefined;
  }

  private missing(now: number): CosimError | undefined {
    const { slots, startedAt, joinSeconds = 60 } = this.options;
    const missing = slots.flatMap(slot => (slot.client === undefined ? [slot.plan.name] : []));
    if (missing.length === 0 || now - startedAt <= joinSeconds * 1000) return undefined;
    const message = `After ${joinSeconds} s these have not joined: ${missing.join(", ")}. Look at their logs.`;
    return new CosimError("COSIM_CONNECT_TIMEOUT", message, { party: missing[0] });
  }

  private slowStep(now: number): CosimError | undefined {
    const { slots, coordinator, stepTimeoutSeconds } = this.options;
    if (stepTimeoutSeconds === undefined || stepTimeoutSeconds.size === 0) return undefined;
    for (const slot of slots) {
      const due = slot.working ? coordinator.nextDue(slot.index) : undefined;
      const limit = due === undefined ? undefined : stepTimeoutSeconds.get(due.federate);
      if (limit === undefined || now - slot.heardAt <= limit * 1000) continue;
      return this.hostError("COSIM_STEP_TIMEOUT", slot, `has been in one step for more than ${limit} s`);
    }
    return undefined;
  }

  hostError(code: HostErrorCode, slot: HostSlot, what: string): CosimError {
    return hostError(code, what, { slot, coordinator: this.options.coordinator });
  }
}
