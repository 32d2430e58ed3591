import type { Status as BrokerStatus } from "../../broker/server/status.js";
import type { Progress, Standing } from "./engine.js";
import { statusOf, type Status } from "./status.js";

/** How far a run is, as its broker tells. */
export function toProgress(status: BrokerStatus): Progress {
  const { time, until } = status;
  return { time: Math.min(time ?? until, until), standings: () => standingsOf(status) };
}

/** A broker's answer in the form of `status.json`. */
export function toStatus(status: BrokerStatus): Status {
  return statusOf(toProgress(status), status);
}

function standingsOf({ federates, hosts, until, ticksPerSecond }: BrokerStatus): Standing[] {
  const sinceOf = (host: string) => {
    const seconds = hosts.find(({ name }) => name === host)?.sinceSeconds ?? 0;
    return new Date(Date.now() - seconds * 1000).toISOString();
  };
  return federates.map(({ name, host, nextTime, waitsFor }) => ({
    federate: name,
    host,
    nextAt: nextTime === null || nextTime > until ? undefined : nextTime / ticksPerSecond,
    ...(waitsFor === undefined || waitsFor === "" ? {} : { waitsFor, since: sinceOf(host) }),
  }));
}
