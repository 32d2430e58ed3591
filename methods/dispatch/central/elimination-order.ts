/**
 * An order in which a sparse symmetric matrix is factored with little fill: always the node of smallest degree first
 * (minimum degree; Rose 1972), ties by place. A network's leaves and a horizon's uncoupled steps go first by themselves.
 * @param neighbours Off-diagonal places of each row; they are used up.
 */
export function eliminationOrder(neighbours: readonly Set<number>[]): Int32Array {
  const size = neighbours.length;
  const order = new Int32Array(size);
  const done = new Uint8Array(size);
  const buckets: number[][] = [];
  const enter = (node: number) => {
    const degree = neighbours[node].size;
    while (buckets.length <= degree) buckets.push([]);
    buckets[degree].push(node);
    return degree;
  };
  for (let node = size - 1; node >= 0; node--) enter(node);
  let lowest = 0;
  for (let place = 0; place < size;) {
    while (buckets[lowest].length === 0) lowest++;
    const node = buckets[lowest].pop() ?? 0;
    if (done[node] === 1 || neighbours[node].size !== lowest) continue;
    done[node] = 1;
    order[place++] = node;
    for (const neighbour of eliminate(neighbours, node)) lowest = Math.min(lowest, enter(neighbour));
  }
  return order;
}

/** Joins the neighbours of a node that goes, and tells them. */
function eliminate(neighbours: readonly Set<number>[], node: number): number[] {
  const clique = [...neighbours[node]];
  for (const one of clique) {
    const set = neighbours[one];
    set.delete(node);
    for (const other of clique) if (other !== one) set.add(other);
  }
  neighbours[node].clear();
  return clique;
}
