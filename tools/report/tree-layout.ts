/** A tree as parents by node, the root's -1, laid out from left to right. */
export interface TreeLayout {
  /** Nodes that are drawn, every parent before its children. */
  readonly nodes: readonly number[];
  /** Lines between the root and each node, by node. */
  readonly depth: readonly number[];
  /** Row by node: leaves have rows of their own from 0 on, others the middle of their children's. */
  readonly row: readonly number[];
  readonly rows: number;
  /** Nodes of the subtree that each node is the root of, itself included, by node. */
  readonly size: readonly number[];
}

/**
 * Lays out a tree, children in the order of their subtrees' sizes, then of their numbers. Of a tree with more than `most`
 * nodes those are kept that have most nodes behind them.
 * @throws RangeError when it is no tree: a node without way to the root.
 */
export function layOutTree(parent: readonly number[], most = Infinity): TreeLayout {
  const children = parent.map((): number[] => []);
  parent.forEach((above, node) => children[above]?.push(node));
  const order = fromRoot(parent.indexOf(-1), children);
  if (order.length < parent.length) throw new RangeError("The network is no tree: some nodes have no way to the root.");
  const depth = parent.map(() => 0);
  const size = parent.map(() => 1);
  for (const node of order) if (parent[node] >= 0) depth[node] = depth[parent[node]] + 1;
  for (const node of [...order].reverse()) if (parent[node] >= 0) size[parent[node]] += size[node];
  const isDrawn = largest(size, depth, most);
  for (const list of children) list.sort((a, b) => size[a] - size[b] || a - b);
  const nodes = fromRoot(parent.indexOf(-1), children).filter(node => isDrawn[node]);
  const row = parent.map(() => NaN);
  let rows = 0;
  for (const node of [...nodes].reverse()) {
    const below = children[node].filter(child => isDrawn[child]).map(child => row[child]);
    row[node] = below.length === 0 ? rows++ : (Math.min(...below) + Math.max(...below)) / 2;
  }
  return { nodes, depth, row, rows, size };
}

/** Nodes in depth-first order, children as they are listed. */
function fromRoot(root: number, children: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const waiting = root < 0 ? [] : [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    order.push(node);
    waiting.push(...[...children[node]].reverse());
  }
  return order;
}

/** The nodes with the largest subtrees; of equal ones those nearer to the root, so that no parent is left out. */
function largest(size: readonly number[], depth: readonly number[], most: number): boolean[] {
  const ranked = size.map((_, node) => node).sort((a, b) => size[b] - size[a] || depth[a] - depth[b] || a - b);
  const isDrawn = size.map(() => false);
  for (const node of ranked.slice(0, most)) isDrawn[node] = true;
  return isDrawn;
}
