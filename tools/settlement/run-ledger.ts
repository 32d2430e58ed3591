import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import type { Case } from "../../cases/schema.js";
import { accountsOf, settlementParams, type SettlementParams } from "../../federates/settlement/params.js";
import { openLedger, scopeOf, type LedgerPort } from "../../ledger/index.js";
import { readManifest, type Manifest } from "../run/manifest.js";
import { findRun } from "../run/run-folder.js";
import { ledgerFolder, SETTLEMENT } from "../run/settling.js";

/** A run whose rounds are settled. */
export interface SettledRun {
  readonly folder: string;
  readonly ledger: NonNullable<Manifest["ledger"]>;
  readonly params: SettlementParams;
}

/**
 * The run that a user names.
 * @throws CosimError `COSIM_RUN_FOLDER` when there is none, or none of its rounds was settled.
 */
export function findSettledRun(run: string): SettledRun {
  const folder = findRun(run);
  const { ledger } = readManifest(folder);
  const shape = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as Case;
  const federate = Object.values(shape.federates).find(({ use }) => use === SETTLEMENT);
  if (ledger !== undefined && federate !== undefined && existsSync(ledgerFolder(folder)))
    return { folder, ledger, params: settlementParams.parse(federate.params) };
  const why = federate === undefined ? "its case settles nothing" : "it was launched with --ledger none";
  throw new CosimError("COSIM_RUN_FOLDER", `${folder} has no ledger: ${why}. Launch a case that settles its rounds.`);
}

/** A run's ledger, open for questions. */
export interface Reading {
  readonly port: LedgerPort;
  /** Scope of the contract that holds the run's accounts. */
  readonly scope: string;
}

/** Opens a run's ledger for questions, and closes it afterwards; an embedded one also while the run goes on. */
export async function reading<T>(run: SettledRun, work: (reading: Reading) => Promise<T>): Promise<T> {
  const { driver } = run.ledger;
  const port = await openForQueries(run);
  try {
    return await work({ port, scope: scopeOf(driver, ledgerFolder(run.folder)) });
  } finally {
    await port.close();
  }
}

async function openForQueries({ folder, ledger: { driver, network } }: SettledRun): Promise<LedgerPort> {
  if (driver === "embedded") {
    const { openReader } = await import("../../ledger/embedded/index.js");
    return await openReader(ledgerFolder(folder));
  }
  return await openLedger(driver, { network: network === undefined ? undefined : { description: network } });
}

/** A question to the contract, its answer as data. */
export async function ask<T>({ port, scope }: Reading, name: string, ...args: readonly string[]): Promise<T> {
  return JSON.parse(await port.query({ function: name, args: [scope, ...args] })) as T;
}

/** All accounts of a run, each once, that of the operator last. */
export function partiesOf({ markets, operator }: SettlementParams): string[] {
  return [...new Set([...Object.values(markets).flatMap(accountsOf), operator])];
}
