import type {
  BranchDescription,
  FeederDescription,
  LineDescription,
  NodeDescription,
  RegulatorDescription,
  SwitchDescription,
  TransformerDescription,
} from "./description.js";

/** A branch of a description together with its kind. */
export type Branch =
  | { readonly kind: "line"; readonly data: LineDescription }
  | { readonly kind: "transformer"; readonly data: TransformerDescription }
  | { readonly kind: "regulator"; readonly data: RegulatorDescription }
  | { readonly kind: "switch"; readonly data: SwitchDescription };

/** A node reached from the source, through a branch from its parent. */
export interface Member {
  readonly node: NodeDescription;
  readonly depth: number;
  readonly feed?: { readonly parent: Member; readonly branch: Branch };
}

/** What a walk from the source finds: the nodes in breadth-first order, branches that close a loop, nodes not reached. */
export interface Tree {
  readonly members: readonly Member[];
  readonly loops: readonly Branch[];
  readonly islands: readonly NodeDescription[];
}

/** All branches in the order of the description, open switches included. */
export function listBranches(description: FeederDescription): Branch[] {
  const { lines = [], transformers = [], regulators = [], switches = [] } = description;
  return [
    ...lines.map(data => ({ kind: "line", data }) as const),
    ...transformers.map(data => ({ kind: "transformer", data }) as const),
    ...regulators.map(data => ({ kind: "regulator", data }) as const),
    ...switches.map(data => ({ kind: "switch", data }) as const),
  ];
}

/** Walks the closed branches breadth first from the source; branches at unknown nodes are passed over. */
export function growTree(description: FeederDescription): Tree {
  const nodes = new Map(description.nodes.map(node => [node.name, node]));
  const branches = listBranches(description).filter(({ kind, data }) => kind !== "switch" || data.closed);
  const atNode = touching(branches);
  const source = nodes.get(description.source);
  const members: Member[] = source ? [{ node: source, depth: 0 }] : [];
  const reached = new Set([description.source]);
  const used = new Set<Branch>();
  for (const parent of members) {
    for (const branch of atNode.get(parent.node.name) ?? []) {
      const node = nodes.get(farEnd(branch.data, parent.node.name));
      if (!node || reached.has(node.name)) continue;
      reached.add(node.name);
      used.add(branch);
      members.push({ node, depth: parent.depth + 1, feed: { parent, branch } });
    }
  }
  const loops = branches.filter(
    branch => !used.has(branch) && reached.has(branch.data.from) && reached.has(branch.data.to),
  );
  return { members, loops, islands: description.nodes.filter(node => !reached.has(node.name)) };
}

function touching(branches: readonly Branch[]): Map<string, Branch[]> {
  const atNode = new Map<string, Branch[]>();
  for (const branch of branches) {
    for (const end of [branch.data.from, branch.data.to]) {
      const list = atNode.get(end);
      if (list) list.push(branch);
      else atNode.set(end, [branch]);
    }
  }
  return atNode;
}

function farEnd(branch: BranchDescription, node: string): string {
  return branch.from === node ? branch.to : branch.from;
}
