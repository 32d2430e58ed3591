import { once } from "node:events";
import { Dealer, Router } from "zeromq";
import { startChild } from "./child.js";

/** Bare frames: a ROUTER in this process and DEALERs in processes of their own, with nothing of ours in between. */
export interface BareOptions {
  /** `star`: a frame to every process, then one back from each. `lap`: a frame to one process and back, then the next. */
  readonly shape: "star" | "lap";
  /** Processes around the router. */
  readonly others: number;
  readonly steps: number;
  readonly warmUp: number;
  readonly bytes: number;
}

/**
 * Microseconds of a star or of a lap.
 * @throws Error when frames were lost or cut.
 */
export async function runBare(options: BareOptions): Promise<number> {
  const router = new Router({ linger: 0 });
  await router.bind("tcp://127.0.0.1:*");
  const endpoint = router.lastEndpoint ?? "";
  const children = Array.from({ length: options.others }, () => startChild({ task: "bare-echo", endpoint }));
  try {
    const ids: Buffer[] = [];
    while (ids.length < options.others) ids.push((await router.receive())[0]);
    return await timeTurns(router, ids, options);
  } finally {
    for (const child of children) child.kill();
    await Promise.all(children.map(child => once(child, "exit")));
    router.close();
  }
}

async function timeTurns(router: Router, ids: readonly Buffer[], options: BareOptions): Promise<number> {
  const { shape, steps, warmUp, bytes } = options;
  const frame = Buffer.alloc(bytes, "1");
  let startedAt = 0;
  let received = 0;
  const receive = async () => {
    const [, answer] = await router.receive();
    received += answer.length;
  };
  for (let step = 0; step < warmUp + steps; step++) {
    if (step === warmUp) startedAt = performance.now();
    for (const id of ids) {
      await router.send([id, frame]);
      if (shape === "lap") await receive();
    }
    if (shape === "star") for (let k = 0; k < ids.length; k++) await receive();
  }
  const micros = ((performance.now() - startedAt) * 1000) / steps;
  const expected = (warmUp + steps) * ids.length * bytes;
  if (received !== expected) throw new Error(`${received} bytes came back instead of ${expected}.`);
  return micros;
}

/** Sends back what comes, until this process is ended. */
export async function echoFrames(endpoint: string): Promise<void> {
  const socket = new Dealer({ linger: 0 });
  socket.connect(endpoint);
  await socket.send("here");
  for await (const [frame] of socket) await socket.send(frame);
}
