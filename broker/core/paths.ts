/** An arrow between two numbered nodes. */
export interface Arrow {
  readonly source: number;
  readonly target: number;
}

/** Targets of each node's arrows. */
function successors(count: number, arrows: readonly Arrow[]): number[][] {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const { source, target } of arrows) next[source].push(target);
  return next;
}

/**
 * Strongly connected parts of a graph, by Tarjan's algorithm (SIAM J. Comput. 1, 1972) without recursion.
 * `parts[p]` lists the members of part p in ascending order, `part[n]` is the part of node n.
 */
export function stronglyConnected(count: number, arrows: readonly Arrow[]): { parts: number[][]; part: number[] } {
  const next = successors(count, arrows);
  const index = new Array<number>(count).fill(-1);
  const low = new Array<number>(count).fill(0);
  const part = new Array<number>(count).fill(-1);
  const parts: number[][] = [];
  const open: number[] = [];
  let visited = 0;
  for (let root = 0; root < count; root++) {
    if (index[root] >= 0) continue;
    const path = [{ node: root, edge: 0 }];
    index[root] = low[root] = visited++;
    open.push(root);
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top.edge < next[top.node].length) {
        const child = next[top.node][top.edge++];
        if (index[child] < 0) {
          index[child] = low[child] = visited++;
          open.push(child);
          path.push({ node: child, edge: 0 });
        } else if (part[child] < 0) {
          low[top.node] = Math.min(low[top.node], index[child]);
        }
        continue;
      }
      path.pop();
      const parent = path.at(-1)?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent], low[top.node]);
      if (low[top.node] === index[top.node]) parts.push(closePart(top.node, open, part, parts.length));
    }
  }
  return { parts, part };
}

function closePart(root: number, open: number[], part: number[], id: number): number[] {
  const members = open.splice(open.indexOf(root)).sort((a, b) => a - b);
  for (const member of members) part[member] = id;
  return members;
}

/** Number of arrows on the longest path that ends at each node; nodes on a cycle stay where the walk met them. */
export function longestPaths(count: number, arrows: readonly Arrow[]): number[] {
  const next = successors(count, arrows);
  const waitingFor = new Array<number>(count).fill(0);
  for (const { target } of arrows) waitingFor[target]++;
  const length = new Array<number>(count).fill(0);
  const ready = waitingFor.flatMap((n, node) => (n === 0 ? [node] : []));
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const target of next[node]) {
      length[target] = Math.max(length[target], length[node] + 1);
      if (--waitingFor[target] === 0) ready.push(target);
    }
  }
  return length;
}

/** The nodes of one cycle of same-time links among `members`, in order, or undefined when there is none. */
export function findSameTimeCycle(
  members: readonly number[],
  links: readonly (Arrow & { readonly kind: string })[],
): number[] | undefined {
  const inside = new Set(members);
  const same = links.filter(l => l.kind === "same" && inside.has(l.source) && inside.has(l.target));
  const remaining = new Set(members);
  for (let shrunk = true; shrunk;) {
    const led = new Set(same.filter(l => remaining.has(l.source) && remaining.has(l.target)).map(l => l.target));
    shrunk = false;
    for (const node of remaining) {
      if (!led.has(node)) shrunk = remaining.delete(node);
    }
  }
  const start = remaining.values().next().value;
  if (start === undefined) return undefined;
  const walk = [start];
  for (;;) {
    const here = walk[walk.length - 1];
    const before = same.find(l => l.target === here && remaining.has(l.source))?.source ?? here;
    const met = walk.indexOf(before);
    if (met >= 0) return walk.slice(met).reverse();
    walk.push(before);
  }
}
