import { execFile } from "node:child_process";
import { NetworkError } from "../errors.js";

const MEGABYTE = 1024 * 1024;
const LONGEST_MS = 180_000;
const QUOTED_LINES = 4;

/** How a program is run. */
export interface RunSettings {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Runs a program to its end and gives its stdout; its last lines are in the error when it fails. */
export function runProgram(program: string, args: readonly string[], settings: RunSettings = {}): Promise<string> {
  const { folder, environment, timeoutMs = LONGEST_MS } = settings;
  const options = { cwd: folder, env: { ...process.env, ...environment }, timeout: timeoutMs, maxBuffer: 8 * MEGABYTE };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else
        reject(
          new NetworkError(`${program} ${args[0]} failed: ${complaint(stderr) || lastLines(stdout) || error.message}`),
        );
    });
  });
}

/** What a program complained of: the lines that say Error, since Fabric's tools explain their options after them. */
function complaint(text: string): string {
  const errors = text.split("\n").filter(line => line.startsWith("Error"));
  return errors.length > 0 ? errors.join("\n") : lastLines(text);
}

/** The end of what a program said. */
export function lastLines(text: string): string {
  return text.trim().split("\n").slice(-QUOTED_LINES).join("\n");
}
