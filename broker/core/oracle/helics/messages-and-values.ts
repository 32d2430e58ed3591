import { atEachSecond, nextTick, type HelicsScenario } from "./scenario.js";

const wallClock = "timing by the wall clock belongs to the runtime, not to the order of a run";
const joining = "federates and links are known before the start";

/** Scenarios of messages, filters, value options, and of what is not simulated time. */
export const messagesAndValues: readonly HelicsScenario[] = [
  {
    id: "S45",
    test: "time_interruptions",
    verdict: "same",
    note: `least steps become periods; ${nextTick}`,
    script: {
      text: `A every 1: send a, ask 1;
             B every 0.5: send b, ask 1; ask 1;
             A =1e-9=> B
             B =1e-9=> A`,
      until: 1,
    },
    grants: { A: "0([]) 1([b])", B: "0([]) 0.5([a]) 1([])" },
  },
  {
    id: "S46",
    test: "send_receive_2fed_multisend",
    verdict: "same",
    note: `a period of 1 s for both; ${nextTick}; all four are handed over at once`,
    script: {
      text: `A every 1: send 1, send 2, send 3, send 4, ask 1;
             B every 1: ask 1;
             A =1e-9=> B`,
      until: 1,
    },
    grants: { A: "0 1", B: "0([]) 1([1 2 3 4])" },
  },
  {
    id: "S47",
    test: "message_filter_function",
    verdict: "same",
    note: "the filter is the link's delay",
    script: {
      text: `A every 1: send x, ask 1; ask 2; ask 3;
             B every 1: ask 1; ask 2; ask 3;
             A =2.5=> B`,
      until: 3,
    },
    grants: { A: "0 1 2 3", B: "0([]) 1([]) 2([]) 3([x])" },
  },
  {
    id: "S48",
    test: "sendAt",
    verdict: "same",
    note: "a delay of 0.7 s: a message has the delay of its link, there is no time to send at",
    script: {
      text: `A: ask 1; send x, ask 2;
             B: ask 1; ask 2;
             A =0.7=> B`,
      until: 1.9,
    },
    grants: { A: "0 1", B: "0([]) 1([]) 1.7([x])" },
  },
  {
    id: "S49",
    test: "reroute_separate",
    verdict: "same",
    note: "the filter federate is linked in the receiver's place",
    script: {
      text: `A:
             F every 1: ask 21
             R: ask 21
             A =1e-9=> F
             F =1e-9=> R`,
      reactions: {
        A: atEachSecond(9, time => ({ send: [time] })),
        F:
          () =>
          ({ time }) => ({ ask: time < 21 ? 21 : undefined }),
      },
      until: 21,
    },
    grants: { A: { grants: 10, last: "9" }, F: { grants: 12, last: "21([])" }, R: "0([]) 21([])" },
  },
  {
    id: "S50",
    test: "translator_to_message",
    verdict: "left out",
    note: "a value and a message do not join: a federate between them translates",
  },
  {
    id: "S51",
    test: "change_restrict",
    verdict: "same",
    note: "wakes: change, 20 updates in 200 s; a least time between updates is left out",
    script: {
      text: `A every 1:
             B: ask forever
             A -> B`,
      reactions: {
        A:
          () =>
          ({ time }) => ({ say: Math.floor(time / 10), ask: time + 1 }),
        B: () => () => ({ ask: Infinity }),
      },
      until: 199,
    },
    grants: { A: { grants: 200, last: "199" }, B: { grants: 20, last: "190(19)" } },
  },
  {
    id: "S52",
    test: "init_publish",
    verdict: "same",
    note: `initial output; ${nextTick}`,
    script: {
      text: `A every 1 first 1: say 2, ask 1; say 3
             A -1e-9-> A`,
      until: 1,
    },
    grants: { A: "0(1) 1(2)" },
  },
  {
    id: "S53",
    test: "multi-input",
    verdict: "left out",
    note: "sum, min, max, mean and list exist (`combine`); priorities, differences and vectorising do not",
  },
  { id: "S54", test: "federate_delay_tests", verdict: "left out", note: wallClock },
  { id: "S55", test: "dynamic_join", verdict: "left out", note: joining },
  {
    id: "S56",
    test: "observer_subscriber",
    verdict: "left out",
    note: `${joining}; an observer is an ordinary federate that changes nothing`,
  },
  {
    id: "S57",
    test: "callback timing, two federates",
    verdict: "same",
    note: `${nextTick}, both ways; variable steps are left out`,
    script: {
      text: `A every 1 initial 0.3: say 18.7, ask 1; say 19.7, ask 2; say 20.7, ask 3; say 21.7
             B every 1 initial 0.4: say 23.7, ask 1; say 24.7, ask 2; say 25.7, ask 3; say 26.7
             A -1e-9-> B
             B -1e-9-> A`,
      until: 3,
    },
    grants: { A: "0(0.3) 1(23.7) 2(24.7) 3(25.7)", B: "0(0.4) 1(18.7) 2(19.7) 3(20.7)" },
  },
  { id: "S58", test: "callbackSequence", verdict: "left out", note: "a federate has one call, its step" },
  { id: "S59", test: "grant_timeout", verdict: "left out", note: `${wallClock}; status names who waits for whom` },
  { id: "S60", test: "async_timing", verdict: "left out", note: "no mode without causality" },
];
