import { CosimError, type Fault } from "../broker/wire/index.js";
import { checkCase, type CaseSource } from "./check.js";
import { assignmentFaults, override } from "./overrides.js";

/**
 * The changes that make a twin of a case.
 * @throws CosimError `COSIM_OPTION_INVALID` naming the twins that there are.
 */
export function twinOf(value: unknown, name: string): readonly string[] {
  const twins = twinsOf(value);
  if (Object.hasOwn(twins, name)) return twins[name];
  const known = Object.keys(twins);
  const cure =
    known.length === 0
      ? 'The case names none; add them to case.json under "twins".'
      : `Its twins are ${known.join(", ")}.`;
  throw new CosimError("COSIM_OPTION_INVALID", `The case has no twin "${name}". ${cure}`);
}

/** Every fault of a case's twins: changes that lead nowhere, and what is wrong with the case that they make. */
export async function twinFaults({ value, folder }: Omit<CaseSource, "file">): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [name, assignments] of Object.entries(twinsOf(value))) {
    const refused = assignmentFaults(value, assignments).map(fault => ({
      ...fault,
      path: `twins.${name}${fault.path}`,
    }));
    faults.push(...refused);
    if (refused.length > 0) continue;
    const made = (await checkCase({ value: override(value, assignments), folder })).faults;
    faults.push(...made.map(fault => ({ ...fault, path: `twins.${name}: ${fault.path}` })));
  }
  return faults;
}

/** The twins of a case as written; those that are not lists of texts are the schema's faults, not ours. */
function twinsOf(value: unknown): Readonly<Record<string, readonly string[]>> {
  const { twins } = (value ?? {}) as { twins?: unknown };
  if (typeof twins !== "object" || twins === null) return {};
  const isList = (entry: [string, unknown]): entry is [string, string[]] =>
    Array.isArray(entry[1]) && entry[1].every(one => typeof one === "string");
  return Object.fromEntries(Object.entries(twins as Record<string, unknown>).filter(isList));
}
