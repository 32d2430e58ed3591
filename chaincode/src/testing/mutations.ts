/** A copy of a round with one field changed. */
export interface Mutation {
  /** Such as `bids.3.price: 7 → 8`. */
  readonly name: string;
  readonly mutant: unknown;
}

type Path = readonly (string | number)[];

/** Every copy of a value that differs in one field: each text changed in several ways, each member or element left out or new. */
export function mutationsOf(value: unknown, others: Readonly<Record<string, readonly string[]>>): Mutation[] {
  return mutate(value, []).map(({ path, change, what }) => ({
    name: `${path.join(".")}: ${what}`,
    mutant: changed(value, path, change),
  }));

  function mutate(part: unknown, path: Path): Change[] {
    if (typeof part === "string") return textChanges(part, path);
    if (Array.isArray(part)) {
      const elements = part.flatMap((element, i) => [
        ...mutate(element, [...path, i]),
        { path, what: `without element ${i}`, change: () => part.filter((_, j) => j !== i) },
      ]);
      const twice = { path, what: "the last twice", change: () => [...(part as unknown[]), part.at(-1)] };
      return [...elements, ...(part.length > 0 ? [twice] : [])];
    }
    const members = Object.entries(part as object).flatMap(([key, member]) => [
      ...mutate(member, [...path, key]),
      { path, what: `without ${key}`, change: () => without(part as object, key) },
    ]);
    return [...members, { path, what: "something unknown", change: () => ({ ...(part as object), unknown: "1" }) }];
  }

  function textChanges(text: string, path: Path): Change[] {
    const field = String(path.at(-1));
    const known = others[field] ?? others[String(path.at(-2))] ?? [];
    const isInteger = /^-?\d+$/.test(text);
    const integers = isInteger ? nearby(BigInt(text)) : [];
    const spellings = isInteger ? [`0${text}`, `${text}.0`, `${text}e0`, `+${text}`, "NaN"] : [flipped(text)];
    const texts = [...known, ...integers, ...spellings, "", `${text} `].filter(each => each !== text);
    const types = [Number(text), null, true, [text], { text }];
    return [...texts, ...types].map(other => ({
      path,
      what: `${text} → ${JSON.stringify(other)}`,
      change: () => other,
    }));
  }
}

interface Change {
  readonly path: Path;
  readonly what: string;
  readonly change: () => unknown;
}

function nearby(number: bigint): string[] {
  return [number + 1n, number - 1n, -number, number * 10n, 0n, number + (1n << 53n)].map(String);
}

function flipped(text: string): string {
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + (text[middle] === "A" ? "B" : "A") + text.slice(middle + 1);
}

function without(part: object, key: string): object {
  return Object.fromEntries(Object.entries(part).filter(([name]) => name !== key));
}

function changed(value: unknown, [key, ...rest]: Path, change: () => unknown): unknown {
  if (key === undefined) return change();
  if (Array.isArray(value)) return value.map((each, i) => (i === key ? changed(each, rest, change) : each) as unknown);
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => [name, name === key ? changed(each, rest, change) : each]),
  );
}
