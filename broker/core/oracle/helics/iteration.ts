import type { Reaction } from "./client.js";
import { sameTime, type HelicsScenario } from "./scenario.js";

const bothIterate = "iterating links both ways";

/** Publishes `first`, `first + 1`, ... at its grants at time 0, `count` of them. */
function countAtZero(first: number, count: number, isFirstHeard: boolean): Reaction {
  return () => {
    let said = 0;
    return ({ time, values }) => {
      const speaks = time === 0 && said < count && (isFirstHeard || values.in !== undefined);
      return speaks ? { say: first + said++, ask: 1 } : { ask: time + 1 };
    };
  };
}

/** The mean of oneself and both neighbours, said while it moves by more than 0.001. */
function averageOf(start: number): Reaction {
  return () => {
    let own = start;
    let rounds = 0;
    return ({ values }) => {
      if (rounds++ === 0) return { say: own, ask: 1 };
      const { left, right } = values as { left: number; right: number };
      const mean = (own + left + right) / 3;
      const hasMoved = Math.abs(mean - own) > 0.001;
      own = mean;
      return { say: hasMoved ? mean : undefined, ask: 1 };
    };
  };
}

/** Clients, links and starting values 2 i + 0.5 of a ring in which everybody hears both neighbours. */
export function averagingRing(names: readonly string[]): { text: string; reactions: Record<string, Reaction> } {
  const links = names.flatMap((name, i) => {
    const next = names[(i + 1) % names.length];
    return [`${name} ~> ${next}.left`, `${next} ~> ${name}.right`];
  });
  const clients = names.map(name => `${name}:`);
  return {
    text: [...clients, ...links].join("\n"),
    reactions: Object.fromEntries(names.map((n, i) => [n, averageOf(2 * i + 0.5)])),
  };
}

/** Four new values and messages at each of the times 0 to 19. */
const fourRounds: Reaction = () => {
  let round = 0;
  return ({ time, iteration }) => {
    round = iteration === 0 ? 0 : round + 1;
    const goesOn = round < 4 && time < 20;
    return goesOn ? { say: 10 * time + round, send: [round], ask: time + 1 } : { ask: time + 1 };
  };
};

