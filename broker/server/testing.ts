import { planDigest, requirePlan, type Federation } from "../core/index.js";
import { PROTOCOL_VERSION, type BrokerFrame, type HostFrame } from "../wire/protocol.js";
import type { Peer } from "./peer.js";
import { Session, type SessionOptions } from "./session.js";

/** Two federates that run each second, `a` first; each is a host of the same name. */
export const pair: Federation = {
  federates: ["a", "b"].map(name => ({
    name,
    period: 1_000_000,
    inputs: [{ name: "in", carries: "value", wakes: "never" }],
    outputs: [{ name: "out", carries: "value" }],
  })),
  links: [
    { from: "a.out", to: "b.in" },
    { from: "b.out", to: "a.in", delay: 1 },
  ],
  until: 10_000_000,
};

export const pairPlan = requirePlan(pair);

/** The other end of a connection, which keeps what it is told. */
export class RecordingPeer implements Peer {
  readonly frames: BrokerFrame[] = [];

  post(frame: BrokerFrame): void {
    this.frames.push(frame);
  }

  get kinds(): string[] {
    return this.frames.map(frame => frame.kind);
  }
}

/** A session of the pair whose clock stands until it is moved. */
export function openSession(options: Partial<SessionOptions> = {}) {
  const clock = { ms: 0 };
  const hosts = pairPlan.federates.map(({ shape: { name } }, f) => ({ name, federates: [f] }));
  const session = new Session({ plan: pairPlan, hosts, token: "secret", now: () => clock.ms, ...options });
  const tick = (ms = 250) => {
    clock.ms += ms;
    session.tick();
  };
  return { session, tick };
}

/** What the host of this name says first. */
export function hello(host: string, changes: Partial<Extract<HostFrame, { kind: "join" }>> = {}): HostFrame {
  const plan = planDigest(pairPlan);
  return { kind: "join", version: PROTOCOL_VERSION, token: "secret", host, plan, foreign: false, ...changes };
}

/** When the federate of this index is due, as its host reports it. */
export function dueReport(federate: number, time: number): HostFrame {
  const { basePhase } = pairPlan.federates[federate];
  return { kind: "report", due: [{ federate, time, phase: basePhase }], publications: [], idle: true };
}

/** Joins both hosts of the pair and lets them make their first reports. */
export function startPair(session: Session): { readonly a: RecordingPeer; readonly b: RecordingPeer } {
  const [a, b] = [new RecordingPeer(), new RecordingPeer()];
  session.accept(a, hello("a"));
  session.accept(b, hello("b"));
  session.accept(a, dueReport(0, 0));
  session.accept(b, dueReport(1, 0));
  session.settle();
  return { a, b };
}
