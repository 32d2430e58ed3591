/** A complex number as it travels: rectangular. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The typed arrays that a port may carry. */
export type Vector = Float64Array;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** True when two published values are equal in every number, text, element and key; NaN equals NaN. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "number" && typeof b === "number") return Number.isNaN(a) && Number.isNaN(b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return sameArray(a, b);
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  const keys = Object.keys(a);
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return keys.length === Object.keys(b).length && keys.every(key => key in right && sameValue(left[key], right[key]));
}

function sameArray(a: object, b: object): boolean {
  if (a instanceof Float64Array && b instanceof Float64Array) {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) {
      if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
    }
    return true;
  }
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return false;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/**
 * A copy that shares no memory with a published value. Negative zero becomes zero, so that a value is the
 * same whether or not it travelled.
 * @throws TypeError naming what cannot be published (functions, class instances, symbols, undefined).
 */
export function copyValue(value: unknown): unknown {
  switch (typeof value) {
    case "number":
      return value + 0;
    case "string":
    case "boolean":
      return value;
    case "object":
      return value === null ? null : copyObject(value);
    default:
      throw new TypeError(`a ${typeof value} cannot be published`);
  }
}

function copyObject(value: object): unknown {
  if (value instanceof Float64Array || value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return value.map(copyValue);
  if (!isPlain(value)) throw new TypeError(`an instance of ${value.constructor.name} cannot be published`);
  const source = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(source)) copy[key] = copyValue(source[key]);
  return copy;
}
