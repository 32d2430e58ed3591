import { bothWays, type HelicsScenario } from "./scenario.js";

/** Scenarios of federates that wait for the present time, and of barriers. */
export const presentTime: readonly HelicsScenario[] = [
  {
    id: "S27",
    test: "wait_for_current_time_flag_exec_entry",
    verdict: "same",
    note: bothWays,
    script: {
      text: `A: say 3.5, ask 1;
             B initial 9.9: ask 5;
             A -> B
             B -1e-9-> A`,
      until: 5,
    },
    grants: { A: "0(-) 1(-)", B: "0(3.5) 5(3.5)" },
  },
  {
    id: "S28",
    test: "wait_for_current_time_flag",
    verdict: "differs",
    note: "A -> B with 1 tick of delay, A -> C at the same time: all the same but B's iterative request at 3, which is granted 1 tick later: a federate runs again at one time only over an iterating link",
    script: {
      text: `A: ask 1; say 3.5, ask 3; say 9.3
             B initial 2.6: ask 1; ask 2; ask 3; ask 4; ask 4;
             C initial 1.9: ask 1; ask 2; ask 3;
             A -1e-9-> B
             A -> C`,
      until: 4,
    },
    grants: {
      A: "0 1 3",
      B: "0(2.6) 1(2.6) 1.000000001(3.5) 3(3.5) 3.000000001(9.3) 4(9.3)",
      C: "0(1.9) 1(3.5) 2(3.5) 3(9.3)",
    },
  },
  {
    id: "S29",
    test: "wait_for_current_time_flag2",
    verdict: "same",
    note: bothWays,
    script: {
      text: `A: say first=3.5, ask 1; say second=8.8, ask 3; say first=5.4
             B initial 9.9: ask 5; ask 7; ask 7;
             A.first -> B.first
             A.second -> B.second
             B -1e-9-> A`,
      until: 7,
    },
    grants: { A: "0(-) 1(-) 3(-)", B: "0(3.5 9.9) 1(3.5 8.8) 3(5.4 8.8) 7(5.4 8.8)" },
  },
  {
    id: "S30",
    test: "wait_for_current_time_flag_endpoint",
    verdict: "same",
    note: `${bothWays}; a message is handed over once, so that 1 is new at each grant where HELICS counts 1, 2, 3 unread`,
    script: {
      text: `A: send x, ask 1; send y, ask 3; send z
             B: ask 5; ask 7; ask 7;
             A => B
             B =1e-9=> A`,
      until: 7,
    },
    grants: { A: "0([]) 1([]) 3([])", B: "0([x]) 1([y]) 3([z]) 7([])" },
  },
  {
    id: "S31",
    test: "wait_for_current_time_flag2_error",
    verdict: "same",
    note: "two that wait for each other are a cycle of same-time links: refused before the start",
    refused: "A -> B -> A",
  },
  {
    id: "S32",
    test: "wait_for_current_time_flag_self",
    verdict: "same",
    note: `${bothWays}; the link of B to itself has 1 tick of delay`,
    script: {
      text: `A: say first=3.5, ask 1; say second=8.8, ask 3; say first=5.4
             B initial 9.9: ask 5; ask 7; ask 7;
             A.first -> B.first
             A.second -> B.second
             B -1e-9-> A
             B -1e-9-> B.own`,
      until: 7,
    },
    grants: { A: "0(-) 1(-) 3(-)", B: "0(3.5 9.9 9.9) 1(3.5 8.8 9.9) 3(5.4 8.8 9.9) 7(5.4 8.8 9.9)" },
  },
  { id: "S33", test: "time_barrier1", verdict: "left out", note: "no barriers; a pause stops the whole federation" },
  {
    id: "S34",
    test: "time_barrier_clear",
    verdict: "left out",
    note: "no barriers; a pause stops the whole federation",
  },
];
