import type { Fault } from "../../broker/wire/index.js";
import { DispatchError, type AgentModel } from "../../methods/index.js";
import { formatCsvFault } from "../../runtime/csv-table.js";
import type { SetupContext } from "../../runtime/index.js";
import { fileFaults } from "../file-faults.js";
import { DAY_SECONDS } from "./conversation.js";
import { readDeviceTable, type NodeDevices } from "./device-table.js";
import type { DispatchKit } from "./kit.js";
import type { OperatorParams } from "./operator-params.js";
import { readSource, type ProblemSource } from "./sources.js";

/** Larger cases find an agent without a solution when it is asked, which is as soon as a check would. */
const MAX_SOLVED = 1000;

/** Every fault of a dispatch case: its files, who stands for which node, its days, and agents without a solution. */
export function caseFaults(
  params: OperatorParams,
  { folder, until, ticksPerSecond }: SetupContext,
  kit: DispatchKit,
): Fault[] {
  const days = Math.floor(until / (DAY_SECONDS * ticksPerSecond));
  const faults = days >= 1 ? [] : [TOO_SHORT];
  const path = "params.problem";
  let reading: ReturnType<typeof readSource>;
  try {
    reading = readSource(folder, params.problem);
  } catch (error) {
    return [...faults, ...fileFaults(path, error)];
  }
  const { source, problems } = reading;
  if (source === undefined) return [...faults, ...problems.map(problem => ({ path, problem, cure: CORRECT }))];
  faults.push(...stepFaults(params, source), ...nodeFaults(params, source));
  const { nodes, faults: inTable } = readDeviceTable(folder, source.devices, source);
  if (nodes === undefined) {
    return [...faults, ...inTable.map(fault => ({ path, problem: formatCsvFault(fault), cure: CORRECT }))];
  }
  return faults.length > 0 ? faults : agentFaults({ params, source, nodes, days, kit });
}

const CORRECT = "Correct that file.";
const TOO_SHORT: Fault = {
  path: "params",
  problem: "The case ends before its first day does, and a day is settled only when it ends within the case.",
  cure: "Let `until` be 24h or more.",
};

function stepFaults({ steps }: OperatorParams, { rowsPerDay }: ProblemSource): Fault[] {
  if (rowsPerDay % steps === 0) return [];
  const problem = `A day of ${steps} steps cannot be taken from series with ${rowsPerDay} rows a day.`;
  return [
    {
      path: "params.steps",
      problem,
      cure: "Choose a number that divides the rows, or generate the case with these steps.",
    },
  ];
}

/** Nodes that nobody stands for, that several stand for, and that the network does not have. */
function nodeFaults({ agents }: OperatorParams, { nodes }: ProblemSource): Fault[] {
  const owners = Array.from({ length: nodes }, (): string[] => []);
  const faults: Fault[] = [];
  for (const [federate, own] of Object.entries(agents)) {
    for (const node of own) {
      if (node < nodes) owners[node].push(federate);
      else faults.push(agentFault(`${federate} stands for node ${node}; there are the nodes 0 to ${nodes - 1}.`));
    }
  }
  owners.forEach((federates, node) => {
    if (federates.length === 0) faults.push(agentFault(`Nobody stands for node ${node}.`));
    if (federates.length > 1) faults.push(agentFault(`${federates.join(" and ")} both stand for node ${node}.`));
  });
  return faults;
}

function agentFault(problem: string): Fault {
  return { path: "params.agents", problem, cure: "Name every node once." };
}

interface Population {
  readonly params: OperatorParams;
  readonly source: ProblemSource;
  readonly nodes: readonly NodeDevices[];
  readonly days: number;
  readonly kit: DispatchKit;
}

/** Agents whose devices cannot serve them, on any day of the case. */
function agentFaults({ params, source, nodes, days, kit }: Population): Fault[] {
  const { firstDay, steps } = params;
  const faults: Fault[] = [];
  const known = new Set<number>();
  for (let day = firstDay; day < firstDay + Math.min(days, MAX_DAYS); day++) {
    for (const { node, devices } of nodes.slice(0, MAX_SOLVED)) {
      if (known.has(node)) continue;
      const problem = whyInfeasible(() => kit.agentModel({ problem: source, node, devices }, { day, steps }), kit);
      if (problem === undefined) continue;
      known.add(node);
      faults.push({
        path: "params.problem",
        problem: `${source.devices}, node ${node}, day ${day}: ${problem}`,
        cure: CORRECT,
      });
    }
  }
  return faults;
}

/** Days whose agents are looked at. */
const MAX_DAYS = 7;

function whyInfeasible(model: () => AgentModel, kit: DispatchKit): string | undefined {
  try {
    const { program } = model();
    kit.solver().prepare(program).solve(program.linear);
    return undefined;
  } catch (error) {
    if (!(error instanceof DispatchError) || error.code === "UNVERIFIED_SOLUTION") return undefined;
    return `${error.code}: ${error.message}`;
  }
}
