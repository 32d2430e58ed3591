import { CosimError, type Fault } from "../broker/wire/index.js";
import { nearestName } from "../runtime/index.js";

/**
 * A copy of a case with values replaced: each assignment is `path=value`, as `federates.houses.params.count=40` or
 * `links[2].delay=5s`. A value is read as JSON where it is JSON, and as text otherwise.
 * @throws CosimError `COSIM_OPTION_INVALID` when a path leads nowhere.
 */
export function override(value: unknown, assignments: readonly string[]): unknown {
  if (assignments.length === 0) return value;
  const copy = structuredClone(value);
  for (const assignment of assignments) {
    const refusal = assign(copy, assignment);
    if (refusal === undefined) continue;
    throw new CosimError("COSIM_OPTION_INVALID", `--set ${assignment}: ${refusal.problem} ${refusal.cure}`);
  }
  return copy;
}

/** What is wrong with assignments that stand in a case itself, by their places in the list; nothing when `override` would take them. */
export function assignmentFaults(value: unknown, assignments: readonly string[]): Fault[] {
  const copy = structuredClone(value);
  return assignments.flatMap((assignment, i) => {
    const refusal = assign(copy, assignment);
    if (refusal === undefined) return [];
    return [{ path: `[${i}]`, problem: `is "${assignment}"; ${refusal.problem}`, cure: refusal.cure }];
  });
}

/** Why an assignment is not made. */
type Refusal = Pick<Fault, "problem" | "cure">;

function assign(root: unknown, assignment: string): Refusal | undefined {
  const equals = assignment.indexOf("=");
  const keys = splitPath(assignment.slice(0, Math.max(0, equals)));
  const last = keys.pop();
  if (last === undefined || last === "__proto__") return { problem: "it is no assignment.", cure: "Write path=value." };
  let parent = root;
  for (const [i, key] of keys.entries()) {
    if (!isContainer(parent)) return leadsNowhere(key, parent);
    const isParams = key === "params" && i === keys.length - 1;
    if (isParams && !Object.hasOwn(parent, key)) parent[key] = {};
    if (!Object.hasOwn(parent, key)) return leadsNowhere(key, parent);
    parent = parent[key];
  }
  if (!isContainer(parent) || (Array.isArray(parent) && !Object.hasOwn(parent, last)))
    return leadsNowhere(last, parent);
  parent[last] = readValue(assignment.slice(equals + 1));
  return undefined;
}

/** `links[2].delay` as `links`, `2`, `delay`. */
function splitPath(path: string): string[] {
  return path.split(/[.[\]]+/).filter(key => key !== "");
}

type Container = Record<string, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null;

function leadsNowhere(key: string, at: unknown): Refusal {
  const known = isContainer(at) ? Object.keys(at) : [];
  const meant = nearestName(key, known);
  const there = `There is ${known.slice(0, 20).join(", ") || "nothing"}.`;
  return { problem: `there is no "${key}".`, cure: meant === undefined ? there : `Did you mean "${meant}"?` };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
