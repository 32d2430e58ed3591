import type { Multiplier } from "../product.js";

/** Computes products as they are defined. */
export const loopMultiplier = (sizes: readonly number[]): Multiplier => ({
  rooms: sizes.map(size => new Float32Array(size)),
  multiply({ left, leftRow, leftStep, right, to, rows, inner, columns, floor }) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += left[r * leftRow + k * leftStep] * right[k * columns + c];
        to[r * columns + c] = Math.max(floor, sum);
      }
    }
  },
  gate(values, gates, count) {
    for (let k = 0; k < count; k++) values[k] = gates[k] > 0 ? values[k] : 0;
  },
});
