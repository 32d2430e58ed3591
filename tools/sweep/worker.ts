import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CosimError } from "../../broker/wire/index.js";
import { describeError } from "../cli/error-report.js";
import type { RunOrder, RunReport } from "./order.js";
import type { FromWorker, ToWorker } from "./worker-main.js";

const MAIN = fileURLToPath(new URL("./worker-main.js", import.meta.url));
/** Wall-clock milliseconds that a worker has to close its run before it is ended by force. */
const PATIENCE_MS = 10_000;

/**
 * A process that carries out one run after the other, so that code is loaded and compiled once. It has a process group
 * of its own: Ctrl-C reaches it through us alone. It closes its run and ends when we are gone, however we ended.
 */
export class Worker {
  private readonly child: ChildProcess;
  private readonly ended: Promise<string>;
  /** How it ended, as soon as it has. */
  private end?: string;

  constructor() {
    this.child = fork(MAIN, [], { detached: true, stdio: ["ignore", 2, 2, "ipc"] });
    this.ended = new Promise(resolve => {
      const note = (how: string) => {
        this.end ??= how;
        resolve(how);
      };
      this.child.once("error", error => {
        note(error.message);
      });
      this.child.once("exit", (code, signal) => {
        note(signal ?? `exit code ${code ?? "unknown"}`);
      });
    });
  }

  /** False once the process has ended. */
  get isAlive(): boolean {
    return this.end === undefined;
  }

  /** Carries an order out; a worker that dies over it gives a failed run, never an exception. */
  async run(order: RunOrder, onProgress: (share: number) => void): Promise<RunReport> {
    const report = new Promise<RunReport>(resolve => {
      this.child.on("message", (message: FromWorker) => {
        if (message.kind === "ended") resolve(message.report);
        else onProgress(message.share);
      });
    });
    this.tell({ kind: "run", order });
    const died = this.ended.then((how): RunReport => {
      const message = `The process of ${order.folder} ended by ${how} before its run did.`;
      return {
        folder: order.folder,
        state: "failed",
        error: describeError(new CosimError("COSIM_FEDERATE_DIED", message)),
      };
    });
    try {
      return await Promise.race([report, died]);
    } finally {
      this.child.removeAllListeners("message");
    }
  }

  /** Calls off the run that it is at, which is then closed properly. */
  callOff({ code, message }: CosimError): void {
    this.tell({ kind: "stop", code, message });
    setTimeout(() => this.child.kill("SIGKILL"), PATIENCE_MS).unref();
  }

  /** Lets the process end; one that does not is forced to. */
  async close(): Promise<void> {
    if (!this.isAlive) return;
    if (this.child.connected) this.child.disconnect();
    const timer = setTimeout(() => this.child.kill("SIGKILL"), PATIENCE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private tell(message: ToWorker): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }
}
