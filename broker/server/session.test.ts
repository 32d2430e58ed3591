import assert from "node:assert/strict";
import { CosimError, type Publication } from "../wire/index.js";
import { packValue, type HostFrame } from "../wire/protocol.js";
import { dueReport, hello, openSession, pairPlan, RecordingPeer, startPair } from "./testing.js";

const failed = (code: string, party: string) => (error: unknown) => {
  assert.ok(error instanceof CosimError);
  assert.deepEqual([error.code, error.details.party], [code, party]);
  return true;
};

describe("a session", () => {
  it("lets the first federate run once all hosts have reported, and the next when it has", () => {
    const { session } = openSession();
    const { a, b } = startPair(session);
    assert.deepEqual(a.kinds, ["welcome", "release"]);
    assert.deepEqual(b.kinds, ["welcome"]);
    session.accept(a, dueReport(0, 1_000_000));
    session.settle();
    assert.deepEqual(b.kinds, ["welcome", "release"]);
  });

  it("tells both hosts of the end, and is done when both have left", async () => {
    const { session } = openSession();
    const { a, b } = startPair(session);
    session.accept(a, dueReport(0, 11_000_000));
    session.settle();
    session.accept(b, dueReport(1, 11_000_000));
    session.settle();
    assert.deepEqual([a.kinds.at(-1), b.kinds.at(-1)], ["end", "end"]);
    session.accept(a, { kind: "leave" });
    session.accept(b, { kind: "leave" });
    await session.done;
  });

  it("ends with the error of a federate that throws, tells the others and gives its last lines of log", async () => {
    const { session } = openSession({ readLog: name => [`last words of ${name}`] });
    const { a, b } = startPair(session);
    const failure = {
      code: "COSIM_FEDERATE_FAILED",
      message: "a failed",
      party: "a",
      stamp: "(0, 0, 0, 0)",
      log: [],
    } as const;
    session.accept(a, { kind: "fail", ...failure });
    assert.deepEqual(b.frames.at(-1), { kind: "fail", ...failure, log: ["last words of a"] });
    assert.deepEqual(a.kinds.at(-1), "release");
    session.accept(a, { kind: "leave" });
    session.accept(b, { kind: "leave" });
    await assert.rejects(session.done, failed("COSIM_FEDERATE_FAILED", "a"));
  });

  it("does not wait for ever for a host that does not close after a failure", async () => {
    const { session, tick } = openSession({ closeSeconds: 5 });
    const { a } = startPair(session);
    session.accept(a, { kind: "leave" });
    tick(4000);
    tick(2000);
    await assert.rejects(session.done, failed("COSIM_FEDERATE_DIED", "a"));
  });

  it("refuses a second host of a name, and goes on with the first", () => {
    const { session } = openSession();
    const { a } = startPair(session);
    const second = new RecordingPeer();
    assert.equal(session.accept(second, hello("a")), false);
    assert.ok(second.frames[0].kind === "fail" && second.frames[0].code === "COSIM_FEDERATE_DUPLICATE");
    assert.equal(a.kinds.includes("fail"), false);
    assert.equal(session.status().state, "running");
  });

  for (const [what, changes] of [
    ["without the token", { token: "guess" }],
    ["without the token, in another version", { token: "guess", version: 2 }],
    ["under an unknown name", { host: "c" }],
    ["as a foreign federate that the launch does not know", { foreign: true }],
  ] as const) {
    it(`refuses and counts a join ${what}`, () => {
      const { session } = openSession();
      const stranger = new RecordingPeer();
      assert.equal(session.accept(stranger, hello("a", changes)), false);
      assert.deepEqual(stranger.kinds, ["fail"]);
      assert.deepEqual([session.status().state, session.status().refusedFrames], ["joining", 1]);
    });
  }

  for (const [what, code, changes] of [
    ["speaks another version", "COSIM_PROTOCOL_VERSION", { version: 2 }],
    ["read another case", "COSIM_FEDERATION_INVALID", { plan: "other" }],
  ] as const) {
    it(`ends with a host that ${what}, because it can never join`, async () => {
      const { session } = openSession();
      const host = new RecordingPeer();
      session.accept(host, hello("a", changes));
      assert.deepEqual(host.kinds, ["fail"]);
      await assert.rejects(session.done, failed(code, "a"));
    });
  }

  it("names the hosts that have not joined in time", async () => {
    const { session, tick } = openSession({ joinSeconds: 10 });
    const a = new RecordingPeer();
    session.accept(a, hello("a"));
    tick(10_001);
    session.accept(a, { kind: "leave" });
    await assert.rejects(session.done, (error: Error) => error.message.includes("not joined: b."));
  });

  it("gives a host whose process has ended a moment, then names it with the activation that it owes", async () => {
    const { session, tick } = openSession();
    const { a, b } = startPair(session);
    session.hostDied("b", "SIGKILL");
    tick();
    assert.equal(a.kinds.includes("fail"), false);
    tick();
    tick();
    assert.equal(a.kinds.at(-1), "fail");
    session.accept(a, { kind: "leave" });
    await assert.rejects(session.done, (error: CosimError) => {
      assert.equal(error.message, "b ended with SIGKILL; b was to run at (0, 1, 0, 0).");
      return failed("COSIM_FEDERATE_DIED", "b")(error);
    });
    assert.equal(b.kinds.includes("fail"), false);
  });

  it("takes what a process said before its end as its last word", async () => {
    const { session, tick } = openSession();
    const { a, b } = startPair(session);
    session.hostDied("b", "exit code 1");
    tick();
    const failure = { code: "COSIM_FEDERATE_FAILED", message: "b failed", party: "b", stamp: "", log: [] } as const;
    session.accept(b, { kind: "fail", ...failure });
    session.accept(b, { kind: "leave" });
    session.accept(a, { kind: "leave" });
    await assert.rejects(session.done, failed("COSIM_FEDERATE_FAILED", "b"));
  });

  it("calls a host silent whose connection is lost, unless somebody knows that it died", async () => {
    for (const died of [false, true]) {
      const { session, tick } = openSession();
      const { a, b } = startPair(session);
      session.lost(b);
      if (died) session.hostDied("b", "SIGKILL");
      for (let k = 0; k < 3; k++) tick();
      session.accept(a, { kind: "leave" });
      await assert.rejects(session.done, failed(died ? "COSIM_FEDERATE_DIED" : "COSIM_FEDERATE_SILENT", "b"));
    }
  });

  it("names a federate whose step takes longer than its limit, and no other", async () => {
    const { session, tick } = openSession({ stepTimeoutSeconds: new Map([[0, 2]]) });
    const { a, b } = startPair(session);
    tick(1999);
    assert.equal(session.status().state, "running");
    tick(2);
    assert.equal(a.kinds.at(-1), "fail");
    for (const peer of [a, b]) session.accept(peer, { kind: "leave" });
    await assert.rejects(session.done, failed("COSIM_STEP_TIMEOUT", "a"));
  });

  it("answers a query that carries the token with who is where and who waits for whom", () => {
    const { session } = openSession();
    startPair(session);
    const asker = new RecordingPeer();
    session.accept(asker, { kind: "query", token: "guess" });
    assert.deepEqual(asker.kinds, []);
    session.accept(asker, { kind: "query", token: "secret" });
    const [answer] = asker.frames;
    assert.ok(answer.kind === "answer");
    const { federates } = JSON.parse(answer.json) as { federates: unknown[] };
    assert.deepEqual(federates, [
      { name: "a", host: "a", nextTime: 0, nextStamp: "(0, 0, 0, 0)" },
      { name: "b", host: "b", nextTime: 0, nextStamp: "(0, 1, 0, 0)", waitsFor: "a" },
    ]);
  });

  it("stops everybody before a cut, saves, and goes on", async () => {
    const events: string[] = [];
    const { session } = openSession({
      cuts: {
        next: after => (after < 0 ? 1_000_000 : Infinity),
        reach: async (time, save) => {
          events.push(`reached ${time}`);
          await save();
          events.push("saved");
        },
      },
    });
    const { a, b } = startPair(session);
    session.accept(a, dueReport(0, 1_000_000));
    session.settle();
    session.accept(b, dueReport(1, 1_000_000));
    session.settle();
    assert.deepEqual([a.kinds.at(-1), b.kinds.at(-1)], ["save", "save"]);
    session.accept(a, { kind: "saved", time: 1_000_000 });
    session.accept(b, { kind: "saved", time: 1_000_000 });
    await new Promise(setImmediate);
    assert.deepEqual(events, ["reached 1000000", "saved"]);
    assert.equal(a.kinds.at(-1), "release");
  });
});

