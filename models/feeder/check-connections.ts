import type { DeviceDescription, FeederDescription, LineCode, Phases } from "./description.js";
import { voltageRatio } from "./branch-model.js";
import { type Branch, growTree, listBranches, type Member, type Tree } from "./tree.js";

/** Faults of how the parts fit together: unknown names, loops, islands, phases and voltages that do not match. */
export function checkConnections(description: FeederDescription): string[] {
  const tree = growTree(description);
  const codes = new Map((description.lineCodes ?? []).map(code => [code.name, code]));
  return [
    ...unknownNames(description, codes),
    ...tree.loops.map(loopFault),
    ...islandFaults(description, tree),
    ...tree.members.flatMap(member => feedFaults(member, codes)),
    ...deviceFaults(description),
    ...ungroundedFaults(description, tree),
  ];
}

function unknownNames(description: FeederDescription, codes: ReadonlyMap<string, LineCode>): string[] {
  const nodes = new Set(description.nodes.map(node => node.name));
  const missing = (party: string, field: string, name: string): string[] =>
    nodes.has(name) ? [] : [`${party}: ${field} is ${name}, which is no node. Add the node or correct the name.`];
  return [
    ...missing("feeder", "source", description.source),
    ...listBranches(description).flatMap(({ kind, data }) => [
      ...missing(`${kind} ${data.name}`, "from", data.from),
      ...missing(`${kind} ${data.name}`, "to", data.to),
    ]),
    ...(description.lines ?? [])
      .filter(line => !codes.has(line.code))
      .map(line => `line ${line.name}: its code ${line.code} is not defined. Add it to lineCodes or correct the name.`),
    ...devices(description).flatMap(([party, device]) => missing(party, "node", device.node)),
  ];
}

function loopFault({ kind, data }: Branch): string {
  return `${kind} ${data.name}: it closes a loop between ${data.from} and ${data.to}. Open a switch or remove a branch; the feeder must be radial.`;
}

function islandFaults(description: FeederDescription, tree: Tree): string[] {
  const opens = (description.switches ?? []).filter(({ closed }) => !closed);
  return tree.islands.map(({ name }) => {
    const open = opens.find(({ from, to }) => from === name || to === name);
    const why = open ? ` (switch ${open.name} is open)` : "";
    return `node ${name}: it is not connected to the source ${description.source}${why}. Connect it or remove it.`;
  });
}

/** Whether the branch can feed this node from its parent. */
function feedFaults({ node, feed }: Member, codes: ReadonlyMap<string, LineCode>): string[] {
  if (!feed) return [];
  const { branch, parent } = feed;
  const party = `${branch.kind} ${branch.data.name}`;
  const directed = branch.kind === "transformer" || branch.kind === "regulator";
  if (directed && branch.data.to !== node.name) {
    return [`${party}: its \`to\` end ${branch.data.to} is the one nearer to the source. Exchange from and to.`];
  }
  const phases = phaseFault(branch, parent.node.phases, node.phases);
  if (phases)
    return [`${party} from ${parent.node.name} (${parent.node.phases}) to ${node.name} (${node.phases}): ${phases}`];
  return [...sizeFaults(branch, node.phases, codes), ...voltageFaults(branch, parent.node.nominalV, node.nominalV)].map(
    fault => `${party}: ${fault}`,
  );
}

function phaseFault(branch: Branch, upstream: Phases, phases: Phases): string | undefined {
  const connection = branch.kind === "transformer" ? branch.data.connection : "straight";
  switch (connection) {
    case "centre-tapped": {
      const phase = branch.kind === "transformer" ? branch.data.phase : undefined;
      if (phases !== "12") return "a centre-tapped transformer feeds a node with phases 12.";
      return !phase || upstream.includes(phase) ? undefined : `the primary side lacks its phase ${phase}.`;
    }
    case "wye-wye":
    case "delta-wye":
    case "delta-delta":
      return upstream === "ABC" && phases === "ABC" ? undefined : `${connection} needs phases ABC on both sides.`;
    default: {
      const lacking = [...phases].filter(phase => !upstream.includes(phase));
      return lacking.length > 0
        ? `phase ${lacking.join(" and ")} is missing on the feeding side. Correct the phases.`
        : undefined;
    }
  }
}

function sizeFaults(branch: Branch, phases: Phases, codes: ReadonlyMap<string, LineCode>): string[] {
  if (branch.kind === "line") {
    const rows = codes.get(branch.data.code)?.resistanceOhmPerKm.length ?? phases.length;
    return rows === phases.length
      ? []
      : [
          `its code ${branch.data.code} has ${rows} rows, but it carries phases ${phases}. Use a code of ${phases.length} rows.`,
        ];
  }
  if (branch.kind !== "regulator" || branch.data.ratios.length === phases.length) return [];
  return [`ratios has ${branch.data.ratios.length} values. Give one for each of the phases ${phases}.`];
}

/** Catches windings given line to line on one side and line to neutral on the other. */
function voltageFaults(branch: Branch, upstreamV: number, nominalV: number): string[] {
  const given = upstreamV * voltageRatio(branch);
  const ratio = given / nominalV;
  if (!(ratio < 0.7 || ratio > 1.4)) return [];
  return [
    `it gives ${Number(given.toPrecision(4))} V where nominalV is ${nominalV}. Correct the node's voltage or the windings' (both line to line, or both to neutral).`,
  ];
}

function deviceFaults(description: FeederDescription): string[] {
  const nodes = new Map(description.nodes.map(node => [node.name, node]));
  return devices(description).flatMap(([party, device]) => {
    const phases = nodes.get(device.node)?.phases;
    if (!phases) return [];
    const wrong = device.terminals.filter(terminal => [...terminal].some(one => !phases.includes(one)));
    return wrong.map(
      terminal => `${party}: terminal ${terminal} does not exist at ${device.node} (${phases}). Use its phases.`,
    );
  });
}

/** Behind a delta-delta bank there is no path to ground, so nothing can be connected from a phase to it. */
function ungroundedFaults(description: FeederDescription, tree: Tree): string[] {
  const ungrounded = new Map<string, string>();
  for (const { node, feed } of tree.members) {
    const connection = feed?.branch.kind === "transformer" ? feed.branch.data.connection : "straight";
    const bank = connection === "delta-delta" ? feed?.branch.data.name : ungrounded.get(feed?.parent.node.name ?? "");
    if (bank !== undefined && connection !== "delta-wye") ungrounded.set(node.name, bank);
  }
  return devices(description).flatMap(([party, { node, terminals }]) => {
    const bank = ungrounded.get(node);
    const single = terminals.find(terminal => terminal.length === 1);
    if (bank === undefined || single === undefined) return [];
    return [
      `${party}: terminal ${single} needs a neutral, but ${node} is behind the delta-delta transformer ${bank}. Connect it between phases.`,
    ];
  });
}

function devices(description: FeederDescription): [party: string, device: DeviceDescription][] {
  const { loads = [], capacitors = [] } = description;
  return [
    ...loads.map((load): [string, DeviceDescription] => [`load ${load.name}`, load]),
    ...capacitors.map((bank): [string, DeviceDescription] => [`capacitor ${bank.name}`, bank]),
  ];
}
