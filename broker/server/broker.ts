import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { BROKER_FILE, CosimError, type BrokerAddress } from "../wire/index.js";
import type { HostLine } from "../wire/protocol.js";
import { generateKeys, readKeys, type KeyPair } from "./keys.js";
import { LocalLine } from "./local-line.js";
import { FrameRouter } from "./router.js";
import { Session, type SessionOptions } from "./session.js";
import type { Status } from "./status.js";

const TICK_MS = 150;
const STATUS_MS = 1000;

/** What a broker is started with. */
export interface BrokerOptions extends Omit<SessionOptions, "token" | "now"> {
  /** Gets `broker.json`, and `broker-keys.json` where keys are made. */
  readonly runFolder: string;
  /** Interface to listen on beyond loopback: an address, or `*`. */
  readonly listen?: string;
  /** `generate`, or the path of a file with keys; required with `listen`. */
  readonly keys?: string;
  readonly maxFrameBytes?: number;
  /** Called at most once a second while the run goes on, with the content of `status.json`. */
  readonly onStatus?: (status: Status) => void;
}

/** A broker at work: one socket, one session. */
export interface Broker {
  readonly address: BrokerAddress;
  /** Fulfilled when all hosts have closed after the end, rejected with the run's error; the socket is closed then. */
  readonly done: Promise<void>;
  /** A line for a host that lives in this process. */
  connect(): HostLine;
  /** Tells that a host's process has ended; `why` names the signal or the exit code. */
  hostDied(host: string, why: string): void;
  /** Ends the run with an error that every host is told. */
  fail(error: CosimError): void;
  status(): Status;
  /** Frames that have gone through the socket so far; a host in this process has none. */
  readonly frames: Readonly<{ received: number; sent: number }>;
}

/**
 * Starts a broker and writes `broker.json` once it can be reached.
 * @throws CosimError `COSIM_LISTEN_NEEDS_KEYS` when it is to listen beyond loopback without keys.
 */
export async function startBroker(options: BrokerOptions, signal?: AbortSignal): Promise<Broker> {
  const { runFolder, listen, maxFrameBytes, onStatus } = options;
  const keys = await findKeys(options);
  const token = randomBytes(24).toString("base64url");
  const session = new Session({ ...options, token });
  const address = `tcp://${listen ?? "127.0.0.1"}:*`;
  const router = new FrameRouter(session, { keys, maxFrameBytes });
  const endpoint = (await router.open(address)).replace("0.0.0.0", hostname());
  const file = join(runFolder, BROKER_FILE);
  const reach: BrokerAddress = { endpoint, pid: process.pid, token, publicKey: keys?.publicKey };
  await writeAtOnce(file, `${JSON.stringify(reach)}\n`);
  const serving = router.serve();
  const interrupt = () => {
    session.fail(new CosimError("COSIM_INTERRUPTED", "The run was interrupted."));
  };
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  const clock = startClock(session, onStatus);
  const done = session.done.finally(async () => {
    clearInterval(clock);
    signal?.removeEventListener("abort", interrupt);
    await router.close();
    await serving;
    await rm(file, { force: true });
  });
  done.catch(() => undefined);
  return {
    address: reach,
    done,
    connect: () => new LocalLine(session),
    hostDied: (host, why) => {
      session.hostDied(host, why);
    },
    fail: error => {
      session.fail(error);
    },
    status: () => session.status(),
    frames: router.frames,
  };
}

async function findKeys({ runFolder, listen, keys }: BrokerOptions): Promise<KeyPair | undefined> {
  if (keys === undefined) {
    if (listen === undefined) return undefined;
    const message = `Listening on ${listen} needs CURVE keys; give a file of keys, or "generate".`;
    throw new CosimError("COSIM_LISTEN_NEEDS_KEYS", message);
  }
  return keys === "generate" ? generateKeys(join(runFolder, "broker-keys.json")) : readKeys(keys);
}

async function writeAtOnce(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, path);
}

function startClock(session: Session, onStatus: BrokerOptions["onStatus"]): NodeJS.Timeout {
  let told = -Infinity;
  return setInterval(() => {
    session.tick();
    const now = performance.now();
    if (onStatus === undefined || now - told < STATUS_MS) return;
    told = now;
    onStatus(session.status());
  }, TICK_MS);
}
