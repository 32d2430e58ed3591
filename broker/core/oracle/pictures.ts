import type { Refusal } from "./levels.js";

/** A rule of time as a drawing (see `drawFederation`) and the run that follows from it (see `drawTrace`). */
export interface Picture {
  readonly rule: string;
  readonly drawing: string;
  readonly trace: string;
}

/** One picture, and often its opposite, for each rule. Every runner must give exactly these traces. */
export const pictures: readonly Picture[] = [
  {
    rule: "a same-time link: the target runs at the same time, after the source",
    drawing: `a: every 5
              a -> b
              until 10`,
    trace: "a@0 b@0(a0) a@5 b@5(a5) a@10 b@10(a10)",
  },
  {
    rule: "stages: the end of a diamond runs once, after both arms, however it is listed",
    drawing: `d: silent
              a: every 5
              c -> d.left
              b -> d.right
              a -> b
              a -> x -> c
              until 5`,
    trace: "a@0 b@0(a0) x@0(a0) c@0(x0) d@0(c0 b0) a@5 b@5(a5) x@5(a5) c@5(x5) d@5(c5 b5)",
  },
  {
    rule: "visibility: an activation at t sees what a delay brings to exactly t, but not what is sent at t",
    drawing: `a: every 5
              b: every 5
              a -5-> b
              until 10`,
    trace: "a@0 b@0(-) a@5 b@5(a0) a@10 b@10(a5)",
  },
  {
    rule: "visibility: a federate that asked for exactly t sees what is sent at t over a same-time link",
    drawing: `a: says 5:1
              b: asks 0:5, wakes never
              a -> b`,
    trace: "a@0 b@0(-) a@5 b@5(1)",
  },
  {
    rule: "liveness: sources at equal stamps do not wait for each other, even where each feeds the other's host",
    drawing: `a: every 5
              b: every 5
              b -> c
              a -> d
              until 5`,
    trace: "a@0 b@0 c@0(b0) d@0(a0) a@5 b@5 c@5(b5) d@5(a5)",
  },
  {
    rule: "delayed links close cycles: each lap takes the sum of the delays",
    drawing: `a -> b
              b -3-> a
              until 6`,
    trace: "a@0(-) b@0(a0) a@3(b0) b@3(a3) a@6(b3) b@6(a6)",
  },
  {
    rule: "equal stamps: two federates that run together never see each other's present",
    drawing: `a: every 1
              b: every 1
              a -1-> b
              b -1-> a
              until 2`,
    trace: "a@0(-) b@0(-) a@1(b0) b@1(a0) a@2(b1) b@2(a1)",
  },
  {
    rule: "ranks: in a loop the target of a same-time link runs after its source in every iteration (Gauss-Seidel)",
    drawing: `b: counts to 3, wakes change
              a: counts to 3, wakes change
              a -> b
              b ~> a`,
    trace: "a@0(-) b@0(1) a@0.1(2) b@0.1(3)",
  },
  {
    rule: "iterating links both ways: the members of a loop run side by side (Jacobi)",
    drawing: `a: counts to 2, wakes change
              b: counts to 2, wakes change
              a ~> b
              b ~> a`,
    trace: "a@0(-) b@0(-) a@0.1(1) b@0.1(1) a@0.2(2) b@0.2(2)",
  },
  {
    rule: "an iterating link to itself lets a federate run again at the same time",
    drawing: `a: counts to 3, wakes change
              a ~> a`,
    trace: "a@0(-) a@0.1(1) a@0.2(2) a@0.3(3)",
  },
  {
    rule: "a loop converges before anyone after it looks, and that one looks once",
    drawing: `a: counts to 5, wakes change
              b: counts to 5, wakes change
              a -> b
              b ~> a
              b -> c`,
    trace: "a@0(-) b@0(1) a@0.1(2) b@0.1(3) a@0.2(4) b@0.2(5) c@0(4)",
  },
  {
    rule: "what a loop sends over a delayed link arrives together: the last value of the time wins",
    drawing: `a: counts to 3, wakes change
              b: counts to 3, wakes change
              a -> b
              b ~> a
              a -5-> c`,
    trace: "a@0(-) c@0(-) b@0(1) a@0.1(2) b@0.1(3) c@5(3)",
  },
  {
    rule: "messages of every iteration arrive, in the order in which they were sent",
    drawing: `a: counts to 3, wakes change
              a ~> a
              a =5=> c`,
    trace: "a@0(-) c@0([]) a@0.1(1) a@0.2(2) a@0.3(3) c@5([1 2 3])",
  },
  {
    rule: "an item that a delay brings into a loop wakes the member in iteration 0",
    drawing: `a: counts to 3, wakes change
              b: counts to 3, wakes change
              s: says 3:1
              a -> b
              b ~> a
              s -2-> b.extra`,
    trace: "a@0(-) s@0 b@0(1 -) a@0.1(2) b@0.1(3 -) s@3 b@5(3 1)",
  },
  {
    rule: "fan-in: values are listed by source name, not by link or arrival",
    drawing: `z: every 5
              s: combine list
              z -> s
              b -2-> s
              a -1-> s
              until 4`,
    trace: "z@0 b@0 a@0 s@0([z0]) s@1([a0 z0]) s@2([a0 b0 z0])",
  },
  {
    rule: "fan-in: a sum takes in those that have spoken",
    drawing: `a: says 0:3 5:4
              b: says 5:10
              s: combine sum
              a -> s
              b -> s`,
    trace: "a@0 b@0 s@0(3) a@5 b@5 s@5(14)",
  },
  {
    rule: "fan-in: mean, least and greatest",
    drawing: `a: says 0:3
              b: says 0:9
              p: combine mean
              q: combine min
              r: combine max, initial 7
              a -> p
              b -> p
              a -> q
              b -> q
              a -5-> r
              b -6-> r`,
    trace: "a@0 b@0 r@0(7) p@0(6) q@0(3) r@5(3) r@6(9)",
  },
  {
    rule: "messages are sorted by arrival time, then by source name",
    drawing: `s: every 5, wakes never
              c =1=> s
              b =3=> s
              a =3=> s
              until 5`,
    trace: "s@0([]) c@0 b@0 a@0 s@5([c0 a0 b0])",
  },
  {
    rule: "a value is held, a message is read once",
    drawing: `a: says 1:7
              s: every 2, wakes never
              a -> s.level
              a => s.mail
              until 4`,
    trace: "a@0 s@0(- []) a@1 s@2(7 [7]) s@4(7 [])",
  },
  {
    rule: "a message may take one of its output's links only",
    drawing: `a: every 5, tells c.mail
              a => b
              a => c
              until 5`,
    trace: "a@0 b@0([]) c@0([a0]) a@5 c@5([a5])",
  },
  {
    rule: "a value that an older item would overwrite stays, and the older item wakes nobody",
    drawing: `a: says 0:1 1:2
              a -1+4+0-> b`,
    trace: "a@0 b@0(-) a@1 b@2(2)",
  },
  {
    rule: "of messages nothing is discarded: an overtaken one comes later",
    drawing: `a: says 0:1 1:2
              a =1+4+0=> b`,
    trace: "a@0 b@0([]) a@1 b@2([2]) b@5([1])",
  },
  {
    rule: "a wrapper may lose an item: nobody wakes for it",
    drawing: `a: says 0:1 1:2 2:3
              a -1+0+x-> b`,
    trace: "a@0 b@0(-) a@1 b@1(1) a@2 b@3(3)",
  },
  {
    rule: "wakes any: an equal value wakes",
    drawing: `a: says 0:1 1:1 2:2
              a -> b`,
    trace: "a@0 b@0(1) a@1 b@1(1) a@2 b@2(2)",
  },
  {
    rule: "wakes change: an equal value does not wake",
    drawing: `a: says 0:1 1:1 2:2
              b: wakes change
              a -> b`,
    trace: "a@0 b@0(1) a@1 a@2 b@2(2)",
  },
  {
    rule: "wakes change: there and back before the target looks is two changes and one activation",
    drawing: `a: says 0:1 1:2 2:1
              b: wakes change
              a -3+2+1+0-> b`,
    trace: "a@0 b@0(-) a@1 a@2 b@5(1)",
  },
  {
    rule: "wakes never: items wait until something else wakes the federate",
    drawing: `a: every 2
              b: every 5, wakes never
              a -> b
              until 6`,
    trace: "a@0 b@0(a0) a@2 a@4 b@5(a4) a@6",
  },
  {
    rule: "who publishes nothing wakes nobody",
    drawing: `a: every 5, silent
              a -> b`,
    trace: "a@0 b@0(-) a@5 a@10",
  },
  {
    rule: "initial outputs are held from the start on every link, undelayed, and wake nobody",
    drawing: `a: first 7, says 3:8
              b: starts 1
              a -5-> b`,
    trace: "a@0 b@1(7) a@3 b@8(8)",
  },
  {
    rule: "wakes change: an item equal to the initial output is no change",
    drawing: `a: first 1, says 0:1 3:2
              b: starts 2, wakes change
              a -> b`,
    trace: "a@0 b@2(1) a@3 b@3(2)",
  },
  {
    rule: "wakes change: an item equal to the input's own initial value is no change",
    drawing: `a: says 3:7 4:8
              b: initial 7, wakes change
              a -> b`,
    trace: "a@0 b@0(7) a@3 a@4 b@4(8)",
  },
  {
    rule: "periodic and waking: the union of both",
    drawing: `a: says 1:1 5:2
              b: every 5
              a -> b
              until 6`,
    trace: "a@0 b@0(-) a@1 b@1(1) a@5 b@5(2)",
  },
  {
    rule: "on grid: a wake is rounded up to the grid",
    drawing: `a: says 1:1 5:2
              b: every 5, on grid
              a -> b
              until 6`,
    trace: "a@0 b@0(-) a@1 a@5 b@5(2)",
  },
  {
    rule: "on grid: a wake before the offset waits for it",
    drawing: `a: says 1:1
              b: every 5, offset 3, on grid
              a -> b
              until 8`,
    trace: "a@0 a@1 b@3(1) b@8(1)",
  },
  {
    rule: "on grid: at a time on the grid iterations go on",
    drawing: `a: every 5, on grid, counts to 3, wakes change
              a ~> a
              until 5`,
    trace: "a@0(-) a@0.1(1) a@0.2(2) a@0.3(3) a@5(3)",
  },
  {
    rule: "wakeAt: it stands while other things wake the federate",
    drawing: `b: says 2:1
              a: asks 0:7
              b -> a`,
    trace: "b@0 a@0(-) b@2 a@2(1) a@7(1)",
  },
  {
    rule: "wakeAt: a later one replaces it",
    drawing: `b: says 2:1
              a: asks 0:7 2:9
              b -> a`,
    trace: "b@0 a@0(-) b@2 a@2(1) a@9(1)",
  },
  {
    rule: "wakeAt: null cancels it",
    drawing: `b: says 2:1
              a: asks 0:7 2:-
              b -> a`,
    trace: "b@0 a@0(-) b@2 a@2(1)",
  },
  {
    rule: "several causes at one stamp are one activation: grid, wakeAt and two items",
    drawing: `b: says 5:1
              c: says 3:2
              a: every 5, asks 0:5
              b -> a.first
              c -2-> a.second
              until 5`,
    trace: "b@0 c@0 a@0(- -) c@3 b@5 a@5(1 2)",
  },
  {
    rule: "wakeAt: now is refused",
    drawing: `a: asks 0:3 3:3`,
    trace: "a@0 !COSIM_WAKE_INVALID a@3",
  },
  {
    rule: "wakeAt: a purely periodic federate may not leave its grid",
    drawing: `a: every 5, asks 5:7`,
    trace: "a@0 !COSIM_WAKE_INVALID a@5",
  },
  {
    rule: "wakeAt: a federate that is periodic and waking may leave its grid",
    drawing: `b: silent
              a: every 5, asks 0:7
              b -> a`,
    trace: "b@0 a@0(-) a@5(-) a@7(-) a@10(-)",
  },
  {
    rule: "wakeAt: on grid it is rounded up",
    drawing: `b: silent
              a: every 5, asks 0:7, on grid
              b -> a`,
    trace: "b@0 a@0(-) a@5(-) a@10(-)",
  },
  {
    rule: "until is inclusive",
    drawing: `a: every 5
              until 10`,
    trace: "a@0 a@5 a@10",
  },
  {
    rule: "offset = period: who looks back at each period starts at the end of the first",
    drawing: `a: every 5, offset 5
              until 10`,
    trace: "a@5 a@10",
  },
  {
    rule: "starts: an event-driven federate runs once by itself, and before that when it is woken",
    drawing: `a: says 1:1
              b: starts 4
              a -> b`,
    trace: "a@0 a@1 b@1(1) b@4(1)",
  },
  {
    rule: "observers: one that watches the diamond changes no other word of its trace",
    drawing: `d: silent
              a: every 5
              o: silent
              c -> d.left
              b -> d.right
              a -> b
              a -> x -> c
              x -> o.x
              a -> o.a
              b -> o.b
              until 5`,
    trace: "a@0 b@0(a0) x@0(a0) o@0(x0 a0 b0) c@0(x0) d@0(c0 b0) a@5 b@5(a5) x@5(a5) o@5(x5 a5 b5) c@5(x5) d@5(c5 b5)",
  },
  {
    rule: "maxIterations: a loop that does not converge is a fault",
    drawing: `a -> b
              b ~> a
              iterations 2`,
    trace: "a@0(-) b@0(a0) a@0.1(b0) b@0.1(a0) !COSIM_ITERATION_LIMIT a@0.2",
  },
  {
    rule: "maxIterations: waking on change, the same loop converges",
    drawing: `a: wakes change
              b: wakes change
              a -> b
              b ~> a
              iterations 2`,
    trace: "a@0(-) b@0(a0) a@0.1(b0)",
  },
  {
    rule: "maxActivationsPerSecond: a ping-pong of tiny delays is a fault",
    drawing: `a -1-> b
              b -1-> a
              second 10
              activations 3
              until 100`,
    trace: "a@0 b@0 a@1 b@1 a@2 b@2 !COSIM_ACTIVATION_LIMIT a@3",
  },
  {
    rule: "maxActivationsPerSecond: every simulated second counts anew",
    drawing: `a: every 1
              second 2
              activations 2
              until 4`,
    trace: "a@0 a@1 a@2 a@3 a@4",
  },
];

/** A drawing that must be refused, and why. */
export interface RefusedPicture {
  readonly drawing: string;
  readonly refusal: Refusal;
}

/** One drawing for each reason to refuse. */
export const refusedPictures: readonly RefusedPicture[] = [
  { drawing: "a -> b -> c -> a", refusal: "cycle of same-time links" },
  { drawing: "a -> a", refusal: "cycle of same-time links" },
  {
    drawing: `a -> b -> a
              b ~> a.again`,
    refusal: "cycle of same-time links",
  },
  { drawing: "a ~> b", refusal: "iterating link outside a loop" },
  {
    drawing: `a ~> b
              b -5-> a`,
    refusal: "iterating link outside a loop",
  },
  {
    drawing: `a: wakes never
              a -> b
              b ~> a`,
    refusal: "iterating link into an input that never wakes",
  },
  { drawing: "a -0-> b", refusal: "delay below one tick" },
  {
    drawing: `a -> c
              b -> c`,
    refusal: "several links into a plain value",
  },
  {
    drawing: `c: combine list
              a -> c
              b -> c
              a -5-> c`,
    refusal: "link written twice",
  },
];
