import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HostOrder } from "./host-main.js";

const MAIN = fileURLToPath(new URL("./host-main.js", import.meta.url));
/** Wall-clock milliseconds that a process has to end by itself, and after SIGTERM. */
const PATIENCE_MS = 5000;

/** The processes of a run's hosts; what they print goes to `logs/<host>.out`. */
export class HostProcesses {
  private readonly children: { readonly child: ChildProcess; readonly ended: Promise<void> }[] = [];

  /** Starts one; `onEnd` is told the signal or exit code when it ends. */
  start(order: HostOrder, onEnd: (why: string) => void): void {
    const logs = join(order.run, "logs");
    mkdirSync(logs, { recursive: true });
    const output = openSync(join(logs, `${order.host}.out`), "a");
    const child = spawn(process.execPath, [MAIN, JSON.stringify(order)], { stdio: ["pipe", output, output] });
    closeSync(output);
    child.stdin?.on("error", () => undefined);
    const ended = new Promise<void>(resolve => {
      child.once("error", error => {
        onEnd(error.message);
        resolve();
      });
      child.once("exit", (code, signal) => {
        onEnd(signal ?? `exit code ${code ?? "unknown"}`);
        resolve();
      });
    });
    this.children.push({ child, ended });
  }

  /** Waits until all have ended; those that do not are asked to, and then forced. */
  async close(): Promise<void> {
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      if (await this.allEnded()) return;
      for (const { child } of this.children) child.kill(signal);
    }
    await Promise.all(this.children.map(({ ended }) => ended));
  }

  private async allEnded(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<boolean>(resolve => {
      timer = setTimeout(resolve, PATIENCE_MS, false);
    });
    const all = Promise.all(this.children.map(({ ended }) => ended)).then(() => true);
    try {
      return await Promise.race([all, patience]);
    } finally {
      clearTimeout(timer);
    }
  }
}