/** Scenarios that iterate, before the start or at one time. */
export const iteration: readonly HelicsScenario[] = [
  {
    id: "S35",
    test: "execution_iteration",
    verdict: "differs",
    note: "the initial output is held before anybody runs and wakes nobody: one grant at 0 with 27, not an iteration and a step",
    script: {
      text: `A first 27: ask 1
             A ~> A`,
      until: 0,
    },
    grants: { A: "0(27)" },
  },
  {
    id: "S36",
    test: "execution_iteration_2fed",
    verdict: "differs",
    note: "as S35: one grant at 0 with 27",
    script: {
      text: `A first 27: ask 1
             B: ask 1
             A -> B`,
      until: 0,
    },
    grants: { A: "0", B: "0(27)" },
  },
  {
    id: "S37",
    test: "execution_iteration_round_robin, _loop3",
    verdict: "same",
    note: `${bothIterate} around the ring (three here, five in a test of its own), at time 0 instead of before it`,
    script: { ...averagingRing(["A", "B", "C"]), until: 0 },
    grants: {
      A: { grants: 3, last: "0#2(2.5 2.5)" },
      B: { grants: 3, last: "0#2(2.5 2.5)" },
      C: { grants: 3, last: "0#2(2.5 2.5)" },
    },
  },
  {
    id: "S38",
    test: "time_iteration",
    verdict: "same",
    note: "iterating link to itself",
    script: {
      text: `A every 1: say 27, ask 1; ask 1;
             A ~> A`,
      until: 1,
    },
    grants: { A: "0(-) 0#1(27) 1(27)" },
  },
  {
    id: "S39",
    test: "time_iteration_2fed",
    verdict: "differs",
    note: `${sameTime}: B runs after A at time 0 and sees 27 at once, where HELICS enters B first and then iterates it; links iterate in loops only`,
    script: {
      text: `A every 1: say 27, ask 1;
             B every 1: ask 1;
             A -> B`,
      until: 1,
    },
    grants: { A: "0 1", B: "0(27) 1(27)" },
  },
  {
    id: "S40",
    test: "iteration_counter",
    verdict: "same",
    note: bothIterate,
    script: {
      text: `A every 1:
             B every 1:
             A ~> B
             B ~> A`,
      reactions: { A: countAtZero(1, 10, true), B: countAtZero(1, 10, true) },
      until: 1,
    },
    grants: {
      A: "0(-) 0#1(1) 0#2(2) 0#3(3) 0#4(4) 0#5(5) 0#6(6) 0#7(7) 0#8(8) 0#9(9) 0#10(10) 1(10)",
      B: "0(-) 0#1(1) 0#2(2) 0#3(3) 0#4(4) 0#5(5) 0#6(6) 0#7(7) 0#8(8) 0#9(9) 0#10(10) 1(10)",
    },
  },
  {
    id: "S41",
    test: "wait_for_current_time_iterative",
    verdict: "same",
    note: "A -> B at the same time, iterating back",
    script: {
      text: `A: say 3.5, ask 1; ask 3; say 5.4, ask 3; say 7.3, ask 3;
             B: ask 1; say 3.1, ask 7; say 8.7, ask 7;
             A -> B
             B ~> A`,
      until: 3,
    },
    grants: { A: "0(-) 1(-) 1#1(3.1) 1#2(8.7) 3(8.7)", B: "0(3.5) 1(3.5) 1#1(5.4) 1#2(7.3)" },
  },
  {
    id: "S42",
    test: "wait_for_current_time_iterative_enter_exec",
    verdict: "same",
    note: "A -> B at the same time, iterating back; the alternations fall on time 0 instead of before it",
    script: {
      text: `A:
             B:
             A -> B
             B ~> A`,
      reactions: { A: countAtZero(4, 11, true), B: countAtZero(27, 10, false) },
      until: 1,
    },
    grants: {
      A: "0(-) 0#1(27) 0#2(28) 0#3(29) 0#4(30) 0#5(31) 0#6(32) 0#7(33) 0#8(34) 0#9(35) 0#10(36) 1(36)",
      B: "0(4) 0#1(5) 0#2(6) 0#3(7) 0#4(8) 0#5(9) 0#6(10) 0#7(11) 0#8(12) 0#9(13) 0#10(14) 1(14)",
    },
  },
  {
    id: "S43",
    test: "time_iteration_value_loop_with_endpoint_federate (issue 2739)",
    verdict: "same",
    note: `${bothIterate}; the controller is a stage later and runs once a time, with the messages of all four rounds`,
    script: {
      text: `P every 1:
             Q every 1:
             C every 1:
             P ~> Q
             Q ~> P
             P => C.p
             Q => C.q`,
      reactions: {
        P: fourRounds,
        Q: fourRounds,
        C:
          () =>
          ({ time }) => ({ ask: time + 1 }),
      },
      maxIterations: 6,
      until: 19,
    },
    grants: {
      P: { grants: 100, last: "19#4(193)" },
      Q: { grants: 100, last: "19#4(193)" },
      C: { grants: 20, last: "19([0 1 2 3 0 1 2 3])" },
    },
  },
  {
    id: "S44",
    test: "iteration_high_count",
    verdict: "same",
    note: `${bothIterate}, maxIterations raised above 200,000`,
    script: {
      text: `A every 1:
             B every 1:
             A ~> B
             B ~> A`,
      reactions: { A: countAtZero(1, 200_000, true), B: countAtZero(1, 200_000, true) },
      maxIterations: 200_001,
      until: 0,
    },
    grants: { A: { grants: 200_001, last: "0#200000(200000)" }, B: { grants: 200_001, last: "0#200000(200000)" } },
  },
];
