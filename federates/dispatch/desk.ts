import type { Coordination, DispatchMethod, DispatchOutcome, DispatchRound } from "../../methods/index.js";
import type { Payload, PublicProblem } from "../../methods/index.js";
import type { Context } from "../../runtime/index.js";

/** How a horizon is coordinated. */
export interface Begun {
  readonly problem: PublicProblem;
  readonly method: DispatchMethod;
  /** Why this method was taken where nobody named it. */
  readonly reason?: string;
  readonly coordination: Coordination;
}

/** A coordination under way, as far as it was told answers. It lives beside the state, which has all that it was told. */
export interface Desk extends Begun {
  readonly horizon: number;
  told: number;
  /** The next round, or the outcome. */
  now: IteratorResult<DispatchRound, DispatchOutcome>;
}

/** What a desk rests on: the horizon, and the answers to its rounds so far, by round and node. */
export interface Minutes {
  readonly horizon: number;
  readonly heard: readonly (readonly (Payload | undefined)[])[];
}

const desks = new WeakMap<Context, Desk>();

/**
 * The coordination of the running horizon where it stands. After a resume it is begun anew and told everything that it had
 * heard, which leads to the same place, since a coordination depends on the answers alone.
 */
export function deskOf({ horizon, heard }: Minutes, context: Context, begin: () => Begun): Desk {
  let desk = desks.get(context);
  if (desk?.horizon !== horizon || desk.told > heard.length) {
    const begun = begin();
    desk = { ...begun, horizon, told: 0, now: firstRound(begun.coordination) };
    desks.set(context, desk);
  }
  for (; desk.told < heard.length && desk.now.done !== true; desk.told++) {
    desk.now = desk.coordination.next(heard[desk.told]);
  }
  return desk;
}

/** A generator takes no value with its first call. */
function firstRound(coordination: Coordination): IteratorResult<DispatchRound, DispatchOutcome> {
  return (coordination as Iterator<DispatchRound, DispatchOutcome>).next();
}
