import { ask, partiesOf, type Reading, type SettledRun } from "./run-ledger.js";

/** What a party bought or sold in one round; integers as decimal digits, Wh and 1e-12 currency. */
export interface StatementLine {
  readonly market: string;
  readonly period: string;
  readonly closesAt: string;
  readonly side: "buy" | "sell";
  readonly price: string;
  readonly energy: string;
  readonly accepted: string;
  readonly value: string;
  readonly fee: string;
}

/** A party's account: what was paid in, what each round brought, and what it has now. */
export interface Statement {
  readonly party: string;
  readonly paidInPico: string;
  readonly boughtPico: string;
  readonly soldPico: string;
  readonly feesPico: string;
  readonly balancePico: string;
  readonly lines: readonly StatementLine[];
}

/** The statement of one party over all markets of a run. */
export async function statementOf(ledger: Reading, { params }: SettledRun, party: string): Promise<Statement> {
  const { available, held } = await ask<{ available: string; held: string }>(ledger, "Balance", party);
  const lines: StatementLine[] = [];
  for (const market of Object.keys(params.markets)) lines.push(...(await linesOf(ledger, party, market)));
  const paidIn = await journalSum(ledger, party);
  const sum = (side: StatementLine["side"]) =>
    lines.reduce((total, line) => total + (line.side === side ? BigInt(line.value) : 0n), 0n);
  return {
    party,
    paidInPico: String(paidIn),
    boughtPico: String(sum("buy")),
    soldPico: String(sum("sell")),
    feesPico: String(lines.reduce((total, { fee }) => total + BigInt(fee), 0n)),
    balancePico: String(BigInt(available) + BigInt(held)),
    lines,
  };
}

/** Statements of all parties of a run. */
export async function statementsOf(ledger: Reading, run: SettledRun): Promise<Statement[]> {
  const statements: Statement[] = [];
  for (const party of partiesOf(run.params)) statements.push(await statementOf(ledger, run, party));
  return statements;
}

async function linesOf(ledger: Reading, party: string, market: string): Promise<StatementLine[]> {
  const lines: StatementLine[] = [];
  for (let bookmark = ""; ;) {
    const page = await ask<{ lines: Omit<StatementLine, "market">[]; bookmark: string }>(
      ...([ledger, "Statement", party, market, bookmark] as const),
    );
    lines.push(...page.lines.map(line => ({ market, ...line })));
    if (page.bookmark === "") return lines;
    bookmark = page.bookmark;
  }
}

async function journalSum(ledger: Reading, party: string): Promise<bigint> {
  let sum = 0n;
  for (let bookmark = ""; ;) {
    const page = await ask<{ entries: { amount: string }[]; bookmark: string }>(ledger, "Journal", party, bookmark);
    for (const { amount } of page.entries) sum += BigInt(amount);
    if (page.bookmark === "") return sum;
    bookmark = page.bookmark;
  }
}

/** Exact decimal text of an amount of 1e-12 currency. */
export function formatPico(pico: string): string {
  const value = BigInt(pico);
  const digits = String(value < 0n ? -value : value).padStart(13, "0");
  const fraction = digits.slice(-12).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -12)}${fraction === "" ? "" : `.${fraction}`}`;
}
