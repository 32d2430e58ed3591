import { parentPort, workerData } from "node:worker_threads";
import { toPlainError } from "../errors.js";
import { EmbeddedLedger } from "./ledger.js";
import { OPENING, type Answer, type Call, type HostOrder } from "./messages.js";

const { folder, options } = workerData as HostOrder;

function answer(ticket: number, work: Promise<unknown>): void {
  const send = (message: Answer) => parentPort?.postMessage(message);
  work.then(
    value => send({ ticket, value }),
    (error: unknown) => send({ ticket, error: toPlainError(error) }),
  );
}

const opening = EmbeddedLedger.open(folder, options);
answer(
  OPENING,
  opening.then(() => undefined),
);

parentPort?.on("message", ({ ticket, method, args }: Call) => {
  const call = async () => {
    const ledger = await opening;
    return (ledger[method] as (...args: unknown[]) => unknown).apply(ledger, [...args]);
  };
  answer(ticket, call());
});
