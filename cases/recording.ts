import type { Case } from "./schema.js";

/** The case with its `record`, where it has one, handed to every recorder. */
export function applyRecord(shape: Case): Case {
  const { record } = shape;
  if (record === undefined) return shape;
  const federates = Object.entries(shape.federates).map(([name, entry]) =>
    entry.use === "recorder" ? [name, { ...entry, params: { ...entry.params, record } }] : [name, entry],
  );
  return { ...shape, federates: Object.fromEntries(federates) as Case["federates"] };
}
