import type { FederateShape, LinkShape } from "../federation.js";
import type { LinkWrapper, OutgoingMessage, StepResult } from "../publication.js";
import { Dice, hashText } from "./dice.js";
import type { Behaviour, Sight } from "./model.js";
import { canonical } from "./text.js";

/** What an output publishes: numbers of which many are equal, sums that depend on their order, vectors, records. */
export type Flavour = "digit" | "seventh" | "vector" | "record";

/** How a random federate behaves, as data. */
export interface Habit {
  readonly seed: number;
  readonly flavours: Readonly<Record<string, Flavour>>;
  /** Per cent of activations that ask for a wake, and that cancel one. */
  readonly wakesPercent: number;
  readonly publishesPercent: number;
}

/** A link that delays at random beyond its minimum, loses and doubles. */
export interface Jitter {
  readonly seed: number;
  readonly spread: number;
  readonly lossPercent: number;
  readonly copyPercent: number;
}

/**
 * A federate that hashes everything it sees into a state, from which follows all that it does:
 * an item that is missed, doubled, late or out of order changes everything after it.
 */
export function hashingFederate(shape: FederateShape, habit: Habit, links: readonly LinkShape[]): Behaviour {
  let state = habit.seed;
  const step = ({ time, iteration, inputs }: Sight): StepResult => {
    state = hashText(`${state} ${time} ${iteration} ${canonical(inputs)}`);
    const dice = new Dice(state);
    const values = shape.outputs.filter(o => o.carries === "value" && speaks(dice, habit, iteration));
    const outputs = Object.fromEntries(values.map(o => [o.name, makeValue(dice, habit.flavours[o.name])]));
    const queues = shape.outputs.filter(o => o.carries === "messages" && speaks(dice, habit, iteration));
    const messages = queues.flatMap(o => sendSome(dice, `${shape.name}.${o.name}`, links));
    return { outputs, messages, wakeAt: chooseWake(dice, shape, habit, time) };
  };
  return { initial: initialOutputs(shape, habit), step };
}

/** The wrapper of a jittery link; a function of what it is given, so that it needs no state. */
export function jitteryLink({ seed, spread, lossPercent, copyPercent }: Jitter): LinkWrapper {
  return ({ value, time }) => {
    const dice = new Dice(hashText(`${seed} ${time} ${canonical(value)}`));
    if (dice.chance(lossPercent)) return [];
    const once = { value, extraDelay: dice.roll(spread + 1) };
    return dice.chance(copyPercent) ? [once, { value, extraDelay: dice.roll(spread + 1) }] : [once];
  };
}

/** The later the iteration, the quieter: loops converge, and not all at once. */
function speaks(dice: Dice, { publishesPercent }: Habit, iteration: number): boolean {
  return dice.chance(publishesPercent / (1 + iteration / 2));
}

function makeValue(dice: Dice, flavour: Flavour): unknown {
  if (flavour === "digit") return dice.roll(3);
  if (flavour === "seventh") return dice.roll(1000) / 7;
  if (flavour === "vector") return Float64Array.of(dice.roll(2), dice.roll(2) / 3);
  return { name: dice.pick(["x", "y"]), list: [dice.roll(2)] };
}

function initialOutputs(shape: FederateShape, { seed, flavours }: Habit): Record<string, unknown> {
  const dice = new Dice(hashText(`${seed} initial`));
  const chosen = shape.outputs.filter(o => o.carries === "value" && dice.chance(50));
  return Object.fromEntries(chosen.map(o => [o.name, makeValue(dice, flavours[o.name])]));
}

function sendSome(dice: Dice, from: string, links: readonly LinkShape[]): OutgoingMessage[] {
  const output = from.slice(from.indexOf(".") + 1);
  const targets = links.filter(link => link.from === from).map(link => link.to);
  return Array.from({ length: dice.roll(3) }, () => {
    const to = targets.length > 0 && dice.chance(40) ? dice.pick(targets) : undefined;
    return { output, to, payload: dice.roll(100) };
  });
}

/** A later time, no change, or a cancel; a purely periodic federate asks for points of its grid only. */
function chooseWake(dice: Dice, shape: FederateShape, habit: Habit, time: number): number | null | undefined {
  const { period, offset = 0, inputs } = shape;
  if (!dice.chance(habit.wakesPercent)) return dice.chance(5) ? null : undefined;
  const later = time + 1 + dice.roll(7);
  const free = period === undefined || inputs.some(input => input.wakes !== "never");
  return free ? later : offset + Math.ceil((later - offset) / period) * period;
}
