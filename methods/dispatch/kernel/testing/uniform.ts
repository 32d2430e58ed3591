/** Numbers in [0, 1) from a seed (Numerical Recipes' linear congruential generator): enough to draw test programs. */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
