import type { Plan } from "../broker/core/index.js";
import type { Fault } from "../broker/wire/index.js";
import type { MemberPlan } from "./assemble.js";
import type { LinkEntry } from "./case-shape.js";
import type { InputDeclaration, OutputDeclaration } from "./ports.js";

/** Faults of what links join: types, units and elements that differ, required inputs without a link or a first value. */
export function portFaults(
  members: readonly MemberPlan[],
  links: readonly LinkEntry[],
  plan: Plan | undefined,
): readonly Fault[] {
  const faults: Fault[] = [];
  const fed = new Map<string, LinkEntry[]>();
  links.forEach((link, i) => {
    fed.set(link.to, [...(fed.get(link.to) ?? []), link]);
    const output = findOutput(members, link.from);
    const input = findInput(members, link.to);
    if (output !== undefined && input !== undefined) faults.push(...joinFaults(link, `links[${i}]`, { output, input }));
  });
  for (const member of members) {
    for (const [name, input] of Object.entries(member.inputs)) {
      const to = `${member.name}.${name}`;
      faults.push(...feedFaults(to, input, { feeding: fed.get(to) ?? [], members, plan }));
    }
  }
  return faults;
}

function findOutput(members: readonly MemberPlan[], address: string): OutputDeclaration | undefined {
  const dot = address.lastIndexOf(".");
  return members.find(m => m.name === address.slice(0, dot))?.outputs[address.slice(dot + 1)];
}

function findInput(members: readonly MemberPlan[], address: string): InputDeclaration | undefined {
  const dot = address.lastIndexOf(".");
  return members.find(m => m.name === address.slice(0, dot))?.inputs[address.slice(dot + 1)];
}

interface Join {
  readonly output: OutputDeclaration;
  readonly input: InputDeclaration;
}

function joinFaults({ from, to }: LinkEntry, path: string, { output, input }: Join): Fault[] {
  if (output.type !== input.type) {
    const problem = `${from} is ${output.type}, ${to} takes ${input.type}.`;
    return [{ path, problem, cure: "Join ports of one type." }];
  }
  const faults: Fault[] = [];
  if (output.unit !== input.unit) {
    const problem = `${from} is in "${output.unit ?? "no unit"}", ${to} takes "${input.unit ?? "no unit"}".`;
    faults.push({ path, problem, cure: "Nothing is converted in silence: let both declare the same unit." });
  }
  const differs = output.elements?.findIndex((name, i) => input.elements?.[i] !== name) ?? -1;
  if (input.elements !== undefined && (differs >= 0 || output.elements?.length !== input.elements.length)) {
    const counts = `${output.elements?.length ?? "unnamed"} and ${input.elements.length}`;
    const first = differs >= 0 ? `, first at "${output.elements?.[differs]}"` : "";
    const problem = `The elements of ${from} and ${to} differ (${counts}${first}).`;
    faults.push({ path, problem, cure: "Give both the same names in the same order." });
  }
  return faults;
}

interface Feed {
  readonly feeding: readonly LinkEntry[];
  readonly members: readonly MemberPlan[];
  readonly plan: Plan | undefined;
}

function feedFaults(to: string, input: InputDeclaration, { feeding, members, plan }: Feed): Fault[] {
  if (input.optional === true || input.initial !== undefined || input.type === "message") return [];
  const path = `federates.${to.replace(".", ".inputs.")}`;
  if (feeding.length === 0) {
    return [{ path, problem: `${to} is required and has no link.`, cure: `Add a link "... -> ${to}".` }];
  }
  const late = feeding.filter(link => link.delay !== undefined || link.iterate === true || startsLater(link, plan));
  if (late.length < feeding.length) return [];
  const missing = late.filter(link => findOutput(members, link.from)?.starts !== true);
  return missing.map(link => ({
    path,
    problem: `${to} has no value until the first item of ${link.from} has come.`,
    cure: "Declare `initial` on the input, or `starts` on the output and let its `create` return a value.",
  }));
}

/** True when the source of a same-time link runs for the first time only after its target has. */
function startsLater({ from, to }: LinkEntry, plan: Plan | undefined): boolean {
  const first = (address: string) => {
    const shape = plan?.federates.find(f => f.shape.name === address.slice(0, address.lastIndexOf(".")))?.shape;
    return shape?.period === undefined ? (shape?.startsAt ?? 0) : (shape.offset ?? 0);
  };
  return first(from) > first(to);
}
