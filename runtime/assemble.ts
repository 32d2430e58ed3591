import {
  planFederation,
  type FederateShape,
  type Federation,
  type LinkShape,
  type Plan,
} from "../broker/core/index.js";
import {
  CosimError,
  formatFaults,
  parseDuration,
  ticksPerSecond,
  type Duration,
  type Fault,
} from "../broker/wire/index.js";
import type { CaseShape, LinkEntry } from "./case-shape.js";
import type { SetupContext } from "./context.js";
import type { AnyFederate } from "./define-federate.js";
import { planWrappers, type PlannedWrapper } from "./link-wrappers.js";
import { portFaults } from "./port-faults.js";
import { readLinks } from "./read-links.js";
import type { InputDeclarations, OutputDeclarations } from "./ports.js";
import { schemaFaults } from "./schema-faults.js";

/** One instance of a federate with its parameters checked and its ports known. */
export interface MemberPlan {
  readonly name: string;
  readonly use: string;
  readonly definition: AnyFederate;
  readonly params: unknown;
  readonly inputs: InputDeclarations;
  readonly outputs: OutputDeclarations;
  readonly setup: SetupContext;
}

/** A case that can run: the plan of its federation and its members in the plan's order. */
export interface Assembly {
  readonly plan: Plan;
  readonly members: readonly MemberPlan[];
  readonly links: readonly LinkEntry[];
  readonly wrappers: readonly PlannedWrapper[];
}

/** Finds the definition behind a `use`; rejects with a CosimError when there is none. */
export type LoadFederate = (use: string, folder: string) => Promise<AnyFederate>;

/** An assembly, or every fault of the case. */
export interface AssemblyResult {
  readonly assembly?: Assembly;
  readonly faults: readonly Fault[];
}

/**
 * Turns a case into a federation: loads every federate, checks parameters, ports, units, links and times,
 * and reports all faults together.
 */
export async function assemble(shape: CaseShape, folder: string, load: LoadFederate): Promise<AssemblyResult> {
  const faults: Fault[] = [];
  const time = (path: string, duration: Duration | undefined) => readTime(path, duration, shape.tick ?? "1us", faults);
  const until = time("until", shape.until) ?? 0;
  const members: MemberPlan[] = [];
  for (const [name, entry] of Object.entries(shape.federates)) {
    const setup = setupOf(shape, { name, folder, until });
    const member = await loadMember(setup, entry, { load, faults });
    if (member !== undefined) members.push(member);
  }
  const links = readLinks(shape.links, faults);
  const wrappers = planWrappers(links, shape.tick ?? "1us", faults);
  const federation = toFederation(shape, members, { links, until, time });
  const isWhole = members.length === Object.keys(shape.federates).length && links.every(link => link.to !== "");
  if (!isWhole) {
    faults.push(...knownLinkFaults(federation, shape, links));
    return { faults };
  }
  const { plan, faults: planFaults } = planFederation(federation);
  faults.push(...planFaults, ...portFaults(members, links, plan));
  if (plan === undefined || faults.length > 0) return { faults };
  return { assembly: { plan, members, links, wrappers }, faults };
}

/** As `assemble`, but throws `COSIM_CASE_INVALID` with every fault. */
export async function requireAssembly(shape: CaseShape, folder: string, load: LoadFederate): Promise<Assembly> {
  const { assembly, faults } = await assemble(shape, folder, load);
  if (assembly !== undefined) return assembly;
  throw new CosimError(
    "COSIM_CASE_INVALID",
    `The case "${shape.name}" has ${faults.length} fault(s):\n${formatFaults(faults)}`,
  );
}

function setupOf(
  shape: CaseShape,
  { name, folder, until }: { name: string; folder: string; until: number },
): SetupContext {
  const { start, seed = 0, behaviour = "corrected" } = shape;
  const perSecond = ticksPerSecond(shape.tick ?? "1us");
  return { name, caseName: shape.name, folder, start, until, ticksPerSecond: perSecond, behaviour, seed };
}

interface Loading {
  readonly load: LoadFederate;
  readonly faults: Fault[];
}

