import { join } from "node:path";
import { parseArgs } from "node:util";
import { NetworkError } from "./errors.js";
import { killNode, resetNetwork, runningNodes, startNetwork, stopNetwork } from "./network.js";
import { SOURCES } from "./project.js";
import type { Mode, Profile } from "./topology.js";

const USAGE = `A Hyperledger Fabric network for settlement.

start [--mode auto|docker|native] [--profile dev|ha] [--state DIR]   brings it up; ends with a JSON summary on stdout
stop [--state DIR]         ends its nodes; a start goes on with their data
reset [--state DIR]        ends its nodes and removes all that it made
status [--state DIR]       the nodes that run
kill NODE [--state DIR]    ends one node at once, as a power cut would
`;

const MODES = ["auto", "docker", "native"] as const;
const PROFILES = ["dev", "ha"] as const;

async function main(argv: readonly string[]): Promise<void> {
  const { positionals, values } = read(argv);
  const [command, node] = positionals;
  const { state } = values;
  if (values.help || command === undefined) process.stdout.write(USAGE);
  else if (command === "start") {
    const mode: Mode | "auto" = oneOf("--mode", values.mode, MODES);
    const profile: Profile | undefined =
      values.profile === undefined ? undefined : oneOf("--profile", values.profile, PROFILES);
    const summary = await startNetwork({ state, mode, profile, say });
    process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  } else if (command === "stop") await stopNetwork(state);
  else if (command === "reset") await resetNetwork(state);
  else if (command === "status")
    process.stdout.write(`${JSON.stringify(Object.fromEntries(await runningNodes(state)))}\n`);
  else if (command === "kill" && node !== undefined) await killNode(state, node);
  else throw new NetworkError(USAGE, 2);
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        mode: { type: "string", default: "auto" },
        profile: { type: "string" },
        state: { type: "string", default: join(SOURCES, ".state") },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new NetworkError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, 2);
  }
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find(name => name === value);
  if (found === undefined) throw new NetworkError(`${option} is ${value}; it may be ${allowed.join(", ")}.`, 2);
  return found;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof NetworkError)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
