import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PATTERNS, type PatternName, type Size } from "../federations/index.js";
import type { Found, PatternPeer, PeerTiming } from "./index.js";
import { askPython, CURE, execute, PEERS_FOLDER } from "./python.js";

/** Wall-clock milliseconds that one federation may take. */
const LIMIT_MS = 100_000;
/** A HELICS broker hands out ports above its own, so each run gets a range; all lie below the ephemeral ports. */
const PORTS = { first: 23_500, step: 250, count: 34 };

interface Install {
  readonly version: string;
  readonly folder: string;
}

/** What one federate of the twin prints. */
interface Line {
  readonly federate: number;
  readonly micros: number;
  readonly received: number;
  readonly first: number;
}

interface Twin {
  readonly install: Install;
  /** Program and first arguments of a federate. */
  readonly command: readonly string[];
}

/** HELICS as the Python package brings it; its twin is the C program where a C compiler is found, the Python one elsewhere. */
export async function findHelics(python: string | undefined): Promise<Found<PatternPeer>> {
  if (python === undefined) return { missing: `no Python with HELICS: ${CURE}` };
  const install = await askPython<Install>(
    python,
    "import helics, json, os; print(json.dumps({'version': helics.helicsGetVersion().split()[0]," +
      " 'folder': os.path.join(os.path.dirname(helics.__file__), 'install')}))",
  );
  if (install === undefined) return { missing: `${python} has no module helics: ${CURE}` };
  const compiled = await compile(install);
  const command = compiled === undefined ? [python, join(PEERS_FOLDER, "helics.py")] : [compiled];
  const language = compiled === undefined ? "Python" : "C";
  let turn = process.pid % PORTS.count;
  return {
    name: `HELICS (${language})`,
    version: install.version,
    run: (pattern, size, where) => {
      turn = (turn + 1) % PORTS.count;
      const port = PORTS.first + PORTS.step * turn;
      return runTwin({ install, command }, { pattern, size, where, port });
    },
  };
}

async function compile({ folder }: Install): Promise<string | undefined> {
  const program = join(await mkdtemp(join(tmpdir(), "gridloom-peer-")), "helics-twin");
  const library = join(folder, "lib64");
  const source = join(PEERS_FOLDER, "helics.c");
  const flags = [`-I${join(folder, "include", "helics")}`, `-L${library}`, `-Wl,-rpath,${library}`];
  try {
    await execute("cc", ["-O2", "-o", program, source, ...flags, "-lhelics", "-lpthread"]);
    return program;
  } catch {
    return undefined;
  }
}

interface Run {
  readonly pattern: PatternName;
  readonly size: Size;
  readonly where: "one process" | "process each";
  readonly port: number;
}

async function runTwin({ install, command }: Twin, { pattern, size, where, port }: Run): Promise<PeerTiming> {
  const { federates, steps, warmUp, doubles = 10_000, houses = 30, vectors = false } = size;
  const count = pattern === "echo" ? federates + 1 : federates;
  const numbers = [count, steps, warmUp, doubles, houses, vectors ? 1 : 0];
  const [program, ...first] = command;
  const start = (...last: (string | number)[]) =>
    spawn(program, [...first, ...last.map(String)], { stdio: ["ignore", "pipe", "pipe"] });
  const launchedAt = Date.now();
  const children: ChildProcess[] = [];
  if (where === "one process") {
    children.push(start("threads", pattern, ...numbers));
  } else {
    const options = ["-t", "zmq", "-f", String(count), "--port", String(port), "--loglevel=no_print"];
    children.push(spawn(join(install.folder, "bin", "helics_broker"), options, { stdio: "ignore" }));
    for (let k = 0; k < count; k++) children.push(start("process", pattern, ...numbers, k, port));
  }
  const lines = await collect(children);
  requireReceived(pattern, size, lines);
  return {
    micros: Math.max(...lines.map(line => line.micros)),
    launchSeconds: Math.max(...lines.map(line => line.first)) - launchedAt / 1000,
  };
}

/** Waits for all processes and reads what they print; one that fails or takes too long ends them all. */
async function collect(children: readonly ChildProcess[]): Promise<Line[]> {
  const timer = setTimeout(() => {
    for (const child of children) child.kill("SIGKILL");
  }, LIMIT_MS);
  try {
    const texts = await Promise.all(children.map(outputOf));
    return texts.flatMap(text =>
      text.split("\n").flatMap(line => (line.startsWith("{") ? [JSON.parse(line) as Line] : [])),
    );
  } finally {
    clearTimeout(timer);
    for (const child of children) child.kill("SIGKILL");
  }
}

function outputOf(child: ChildProcess): Promise<string> {
  let output = "";
  let complaint = "";
  child.stdout?.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr?.on("data", (data: Buffer) => (complaint += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(new Error(`a HELICS process ended with ${signal ?? code ?? "nothing"} ${complaint.trim().slice(-200)}`));
    });
  });
}

/** Values that HELICS federates see anew: none at the start, each at the grant after its publication, the feeder's latest. */
function coupledValues({ steps, houses = 30, vectors = false }: Size): number {
  const ports = vectors ? 1 : houses;
  const periods = Math.floor(steps / 20);
  const priceAndVoltage = 2 * Math.floor((steps - 1) / 20);
  return (steps - 1) * (8 + 8 * ports) + priceAndVoltage + (periods - 1) * (1 + ports) + 2 * periods;
}

/**
 * Compares what the federates received with what ours must receive.
 * @throws Error when HELICS lost or doubled a value.
 */
function requireReceived(pattern: PatternName, size: Size, lines: readonly Line[]): void {
  const { expected } = PATTERNS[pattern].federation(size);
  const items = Object.values(expected).reduce((sum, tally) => sum + tally.items, 0);
  const all = pattern === "coupled" ? coupledValues(size) : items;
  const received = lines.reduce((sum, line) => sum + line.received, 0);
  if (lines.length !== Object.keys(expected).length || received !== all) {
    throw new Error(`${lines.length} HELICS federates received ${received} values instead of ${all}`);
  }
}
