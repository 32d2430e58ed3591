import { resolve } from "node:path";
import { CosimError, parseDuration } from "../../broker/wire/index.js";
import type { CheckedCase } from "../../cases/check.js";
import type { OptionValues } from "../../cases/options.js";
import type { DEPLOYMENT_OPTIONS } from "../cli/deployment-options.js";
import type { Deployment } from "./engine.js";
import { ledgerFor, type LedgerName } from "./settling.js";

/** What the options of a deployment may be. */
export type DeploymentOptions = Partial<OptionValues<typeof DEPLOYMENT_OPTIONS>> & LedgerOptions;

/** Where settlements go, and the file that describes the network of a ledger that needs one. */
export interface LedgerOptions {
  readonly ledger?: LedgerName;
  readonly network?: string;
}

/**
 * The deployment that options ask for.
 * @throws CosimError `COSIM_OPTION_INVALID` naming the option that does not fit the case.
 */
export function readDeployment(options: DeploymentOptions, checked: CheckedCase): Deployment {
  const { tick } = checked.case;
  const { until } = checked.assembly.plan;
  const every = options.checkpointEvery ?? checked.case.checkpointEvery;
  const checkpointEvery = every === "never" ? undefined : parseDuration(every, tick);
  if (checkpointEvery !== undefined && checkpointEvery <= 0) {
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `--checkpoint-every is "${every}"; it takes a positive duration or "never".`,
    );
  }
  const pauseAt = options.pauseAt === undefined ? undefined : parseDuration(options.pauseAt, tick);
  if (pauseAt !== undefined && (pauseAt <= 0 || pauseAt > until)) {
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `--pause-at is "${options.pauseAt ?? ""}"; it lies outside of the case's time.`,
    );
  }
  const names = checked.assembly.members.map(member => member.name);
  const { hosts = "1", broker = "inside", realTime: speed, listen, keys } = options;
  if (listen !== undefined && keys === undefined) {
    throw new CosimError(
      "COSIM_LISTEN_NEEDS_KEYS",
      `--listen ${listen} needs --keys: a file of CURVE keys, or "generate".`,
    );
  }
  const settling = readSettling(options, checked);
  return { hosts: groupFederates(names, hosts), broker, listen, keys, speed, pauseAt, checkpointEvery, ...settling };
}

/** The ledger that a case's settlements go to; its network's file by its whole path. */
function readSettling({ ledger: asked, network }: LedgerOptions, checked: CheckedCase) {
  const ledger = ledgerFor(checked.case, asked);
  if (ledger === "none" || ledger === "embedded") return { ledger };
  if (network !== undefined) return { ledger, network: resolve(network) };
  const cure =
    "Give it --network FILE, the summary.json that fabric-network/start.sh names, or take --ledger embedded.";
  throw new CosimError("COSIM_OPTION_INVALID", `--ledger ${ledger} needs a network. ${cure}`);
}

/**
 * Federates by host: one group, N groups of neighbours in the case's order, or each on its own.
 * @throws CosimError `COSIM_OPTION_INVALID`
 */
export function groupFederates(names: readonly string[], hosts: string): string[][] {
  if (hosts === "each") return names.map(name => [name]);
  const count = Number(hosts);
  if (!Number.isInteger(count) || count < 1) {
    throw new CosimError("COSIM_OPTION_INVALID", `--hosts is "${hosts}"; it takes a whole number from 1, or "each".`);
  }
  const groups = Math.max(1, Math.min(count, names.length));
  const from = (group: number) => Math.floor((group * names.length) / groups);
  return Array.from({ length: groups }, (_, group) => names.slice(from(group), from(group + 1)));
}
