import { atEachSecond, bothWays, sameTime, type HelicsScenario } from "./scenario.js";

/** Scenarios of senders that end, open-ended requests and long runs. */
export const endOfRun: readonly HelicsScenario[] = [
  {
    id: "S18",
    test: "sender_finalize_timing_result",
    verdict: "same",
    note: sameTime,
    script: {
      text: `A: ask 1; say 1, ask 2; say 2, ask 3; say 3, ask 4; say 4, ask 6; say 6
             B: ask 400; ask 400; ask 400; ask 400; ask 400;
             A -> B`,
      until: 400,
    },
    grants: { A: "0 1 2 3 4 6", B: "0(-) 1(1) 2(2) 3(3) 4(4) 6(6)" },
  },
  {
    id: "S19",
    test: "sender_finalize_timing_result2",
    verdict: "same",
    note: sameTime,
    script: {
      text: `A: ask 1; say 1, ask 2; say 2, ask 3; say 3, ask 4; say 4, ask 6; say 6
             B: ask 400; ask 400; ask 400; ask 400; ask 5; ask 400;
             A -> B`,
      until: 400,
    },
    grants: { A: "0 1 2 3 4 6", B: "0(-) 1(1) 2(2) 3(3) 4(4) 5(4) 6(6)" },
  },
  {
    id: "S20",
    test: "fast_sender",
    verdict: "same",
    note: sameTime,
    script: {
      text: `A:
             B: ask forever
             A -> B`,
      reactions: { A: atEachSecond(8001, time => ({ say: time })), B: () => () => ({ ask: Infinity }) },
      until: 10000,
    },
    grants: { A: { grants: 8002, last: "8001" }, B: { grants: 8002, last: "8001(8001)" } },
  },
  {
    id: "S21",
    test: "dual_max_time",
    verdict: "same",
    note: `${bothWays}; f(x) = 2 (x + 0.7) six times from 2`,
    script: {
      text: `B:
             K: ask forever
             B -> K
             K -1e-9-> B`,
      reactions: {
        B:
          () =>
          ({ time, values }) => {
            if (time > 12) return { ask: Infinity };
            const say = time === 0 ? 1 : (values.in as number) + 0.7;
            return time < 12 ? { say, ask: time + 2, deaf: true } : { say, ask: Infinity };
          },
        K:
          () =>
          ({ values }) => ({ say: 2 * ((values.in as number | undefined) ?? 0), ask: Infinity }),
      },
      until: 100,
    },
    grants: { B: { grants: 8, last: "12.000000001(216.2)" }, K: { grants: 7, last: "12(108.1)" } },
  },
  {
    id: "S22",
    test: "dual_max_time_endpoint",
    verdict: "same",
    note: bothWays,
    script: {
      text: `B:
             K: ask forever
             B => K
             K =1e-9=> B`,
      reactions: {
        B:
          () =>
          ({ time, messages }) => {
            if (time > 12) return { ask: Infinity };
            const send = [`${String(messages.at(-1) ?? "")}b`];
            return time < 12 ? { send, ask: time + 2, deaf: true } : { send, ask: Infinity };
          },
        K:
          () =>
          ({ messages }) => ({ send: messages.map(m => `${String(m)}a`), ask: Infinity }),
      },
      until: 100,
    },
    grants: {
      B: { grants: 8, last: "12.000000001([bababababababa])" },
      K: { grants: 7, last: "12([babababababab])" },
    },
  },

  {
    id: "S23",
    test: "max_time_drain_after_sender_finalize",
    verdict: "same",
    note: sameTime,
    script: {
      text: `A: send m0, ask 1; send m1, ask 2; send m2, ask 3; send m3, ask 4; send m4, ask 5;
             R: ask forever
             A => R`,
      reactions: { R: () => () => ({ ask: Infinity }) },
      until: 100,
    },
    grants: { A: "0 1 2 3 4 5", R: "0([m0]) 1([m1]) 2([m2]) 3([m3]) 4([m4])" },
  },
  {
    id: "S24",
    test: "max_time_drain, mixed_value_endpoint",
    verdict: "same",
    note: `${bothWays}; 2 messages a step for 12 steps: 24 arrive`,
    script: {
      text: `G every 1:
             B: ask forever
             G -> B
             B -1e-9-> G
             B => C
             C: ask forever`,
      reactions: {
        G:
          () =>
          ({ time }) =>
            time < 12 ? { say: { re: time, im: 1 }, ask: time + 1, deaf: true } : {},
        B:
          () =>
          ({ time }) => ({ say: { re: time, im: 2 }, send: [`${time}a`, `${time}b`], ask: Infinity }),
        C: () => () => ({ ask: Infinity }),
      },
      until: 20,
    },
    grants: {
      G: { grants: 13, last: '12({"re":11,"im":2})' },
      B: { grants: 12, last: '11({"re":11,"im":1})' },
      C: { grants: 12, last: "11([11a 11b])" },
    },
  },
  {
    id: "S25",
    test: "global_disconnect",
    verdict: "left out",
    note: "all hosts end together, at the end that the case gives",
  },
  {
    id: "S26",
    test: "global_time (issue 2795)",
    verdict: "same",
    note: "publishers alone: 365 days of 900 s and 43,200 s, on a microsecond clock",
    script: {
      text: `A every 900 offset 900:
             B every 43200 offset 43200:`,
      reactions: {
        A:
          () =>
          ({ time }) => ({ ask: time + 900 }),
        B:
          () =>
          ({ time }) => ({ ask: time + 43200 }),
      },
      ticksPerSecond: 1e6,
      until: 31536000,
    },
    grants: { A: { grants: 35040, last: "31536000" }, B: { grants: 730, last: "31536000" } },
  },
];
