/** Numbers of a vector: every 230th from the fourth on, and its Euclidean length. */
export interface Excerpt {
  readonly picks: readonly number[];
  readonly length: number;
}

/** Three updates of one agent: the critic's losses, its first gradient, and all networks at the end. */
export interface RecordedUpdates {
  readonly criticLosses: readonly number[];
  readonly criticGradient: Excerpt;
  readonly critic: Excerpt;
  readonly actor: Excerpt;
  readonly targetCritic: Excerpt;
  readonly targetActor: Excerpt;
}

/** Numbers that spread over [-0.5, 0.5) and that any language computes alike. */
export const spread = (n: number) => ((n * 7919) % 10007) / 10007 - 0.5;

/**
 * Written down from a program of its own in Python: numpy in double precision, the derivatives of each layer by hand, Adam as
 * in the paper, the actor and the targets at every update, discount 0.97, step size 1e-3, target share 0.01.
 * Agent a's networks are `spread(k + 3001 s) / 2` with s = a + 1, 3, 5, 7 for actor, critic and their targets; its 100
 * transitions and noises are those of `recordedTransition` and `recordedNoise`.
 */
export const recordedUpdates: readonly RecordedUpdates[] = [
  {
    criticLosses: [1.512291, 1.471806, 1.447534],
    criticGradient: { picks: [0.02325985, -0.1330223, -0.01535038, 0, 0, -0.004785325, -0.0168263], length: 1.325997 },
    critic: { picks: [0.1783003, 0.1890861, 0.19389, 0.195688, 0.2004847, 0.2082812, 0.2130824], length: 5.416956 },
    actor: { picks: [-0.151221, -0.1404213, -0.1414201, -0.1368207, -0.1320367, -0.1212399], length: 5.360956 },
    targetCritic: {
      picks: [-0.1495959, -0.1446802, -0.1398835, -0.1351464, -0.1303498, -0.1254935, -0.1206968],
      length: 5.21337,
    },
    targetActor: { picks: [0.006034226, 0.01095011, 0.01562978, 0.02042431, 0.02522076, 0.03013659], length: 5.157739 },
  },
  {
    criticLosses: [1.381973, 1.342303, 1.321845],
    criticGradient: {
      picks: [0.008954428, -0.1100509, -0.004885884, 0, 0.002991241, -0.01951886, -0.004038346],
      length: 1.200156,
    },
    critic: { picks: [0.09307405, 0.1038473, 0.1086548, 0.1104477, 0.1123256, 0.123042, 0.1278424], length: 5.426002 },
    actor: { picks: [-0.2364577, -0.2256621, -0.226865, -0.2218624, -0.2170999, -0.2124661], length: 5.358375 },
    targetCritic: {
      picks: [-0.2348361, -0.2299206, -0.2251237, -0.2203868, -0.2156485, -0.2107338, -0.2059372],
      length: 5.211438,
    },
    targetActor: {
      picks: [-0.07920607, -0.07429023, -0.06961276, -0.06481369, -0.06001769, -0.05522268],
      length: 5.161075,
    },
  },
];

/** The k-th transition of an agent; every tenth is the last of its episode. */
export function recordedTransition(agent: number, k: number) {
  const n = (k + agent * 1000) * 40;
  const observation = Array.from({ length: 13 }, (_, i) => 2 * spread(n + i));
  const nextObservation = Array.from({ length: 13 }, (_, i) => 2 * spread(n + i + 17));
  return { observation, action: 2 * spread(n + 35), reward: 4 * spread(n + 36), nextObservation, final: k % 10 === 9 };
}

/** The noise of the target's action at the k-th transition in an update. */
export const recordedNoise = (agent: number, k: number, update: number) =>
  0.4 * spread((k + agent * 1000) * 40 + 37 + update);
