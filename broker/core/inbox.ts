import { isBefore } from "../wire/stamp.js";
import { sameValue } from "../wire/value.js";
import type { InputShape, Mutant } from "./federation.js";
import { ItemHeap, type Item } from "./item-heap.js";
import { compareText, type Plan, type PlannedLink } from "./plan.js";

/** A message as its receiver sees it. */
export interface Message {
  /** Time at which it arrived, in ticks. */
  readonly time: number;
  readonly source: string;
  readonly output: string;
  readonly sequence: number;
  readonly payload: unknown;
}

/** What one link has brought to its input so far. */
export interface Slot {
  readonly link: PlannedLink;
  readonly input: InputShape;
  readonly source: string;
  readonly output: string;
  /** The only link of an input that does not combine. */
  readonly single: boolean;
  held: unknown;
  /** Sequence number of the value held; −1 before the first item. */
  sequence: number;
  /** The held vector is this slot's alone, so that its memory can carry a later item. */
  owned: boolean;
  /** Memory of a vector that was held before. */
  spare: Float64Array | undefined;
}

/** A copy of a vector for one slot alone, in memory that the slot has done with where there is some. */
export function copyForSlot(slot: Slot, vector: Float64Array): Float64Array {
  const copy = slot.spare?.length === vector.length ? slot.spare : new Float64Array(vector.length);
  slot.spare = undefined;
  copy.set(vector);
  return copy;
}

const NONE: readonly Message[] = Object.freeze([]);

/** Everything that has reached one federate: values held, messages unread, items that it cannot see yet. */
export class Inbox {
  /** What the federate reads, by input name; kept up to date by `settle`. */
  readonly inputs: Record<string, unknown> = {};
  readonly slots: readonly Slot[];
  readonly waking = new ItemHeap();
  readonly silent = new ItemHeap();
  readonly unread: Message[][];
  private readonly shapes: readonly InputShape[];
  private readonly messageInputs: readonly number[];
  private readonly combined: readonly number[];

  constructor(
    plan: Plan,
    federate: number,
    private readonly mutant: Mutant | undefined = plan.mutant,
  ) {
    const { shape, inLinks } = plan.federates[federate];
    this.shapes = shape.inputs;
    this.slots = inLinks.map(index => {
      const link = plan.links[index];
      const source = plan.federates[link.source].shape;
      const input = shape.inputs[link.input];
      const single = input.carries === "value" && input.combine === undefined;
      const output = source.outputs[link.output].name;
      const held = single ? input.initial : undefined;
      return { link, input, source: source.name, output, single, held, sequence: -1, owned: false, spare: undefined };
    });
    this.unread = shape.inputs.map(() => []);
    const indexes = shape.inputs.map((_, i) => i);
    this.messageInputs = indexes.filter(i => shape.inputs[i].carries === "messages");
    this.combined = indexes.filter(i => shape.inputs[i].carries === "value" && shape.inputs[i].combine !== undefined);
    for (const input of shape.inputs) this.inputs[input.name] = input.carries === "messages" ? NONE : input.initial;
  }

  /** Takes an item in as visible. Returns true when it wakes the federate. */
  take(slot: Slot, item: Pick<Item, "time" | "sequence" | "value" | "owned">): boolean {
    if (slot.input.carries === "messages") {
      const { time, sequence, value: payload } = item;
      this.unread[slot.link.input].push({ time, source: slot.source, output: slot.output, sequence, payload });
      return slot.input.wakes !== "never";
    }
    if (item.sequence < slot.sequence && this.mutant !== "older-value-overwrites") return false;
    const { wakes } = slot.input;
    const wakesNow = wakes === "any" || (wakes === "change" && !sameValue(slot.held, item.value));
    if (slot.owned) slot.spare = slot.held as Float64Array;
    slot.owned = item.owned === true;
    slot.held = item.value;
    slot.sequence = item.sequence;
    if (slot.single) this.inputs[slot.input.name] = item.value;
    return wakesNow;
  }

  /** The smallest item that a stamp can see, taken out of the waiting ones; undefined when there is none. */
  takeVisible(heap: ItemHeap, time: number, phase: number): Item | undefined {
    const item = heap.first();
    return item !== undefined && isBefore(item.time, item.phase, time, phase) ? heap.take() : undefined;
  }

  /** Makes `inputs` what an activation sees: sorted messages and combined values. Unread messages become read. */
  settle(): void {
    for (const i of this.messageInputs) {
      const unread = this.unread[i];
      if (unread.length === 0) {
        this.inputs[this.shapes[i].name] = NONE;
        continue;
      }
      if (this.mutant !== "arrival-order") unread.sort(compareMessages);
      this.inputs[this.shapes[i].name] = unread;
      this.unread[i] = [];
    }
    for (const i of this.combined) this.inputs[this.shapes[i].name] = this.combine(i);
  }

  private combine(input: number): unknown {
    const { combine, initial } = this.shapes[input];
    const held = this.slots.flatMap(slot => (slot.link.input === input && slot.held !== undefined ? [slot.held] : []));
    if (combine === "list") return held;
    if (held.length === 0) return initial;
    const numbers = held as number[];
    if (combine === "min") return numbers.reduce((a, b) => (b < a ? b : a));
    if (combine === "max") return numbers.reduce((a, b) => (b > a ? b : a));
    const sum = numbers.reduce((a, b) => a + b, 0);
    return combine === "mean" ? sum / numbers.length : sum;
  }
}

function compareMessages(a: Message, b: Message): number {
  return (
    a.time - b.time || compareText(a.source, b.source) || compareText(a.output, b.output) || a.sequence - b.sequence
  );
}
