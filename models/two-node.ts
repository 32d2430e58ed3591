/**
 * Two coupled heat stores, the first one exposed to the outdoors (equivalent thermal parameters):
 *
 *   airCapacity  dTa/dt = loss (To - Ta) + coupling (Tm - Ta) + airHeat
 *   massCapacity dTm/dt = coupling (Ta - Tm) + massHeat
 *
 * Any consistent units; all four values positive.
 */
export interface TwoNode {
  readonly airCapacity: number;
  readonly massCapacity: number;
  readonly loss: number;
  readonly coupling: number;
}

/** How the distance from equilibrium shrinks over one step: `[air, mass] <- [[airFromAir, airFromMass], [massFromAir, massFromMass]] [air, mass]`. */
export interface Transition {
  readonly airFromAir: number;
  readonly airFromMass: number;
  readonly massFromAir: number;
  readonly massFromMass: number;
}

/**
 * The exact transition over `duration`: exp(A t) of the 2x2 system by Sylvester's formula. Both eigenvalues are real, negative and distinct,
 * because the two nodes are coupled.
 */
export function transitionOver(node: TwoNode, duration: number): Transition {
  const a11 = -(node.loss + node.coupling) / node.airCapacity;
  const a12 = node.coupling / node.airCapacity;
  const a21 = node.coupling / node.massCapacity;
  const a22 = -a21;
  const middle = (a11 + a22) / 2;
  const halfDistance = Math.sqrt(((a11 - a22) * (a11 - a22)) / 4 + a12 * a21);
  const fast = middle - halfDistance;
  const slow = (a11 * a22 - a12 * a21) / fast;
  const slowDecay = Math.exp(slow * duration);
  const slope = (slowDecay - Math.exp(fast * duration)) / (slow - fast);
  return {
    airFromAir: slope * (a11 - slow) + slowDecay,
    airFromMass: slope * a12,
    massFromAir: slope * a21,
    massFromMass: slope * (a22 - slow) + slowDecay,
  };
}
