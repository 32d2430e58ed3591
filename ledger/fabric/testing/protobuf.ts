/** The fields of a generated message, by the names of its setters. */
type Fields<M> = {
  readonly [K in keyof M as K extends `set${infer Name}` ? Uncapitalize<Name> : never]?: M[K] extends (
    value: infer V,
  ) => void
    ? V
    : never;
};

/** A message with its fields set. */
export function message<M extends object>(type: new () => M, fields: Fields<M>): M {
  const made = new type();
  const setters = made as Readonly<Record<string, (value: unknown) => void>>;
  for (const [name, value] of Object.entries(fields)) setters[`set${name[0].toUpperCase()}${name.slice(1)}`](value);
  return made;
}
