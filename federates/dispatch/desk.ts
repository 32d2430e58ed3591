import type { Coordination, DispatchOutcome, DispatchRound, Payload } from "../../methods/index.js";
import type { Context } from "../../runtime/index.js";

/** A coordination under way, as far as it was told answers. It lives beside the state, which has all that it was told. */
interface Desk {
  readonly horizon: number;
  readonly coordination: Coordination;
  told: number;
  now: IteratorResult<DispatchRound, DispatchOutcome>;
}

/** What a desk rests on: the horizon, and the answers to its rounds so far, by round and node. */
export interface Minutes {
  readonly horizon: number;
  readonly heard: (readonly (Payload | undefined)[])[];
}

const desks = new WeakMap<Context, Desk>();

/**
 * The coordination of the running horizon where it stands: its next round, or its outcome. After a resume it is begun anew and told
 * everything that it had heard, which leads to the same place, since a coordination depends on the answers alone.
 */
export function standing(
  { horizon, heard }: Minutes,
  context: Context,
  begin: () => Coordination,
): IteratorResult<DispatchRound, DispatchOutcome> {
  let desk = desks.get(context);
  if (desk?.horizon !== horizon || desk.told > heard.length) {
    const coordination = begin();
    desk = { horizon, coordination, told: 0, now: firstRound(coordination) };
    desks.set(context, desk);
  }
  for (; desk.told < heard.length; desk.told++) {
    if (desk.now.done === true) break;
    desk.now = desk.coordination.next(heard[desk.told]);
  }
  return desk.now;
}

/** A generator takes no value with its first call. */
function firstRound(coordination: Coordination): IteratorResult<DispatchRound, DispatchOutcome> {
  return (coordination as Iterator<DispatchRound, DispatchOutcome>).next();
}