async function loadMember(
  setup: SetupContext,
  entry: { use: string; params?: unknown },
  { load, faults }: Loading,
): Promise<MemberPlan | undefined> {
  const path = `federates.${setup.name}`;
  let definition: AnyFederate;
  try {
    definition = await load(entry.use, setup.folder);
  } catch (error) {
    const cure = "Use a built-in name, or the path of a module that exports a federate as its default.";
    faults.push({ path: `${path}.use`, problem: (error as Error).message, cure });
    return undefined;
  }
  const parsed = definition.params.safeParse(entry.params ?? {});
  if (!parsed.success) {
    const wording = { stranger: "is no parameter.", cure: `It is a parameter of "${entry.use}".` };
    const reading = { schema: definition.params, path: `${path}.params`, ...wording };
    faults.push(...schemaFaults(parsed.error, entry.params ?? {}, reading));
    return undefined;
  }
  const params = parsed.data;
  faults.push(...(definition.check?.(params, setup) ?? []).map(f => ({ ...f, path: `${path}.${f.path}` })));
  const inputs = typeof definition.inputs === "function" ? definition.inputs(params) : definition.inputs;
  const outputs = typeof definition.outputs === "function" ? definition.outputs(params) : definition.outputs;
  return { name: setup.name, use: entry.use, definition, params, inputs, outputs, setup };
}

function readTime(
  path: string,
  duration: Duration | undefined,
  tick: "1us" | "1ns",
  faults: Fault[],
): number | undefined {
  if (duration === undefined) return undefined;
  try {
    return parseDuration(duration, tick);
  } catch (error) {
    faults.push({ path, problem: (error as Error).message, cure: "Write a number and a unit: 15s, 5m, 24h." });
    return undefined;
  }
}

/** Stands for a period that cannot be read, which is reported by itself. */
const UNREADABLE_PERIOD = 1;

/** Faults of links whose ends do not depend on federates that could not be loaded. */
function knownLinkFaults(federation: Federation, shape: CaseShape, links: readonly LinkEntry[]): Fault[] {
  const loaded = new Set(federation.federates.map(({ name }) => name));
  const isKnown = (address: string) => {
    const name = address.slice(0, address.lastIndexOf("."));
    return address !== "" && (loaded.has(name) || !Object.hasOwn(shape.federates, name));
  };
  const kept = links.flatMap(({ from, to }, i) => (isKnown(from) && isKnown(to) ? [i] : []));
  const { faults } = planFederation({ ...federation, links: kept.map(i => federation.links[i]) });
  return faults.map(fault => {
    const place = /^links\[(\d+)\]$/.exec(fault.path);
    return place === null ? fault : { ...fault, path: `links[${kept[Number(place[1])]}]` };
  });
}

interface Times {
  readonly links: readonly LinkEntry[];
  readonly until: number;
  readonly time: (path: string, duration: Duration | undefined) => number | undefined;
}

function toFederation(shape: CaseShape, members: readonly MemberPlan[], { links, until, time }: Times): Federation {
  const federates = members.map((member): FederateShape => {
    const entry = shape.federates[member.name];
    const at = (key: "period" | "offset" | "startsAt") => time(`federates.${member.name}.${key}`, entry[key]);
    return {
      name: member.name,
      period: at("period") ?? (entry.period === undefined ? undefined : UNREADABLE_PERIOD),
      offset: at("offset"),
      startsAt: at("startsAt"),
      wakesOnGrid: entry.wakesOnGrid,
      inputs: Object.entries(member.inputs).map(([name, port]) => ({
        name,
        carries: port.type === "message" ? "messages" : "value",
        wakes: port.wakes ?? "never",
        combine: port.combine,
        initial: port.initial,
      })),
      outputs: Object.entries(member.outputs).map(([name, port]) => ({
        name,
        carries: port.type === "message" ? "messages" : "value",
      })),
    };
  });
  const shapes = links.map(({ from, to, delay, iterate }, i): LinkShape => ({
    from,
    to,
    delay: time(`links[${i}].delay`, delay),
    iterate,
  }));
  const { maxIterations, maxActivationsPerSecond } = shape;
  const perSecond = ticksPerSecond(shape.tick ?? "1us");
  return { federates, links: shapes, until, ticksPerSecond: perSecond, maxIterations, maxActivationsPerSecond };
}
