/** Hash of a text: FNV-1a with a final mix, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

function mix(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Repeatable random choices: the n-th roll depends on the seed and n alone. */
export class Dice {
  private rolled = 0;

  constructor(private readonly seed: number) {}

  /** An integer from 0 to `sides − 1`. */
  roll(sides: number): number {
    this.rolled++;
    return mix(this.seed ^ Math.imul(this.rolled, 0x9e3779b9)) % sides;
  }

  /** True in `percent` of a hundred rolls. */
  chance(percent: number): boolean {
    return this.roll(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.roll(choices.length)];
  }

  /** The same elements in a random order. */
  shuffle<T>(elements: readonly T[]): T[] {
    const rest = [...elements];
    return elements.map(() => rest.splice(this.roll(rest.length), 1)[0]);
  }
}
