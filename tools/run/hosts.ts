import type { Assembly } from "../../runtime/index.js";

/** One host of a run: its name, its federates, and whether a foreign program speaks for it. */
export interface HostEntry {
  readonly name: string;
  readonly federates: readonly string[];
  readonly isForeign: boolean;
}

/** The kind of federate that a program outside runs. */
const EXTERNAL = "external";

/**
 * The hosts behind groups of federates: one for each group, named after its only federate or numbered, and one for
 * each external federate. A number has a dot, which no federate's name has.
 */
export function planHosts(groups: readonly (readonly string[])[], { members }: Assembly): HostEntry[] {
  const external = new Set(members.filter(member => member.use === EXTERNAL).map(member => member.name));
  const own = groups.map(group => group.filter(name => !external.has(name))).filter(group => group.length > 0);
  return [
    ...own.map((federates, i) => ({
      name: federates.length === 1 ? federates[0] : `host.${i + 1}`,
      federates,
      isForeign: false,
    })),
    ...[...external].map(name => ({ name, federates: [name], isForeign: true })),
  ];
}

/** True when a case needs a broker although it is to run on one host. */
export function hasExternal({ members }: Assembly): boolean {
  return members.some(member => member.use === EXTERNAL);
}
