import { CosimError } from "../broker/wire/index.js";
import { nearestName } from "./nearest.js";

/**
 * A copy of a case with values replaced: each assignment is `path=value`, as `federates.houses.params.count=40` or
 * `links[2].delay=5s`. A value is read as JSON where it is JSON, and as text otherwise.
 * @throws CosimError `COSIM_OPTION_INVALID` when a path leads nowhere.
 */
export function override(value: unknown, assignments: readonly string[]): unknown {
  if (assignments.length === 0) return value;
  const copy = structuredClone(value);
  for (const assignment of assignments) assign(copy, assignment);
  return copy;
}

function assign(root: unknown, assignment: string): void {
  const equals = assignment.indexOf("=");
  const keys = splitPath(assignment.slice(0, equals));
  const last = keys.pop();
  if (equals < 1 || last === undefined || last === "__proto__") {
    throw new CosimError("COSIM_OPTION_INVALID", `--set "${assignment}" is no assignment; write path=value.`);
  }
  const parent = keys.reduce(
    (at, key, i) => descend(at, key, { assignment, isParams: key === "params" && i === keys.length - 1 }),
    root,
  );
  if (!isContainer(parent) || (Array.isArray(parent) && !Object.hasOwn(parent, last)))
    throw leadsNowhere(assignment, last, parent);
  parent[last] = readValue(assignment.slice(equals + 1));
}

/** `links[2].delay` as `links`, `2`, `delay`. */
function splitPath(path: string): string[] {
  return path.split(/[.[\]]+/).filter(key => key !== "");
}

type Container = Record<string, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null;

function descend(
  at: unknown,
  key: string,
  { assignment, isParams }: { assignment: string; isParams: boolean },
): unknown {
  if (isContainer(at) && Object.hasOwn(at, key)) return at[key];
  if (!isContainer(at) || !isParams) throw leadsNowhere(assignment, key, at);
  return (at[key] = {});
}

function leadsNowhere(assignment: string, key: string, at: unknown): CosimError {
  const known = isContainer(at) ? Object.keys(at) : [];
  const meant = nearestName(key, known);
  const cure =
    meant === undefined ? `There is ${known.slice(0, 20).join(", ") || "nothing"}.` : `Did you mean "${meant}"?`;
  return new CosimError("COSIM_OPTION_INVALID", `--set ${assignment}: there is no "${key}". ${cure}`);
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
