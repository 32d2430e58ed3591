/**
 * Who takes part when a share (0 to 1) of all does: 1 for the first round(share · n) of an order, such as a shuffled one, 0 for the
 * others. Everybody of a smaller share is also among those of a larger one.
 */
export function chooseParticipants(order: readonly number[], share: number): Uint8Array {
  const participates = new Uint8Array(order.length);
  for (const i of order.slice(0, Math.round(share * order.length))) participates[i] = 1;
  return participates;
}
