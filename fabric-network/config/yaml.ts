/** A value that YAML can express; undefined fields are left out. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/** Writes a value as YAML in block style; strings are always quoted, so that none is taken for a number or a date. */
export function toYaml(value: Yaml): string {
  return `${lines(value).join("\n")}\n`;
}

function lines(value: Yaml): string[] {
  if (typeof value !== "object") return [JSON.stringify(value)];
  if (isList(value)) {
    if (value.length === 0) return ["[]"];
    return value.flatMap(item => hang("- ", lines(item)));
  }
  const entries = Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as const]));
  if (entries.length === 0) return ["{}"];
  return entries.flatMap(([key, item]) => field(key, item));
}

function field(key: string, item: Yaml): string[] {
  const below = lines(item);
  const isNested = typeof item === "object" && below[0] !== "[]" && below[0] !== "{}";
  return isNested ? [`${key}:`, ...below.map(line => `  ${line}`)] : [`${key}: ${below[0]}`];
}

function hang(mark: string, [first, ...rest]: readonly string[]): string[] {
  return [mark + first, ...rest.map(line => " ".repeat(mark.length) + line)];
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}