describe("a report is refused, and its host named, when", () => {
  const publication: Publication = {
    source: 0,
    output: 0,
    time: 0,
    phase: pairPlan.federates[0].basePhase,
    sequence: 1,
    value: packValue(1),
  };
  const publishing = (changes: Partial<Publication>): HostFrame => ({
    kind: "report",
    due: [],
    publications: [{ ...publication, ...changes }],
    idle: true,
  });
  const due = (federate: number, time: number, phase = 1): HostFrame => ({
    kind: "report",
    due: [{ federate, time, phase }],
    publications: [],
    idle: true,
  });
  const cases: [string, HostFrame][] = [
    ["it speaks for another host's federate", due(1, 0)],
    ["a federate does not exist", due(7, 0)],
    ["a due time is no number", due(0, NaN)],
    ["a due time is negative", due(0, -1)],
    ["a due phase is broken", due(0, 0, 0.5)],
    ["it publishes for another host's federate", publishing({ source: 1 })],
    ["an output does not exist", publishing({ output: 1 })],
    ["a link does not leave the output", publishing({ link: 1 })],
    ["a link does not exist", publishing({ link: 99 })],
    ["a publication lies beyond the release", publishing({ time: 5_000_000 })],
    ["a publication's time is no whole number", publishing({ time: 0.5 })],
    ["a sequence number is broken", publishing({ sequence: -1 })],
    ["a delay is negative", publishing({ extraDelay: -1 })],
    ["it comes as a request", { kind: "request", published: [] }],
    ["it comes as a second join", hello("a")],
    ["it comes as an answer to no checkpoint", { kind: "saved", time: 0 }],
  ];
  for (const [what, frame] of cases) {
    it(what, async () => {
      const { session } = openSession();
      const { a, b } = startPair(session);
      session.accept(a, frame);
      assert.equal(b.kinds.at(-1), "fail");
      for (const peer of [a, b]) session.accept(peer, { kind: "leave" });
      await assert.rejects(session.done, failed("COSIM_FRAME_INVALID", "a"));
    });
  }

  it("and is taken in when nothing is wrong with it", () => {
    const { session } = openSession();
    const { a, b } = startPair(session);
    session.accept(a, {
      ...publishing({}),
      due: [{ federate: 0, time: 1_000_000, phase: publication.phase }],
    } as HostFrame);
    session.settle();
    const release = b.frames.at(-1);
    assert.ok(release?.kind === "release");
    assert.equal(release.publications.length, 1);
  });
});
