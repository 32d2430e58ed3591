import { LocalHost, requireAssembly, type Effects } from "../../runtime/index.js";
import { loadKind, PATTERNS, REPORT, type Report } from "../federations/index.js";
import type { FederationOrder } from "./order.js";

/** Effects that hand reports over; nothing else may be written. */
export function reportEffects(hear: (report: Report) => void): Effects {
  return {
    openFile: name => {
      throw new Error(`${name}: nothing is written here.`);
    },
    log: (federate, _level, message, details) => {
      if (message === REPORT) hear({ federate, ...details } as Report);
    },
  };
}

/** Runs a federation in this process: one queue, no socket. */
export async function runInOneProcess({ pattern, size }: FederationOrder): Promise<Report[]> {
  const { shape } = PATTERNS[pattern].federation(size);
  const reports: Report[] = [];
  const assembly = await requireAssembly(shape, ".", loadKind);
  const host = new LocalHost(
    assembly,
    reportEffects(report => reports.push(report)),
  );
  await host.create();
  await host.advance();
  await host.close();
  return reports;
}
