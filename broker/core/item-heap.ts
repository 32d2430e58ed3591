/** Something on its way to one input: what, from which activation, and from when on it can be seen. */
export interface Item {
  /** The item's stamp: activations with a greater stamp see it. */
  readonly time: number;
  readonly phase: number;
  /** Index of the link in the plan. */
  readonly link: number;
  /** Number of the publication at its output, from 1; a wrapper's further copies lie between it and the next. */
  readonly sequence: number;
  readonly value: unknown;
  /** The value is a vector whose memory belongs to this item alone. */
  readonly owned?: boolean;
}

function before(a: Item, b: Item): boolean {
  if (a.time !== b.time) return a.time < b.time;
  if (a.phase !== b.phase) return a.phase < b.phase;
  if (a.link !== b.link) return a.link < b.link;
  return a.sequence < b.sequence;
}

/** Items in stamp order: a binary heap, O(log N) to put in and to take out. */
export class ItemHeap {
  private readonly items: Item[] = [];

  get size(): number {
    return this.items.length;
  }

  /** The item with the smallest stamp. */
  first(): Item | undefined {
    return this.items[0];
  }

  /** Every item in stamp order, for a checkpoint. */
  sorted(): Item[] {
    return [...this.items].sort((a, b) => (before(a, b) ? -1 : 1));
  }

  add(item: Item): void {
    const { items } = this;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(item, items[up])) break;
      items[at] = items[up];
      at = up;
    }
    items[at] = item;
  }

  /** Takes out the item with the smallest stamp. */
  take(): Item | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && before(items[down + 1], items[down])) down++;
      if (!before(items[down], last)) break;
      items[at] = items[down];
      at = down;
    }
    items[at] = last;
    return top;
  }
}
