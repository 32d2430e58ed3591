/** Keys as Fabric has them: texts in UTF-8, ordered by their bytes; composite keys begin with U+0000. */
const SEPARATOR = "\u0000";
const LAST_RUNE = "\u{10ffff}";

/** Where an open range begins, so that composite keys stay out of it. */
export const FIRST_SIMPLE_KEY = "\u0001";

/**
 * `U+0000 type U+0000 attribute U+0000 …`
 * @throws Error for an empty type or attribute, as the shim does.
 */
export function compositeKey(type: string, attributes: readonly string[]): string {
  if (!Array.isArray(attributes)) throw new Error("attributes must be an array");
  for (const part of [type, ...(attributes as readonly unknown[])]) {
    if (typeof part !== "string" || part === "")
      throw new Error("object type or attribute not a non-zero length string");
  }
  return SEPARATOR + [type, ...attributes].map(part => part + SEPARATOR).join("");
}

/** Type and attributes of a composite key; a simple key has neither. */
export function splitCompositeKey(key: string): { objectType: string | null; attributes: string[] } {
  if (key.length < 2 || !key.startsWith(SEPARATOR)) return { objectType: null, attributes: [] };
  const [objectType, ...attributes] = key.slice(1).split(SEPARATOR);
  return { objectType, attributes: attributes.slice(0, -1) };
}

/** Bounds of all composite keys that begin with this one. */
export function rangeBelow(partialKey: string): { start: string; end: string } {
  return { start: partialKey, end: partialKey + LAST_RUNE };
}

/** @throws Error for a key in the composite keys' namespace, as the shim does for ranges. */
export function assertSimpleKey(key: string): void {
  if (key.startsWith(SEPARATOR)) {
    throw new Error(`first character of the key [${key}] contains a null character which is not allowed`);
  }
}

/** @throws Error for a key that a peer would refuse to write: empty, or no text in UTF-8. */
export function assertKey(key: string): void {
  if (key === "") throw new Error("key must not be an empty string");
  if (/\p{Surrogate}/u.test(key)) throw new Error(`invalid key [${JSON.stringify(key)}], must be a UTF-8 string`);
}

/** Order of the keys' UTF-8 bytes, which is that of their code points and not that of `<`. */
export function compareKeys(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [one.charCodeAt(i), other.charCodeAt(i)];
    if (a !== b) return surrogatesLast(a) - surrogatesLast(b);
  }
  return one.length - other.length;
}

/** UTF-16 puts the surrogates of high code points before U+E000; UTF-8 puts those code points after U+FFFF. */
function surrogatesLast(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
