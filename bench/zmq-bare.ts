import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Dealer, Router } from "zeromq";

/**
 * What bare frames of the same pattern cost: DEALER sockets in processes of their own around one ROUTER.
 * Run as a child with an endpoint, a name and the name to send to, this file echoes or hands on what it gets.
 */
const self = fileURLToPath(import.meta.url);

/** Bare counterpart of a pattern: who is a process, and how long the frames are. */
export interface BareOptions {
  /** Processes around the router, without the one that measures. */
  readonly others: number;
  readonly steps: number;
  readonly bytes: number;
}

const WARM_UP = 200;

async function withRouter<T>(others: number, work: (router: Router, ids: Buffer[]) => Promise<T>): Promise<T> {
  const router = new Router({ linger: 0 });
  await router.bind("tcp://127.0.0.1:*");
  const children: ChildProcess[] = [];
  for (let k = 0; k < others; k++) children.push(fork(self, [router.lastEndpoint ?? ""]));
  try {
    const ids: Buffer[] = [];
    while (ids.length < others) ids.push((await router.receive())[0]);
    return await work(router, ids);
  } finally {
    for (const started of children) started.kill();
    await Promise.all(children.map(started => once(started, "exit")));
    router.close();
  }
}

/** Microseconds of a round: a frame to each process and one back from each. */
export function bareStar({ others, steps, bytes }: BareOptions): Promise<number> {
  return withRouter(others, async (router, ids) => {
    const text = Buffer.alloc(bytes, "x");
    let startedAt = 0;
    for (let step = -WARM_UP; step < steps; step++) {
      if (step === 0) startedAt = performance.now();
      for (const id of ids) await router.send([id, text]);
      for (let k = 0; k < others; k++) await router.receive();
    }
    return ((performance.now() - startedAt) * 1000) / steps;
  });
}

/** Microseconds of a hop: a frame from one process to the router and on to the next process. */
export function bareRing({ others, steps, bytes }: BareOptions): Promise<number> {
  return withRouter(others, async (router, ids) => {
    await router.send([ids[0], Buffer.alloc(bytes, "x")]);
    let startedAt = 0;
    for (let hop = -WARM_UP; hop < steps; hop++) {
      if (hop === 0) startedAt = performance.now();
      const [, text] = await router.receive();
      await router.send([ids[(hop + WARM_UP + 1) % others], text]);
    }
    return ((performance.now() - startedAt) * 1000) / steps;
  });
}

async function echo(endpoint: string): Promise<void> {
  const socket = new Dealer({ linger: 0 });
  socket.connect(endpoint);
  await socket.send("here");
  for await (const [bytes] of socket) await socket.send(bytes);
}

if (process.argv[1] === self && process.argv[2] !== undefined) await echo(process.argv[2]);
