import { atEachSecond, bothWays, nextTick, sameTime, type HelicsScenario } from "./scenario.js";

/** Scenarios of plain requests, grants and grids. */
export const basicTime: readonly HelicsScenario[] = [
  {
    id: "S1",
    test: "simple_timing",
    verdict: "same",
    note: nextTick,
    script: {
      text: `A every 0.5: say 0.27, ask 2;
             B every 0.5: ask 2; ask 2;
             A -1e-9-> B`,
      until: 2,
    },
    grants: { A: "0 2", B: "0(-) 0.5(0.27) 2(0.27)" },
  },
  {
    id: "S2",
    test: "simple_timing2",
    verdict: "same",
    note: sameTime,
    script: {
      text: `A every 0.5: ask 0.32; say 0.27, ask 1.85;
             B every 0.5: ask 1.79; ask 2;
             A -> B`,
      until: 2,
    },
    grants: { A: "0 0.5 2", B: "0(-) 0.5(0.27) 2(0.27)" },
  },
  {
    id: "S3",
    test: "simple_timing_message",
    verdict: "same",
    note: bothWays,
    script: {
      text: `A every 0.6: ask 0.32; send x, ask 1.85;
             B every 0.45: ask 3.5; ask 2; ask 3
             A => B
             B =1e-9=> A`,
      until: 2.5,
    },
    grants: { A: "0([]) 0.6([]) 2.4([])", B: "0([]) 0.9([x]) 2.25([])" },
  },
  {
    id: "S4",
    test: "test_uninteruptible_flag",
    verdict: "same",
    note: "uninterruptible: an input that wakes nobody and a period of its own",
    script: {
      text: `A every 1:
             B deaf every 5:
             A -> B`,
      reactions: {
        A: atEachSecond(100, time => ({ say: time })),
        B: () => grant => ({ ask: grant.time < 100 ? grant.time + 5 : undefined }),
      },
      until: 100,
    },
    grants: { A: { grants: 101, last: "100" }, B: { grants: 21, last: "100(100)" } },
  },
  {
    id: "S5",
    test: "uninterruptible_iterations",
    verdict: "same",
    note: "iterating links; B wakes on its grid of 5 s. B's entry into execution at 0 is one more grant",
    script: {
      text: `A every 1:
             B every 5:
             A ~> B
             B ~> A`,
      reactions: {
        A:
          () =>
          ({ time, iteration }) =>
            iteration === 0 && time < 100 ? { say: time, ask: time + 1 } : { ask: time + 1 },
        B:
          () =>
          ({ time, iteration }) =>
            iteration === 0 && time < 100 ? { say: time, ask: time + 5 } : { ask: time + 5 },
      },
      until: 100,
    },
    grants: { A: { grants: 121, last: "100(95)" }, B: { grants: 41, last: "100(99)" } },
  },
  {
    id: "S6",
    test: "timing_with_input_delay",
    verdict: "same",
    note: "the input delay is the link's delay",
    script: {
      text: `A every 0.1: ask 1; send x, ask 1.9;
             B every 0.1: ask 2; ask 2;
             A =0.1=> B`,
      until: 2,
    },
    grants: { A: "0 1 1.9", B: "0([]) 1.1([x]) 2([])" },
  },
  {
    id: "S7",
    test: "timing_with_minDelta_change",
    verdict: "left out",
    note: "times of a federate do not change during a run",
  },
  {
    id: "S8",
    test: "timing_with_period_change",
    verdict: "left out",
    note: "times of a federate do not change during a run",
  },
  {
    id: "S9",
    test: "offset_timing",
    verdict: "same",
    note: `${sameTime}; A's first activation is its offset`,
    script: {
      text: `A every 60 offset 10: ask 70; say 3.5, ask 120;
             B every 60 initial 2.6: ask 60; ask 70;
             A -> B`,
      until: 130,
    },
    grants: { A: "10 70 130", B: "0(2.6) 60(2.6) 120(3.5)" },
  },
  {
    id: "S10",
    test: "small_time",
    verdict: "same",
    note: bothWays,
    script: {
      text: `A:
             B: ask 1e-7
             A -> B
             B -1e-9-> A`,
      reactions: {
        A: () => {
          let due = 0;
          return ({ time }) => {
            const isExact = Math.round(time * 1e9) === due;
            if (isExact) due += 10;
            return { say: isExact && time > 0 ? Math.round(time * 1e9) : undefined, ask: due / 1e9 };
          };
        },
        B:
          () =>
          ({ values }) => ({ say: values.in, ask: 1e-7 }),
      },
      until: 3.5e-8,
    },
    grants: {
      A: "0(-) 1e-8(-) 1.1e-8(10) 2e-8(10) 2.1e-8(20) 3e-8(20) 3.1e-8(30)",
      B: "0(-) 1e-8(10) 2e-8(20) 3e-8(30)",
    },
  },
  {
    id: "S11",
    test: "small_period",
    verdict: "same",
    note: "11 wakes with 22 messages; its twelfth grant is the end, which belongs to the case here",
    script: {
      text: `A:
             B:
             R: ask forever
             A => R
             B => R`,
      reactions: {
        A: atEachSecond(11, time => ({ send: time > 0 ? [`a${time}`] : [] })),
        B: atEachSecond(11, time => ({ send: time > 0 ? [`b${time}`] : [] })),
        R: () => () => ({ ask: Infinity }),
      },
      until: 12,
    },
    grants: { A: { grants: 12, last: "11" }, B: { grants: 12, last: "11" }, R: { grants: 12, last: "11([a11 b11])" } },
  },
  {
    id: "S12",
    test: "max_time_consistency",
    verdict: "left out",
    note: "no greatest time: the end belongs to the case and is inclusive",
  },
  {
    id: "S13",
    test: "value_to_endpoint_timing",
    verdict: "same",
    note: `the source sends a message, since a value does not join a message input; ${nextTick}`,
    script: {
      text: `A: send 3.7, ask 2;
             B: ask 3;
             A =1e-9=> B`,
      until: 3,
    },
    grants: { A: "0 2", B: "0([]) 1e-9([3.7])" },
  },
  {
    id: "S14",
    test: "ring3",
    verdict: "same",
    note: "a ring has one delayed link: 1 tick a lap, all three members at each",
    script: {
      text: `A: say 45.7, ask 50; say 1, ask 50; say 2, ask 50; ask 50;
             B: ask 50; say 11, ask 50; say 12, ask 50;
             C: ask 50; say 21, ask 50; say 22, ask 50; ask 50;
             A -1e-9-> B
             B -> C
             C -> A`,
      until: 50,
    },
    grants: {
      A: "0(-) 1e-9(21) 2e-9(22) 50(22)",
      B: "0(-) 1e-9(45.7) 2e-9(1) 3e-9(2)",
      C: "0(-) 1e-9(11) 2e-9(12) 50(12)",
    },
  },
  {
    id: "S15",
    test: "documentation, exercise 1",
    verdict: "same",
    note: `${sameTime}s; all three run at 0 first`,
    script: {
      text: `C every 3: ask 3; say 7, ask 6;
             A every 1: ask 1; ask 6;
             B every 2: ask 2; ask 4; ask 6;
             C -> B`,
      until: 6,
    },
    grants: { A: "0 1 6", B: "0(-) 2(-) 4(7) 6(7)", C: "0 3 6" },
  },
  {
    id: "S16",
    test: "documentation, exercises 2 to 4",
    verdict: "differs",
    note: "exercises 2 and 4 are the same (a same-time link is the wait flag); in 3 the first grant is the offset, 1, not 3: there is no least step",
    script: {
      text: `A every 1 : ask 4; ask 4;
             D every 1 : ask 4; ask 4;
             B every 2 : ask 2; say 5, ask 4;
             E every 2 offset 1: ask 2;
             B -> A
             B -1e-9-> D`,
      until: 4,
    },
    grants: { A: "0(-) 2(5) 4(5)", D: "0(-) 3(5) 4(5)", B: "0 2 4", E: "1 3" },
  },
  {
    id: "S17",
    test: "documentation, exercise 5",
    verdict: "left out",
    note: "its order follows from the interruption rules of HELICS, for three that listen to each other",
  },
];
