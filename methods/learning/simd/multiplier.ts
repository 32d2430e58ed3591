import type { Multiplier, Product } from "../product.js";
import { assemble } from "./assembler.js";
import { gateCode, multiplyCode } from "./functions.js";

const PAGE_BYTES = 65_536;
const FLOAT_BYTES = 4;

/** The part of the global `WebAssembly` that is used here. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, Run>> };
};

type Run = (...values: number[]) => void;

const MODULE = assemble([multiplyCode(), gateCode()]);

/**
 * Computes products with WebAssembly's vector instructions. Each sum is rounded to float32 term by term in the order of k,
 * so its bits are the same on every machine.
 */
export function simdMultiplier(sizes: readonly number[]): Multiplier {
  const bytes = sizes.reduce((total, size) => total + size, 0) * FLOAT_BYTES;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const { multiply, gate } = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { host: { memory } }).exports;
  let used = 0;
  const take = (size: number) => {
    const room = new Float32Array(memory.buffer, used, size);
    used += room.byteLength;
    return room;
  };
  return {
    rooms: sizes.map(take),
    multiply: product => multiply(...argumentsOf(product)),
    gate: (values, gates, count) => gate(values.byteOffset, values.byteOffset + count * FLOAT_BYTES, gates.byteOffset),
  };
}

/** In the order of `multiply`'s parameters. */
function argumentsOf({ left, leftRow, leftStep, right, to, rows, inner, columns, floor }: Product): number[] {
  const rowBytes = columns * FLOAT_BYTES;
  const [weights, sums] = [right.byteOffset, to.byteOffset];
  return [
    left.byteOffset,
    leftRow * FLOAT_BYTES,
    leftStep * FLOAT_BYTES,
    weights,
    weights + inner * rowBytes,
    sums,
    sums + rows * rowBytes,
    rowBytes,
    floor,
  ];
}
