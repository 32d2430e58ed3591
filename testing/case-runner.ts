import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import {
  defineFederate,
  LocalHost,
  requireAssembly,
  type AnyFederate,
  type CaseShape,
  type Effects,
  type HostImage,
  type OutputDeclarations,
} from "../runtime/index.js";

/** Files of a folder and a silent log, as a federate's test needs them. */
export function folderEffects(folder: string, ledger?: string): Effects {
  return {
    launch: { folder, ledger },
    openFile(name, length) {
      const path = join(folder, name);
      const file = openSync(path, existsSync(path) ? "r+" : "w+");
      if (length !== undefined) ftruncateSync(file, length);
      let at = fstatSync(file).size;
      return {
        path,
        get length() {
          return at;
        },
        append(data) {
          at += writeSync(file, typeof data === "string" ? Buffer.from(data) : data, 0, undefined, at);
        },
        flush: () => {
          fsyncSync(file);
        },
        close: () => {
          closeSync(file);
        },
      };
    },
    log: () => undefined,
  };
}

/** A folder that is gone after `use`. */
export async function withFolder<T>(use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "gridloom-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Text of a file in a folder. */
export function readText(folder: string, name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** What a scripted source publishes at one time. */
export interface ScriptEntry {
  readonly seconds: number;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly messages?: readonly { readonly output: string; readonly payload: unknown }[];
}

/** A federate that publishes what a script says, in order of time. */
export function scripted(outputs: OutputDeclarations, script: readonly ScriptEntry[]): AnyFederate {
  return defineFederate({
    params: z.strictObject({}),
    inputs: {},
    outputs,
    create: () => ({ state: { next: 0 } }),
    step(state, { seconds, context }) {
      const entry = script[state.next];
      if (entry === undefined || entry.seconds > seconds) return { wakeAt: ticks(entry, context.ticksPerSecond) };
      state.next++;
      const { outputs: values, messages } = entry;
      return {
        outputs: values,
        messages: messages as never,
        wakeAt: ticks(script[state.next], context.ticksPerSecond),
      };
    },
  }) as unknown as AnyFederate;
}

const ticks = (entry: ScriptEntry | undefined, perSecond: number) =>
  entry === undefined ? null : Math.round(entry.seconds * perSecond);

/** How a test runs a case. */
export interface RunOptions {
  readonly folder: string;
  readonly kinds: Readonly<Record<string, AnyFederate>>;
  /** Where to go on from. */
  readonly image?: HostImage;
  /** Last simulated time to run to, in ticks; the case's end by default. */
  readonly pauseAt?: number;
  /** Where settlements go; nowhere when left out. */
  readonly ledger?: string;
  /** False leaves the run as a killed process would. */
  readonly close?: boolean;
}

/** Runs a case in this process and returns its host. */
export async function runCase(
  shape: CaseShape,
  { folder, kinds, image, pauseAt, ledger, close = true }: RunOptions,
): Promise<LocalHost> {
  const assembly = await requireAssembly(shape, folder, use => Promise.resolve(kinds[use]));
  const host = new LocalHost(assembly, folderEffects(folder, ledger));
  await host.create();
  if (image !== undefined) host.restore(image);
  if (pauseAt !== undefined) host.queue.release(pauseAt, Infinity);
  let failed = true;
  try {
    await host.advance();
    failed = false;
  } finally {
    if (close || failed) await host.close();
  }
  return host;
}
