import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { defineCommand } from "../cli/command.js";
import type { Console } from "../cli/console.js";
import { EXIT, type ExitCode } from "../cli/exit-code.js";
import { alignRows } from "../cli/table.js";
import type { SettledRun } from "../settlement/run-ledger.js";
import type { Statement } from "../settlement/statement.js";

const ACTIONS = ["verify", "statement", "export"] as const;

export default defineCommand({
  name: "ledger",
  doc: "Examines the ledger of a run, shows accounts, or exports it for a third party.",
  args: [
    { name: "ACTION", required: true, doc: `${ACTIONS.join(", ")}.` },
    { name: "RUN", doc: 'Run folder; "latest" by default.' },
    { name: "PARTY", doc: "Whose statement; all parties' sums by default." },
  ],
  options: {
    out: { kind: "text", placeholder: "FOLDER", doc: "Where `export` writes; <RUN>/ledger/export by default." },
  },
  async run({ args: [action = "", run = "latest", party], options: { out }, console }) {
    if (!(ACTIONS as readonly string[]).includes(action))
      throw new CosimError("COSIM_OPTION_INVALID", `"ledger" has no "${action}"; it has ${ACTIONS.join(", ")}.`);
    const { findSettledRun } = await import("../settlement/run-ledger.js");
    const settled = findSettledRun(run);
    if (action === "verify") return await verify(settled, console);
    if (action === "export") return await exportLedger(settled, out, console);
    return await showStatement(settled, party, console);
  },
});

async function verify(run: SettledRun, console: Console): Promise<ExitCode> {
  const { verifyRun } = await import("../settlement/verify.js");
  const found = await verifyRun(run);
  const { ok, height, faults, settledRounds, receiptsDigest, unchecked } = found;
  const rows = [
    ["ledger", ok ? "in order" : "NOT in order"],
    ["blocks", String(height)],
    ["rounds", String(settledRounds)],
    ["receipts", receiptsDigest],
    ...(unchecked === undefined ? [] : [["not examined", unchecked]]),
    ...faults.map(fault => [`block ${fault.height}`, fault.problem]),
  ];
  console.result(alignRows(rows), found);
  return ok ? EXIT.done : EXIT.failed;
}

async function exportLedger(run: SettledRun, out: string | undefined, console: Console): Promise<ExitCode> {
  const { ledgerFolder } = await import("../run/settling.js");
  const { exportBundle } = await import("../../ledger/embedded/index.js");
  const { driver } = run.ledger;
  if (driver !== "embedded")
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `The rounds went to ${driver}; its peers give blocks to third parties.`,
    );
  const folder = out ?? join(ledgerFolder(run.folder), "export");
  const bundle = await exportBundle(ledgerFolder(run.folder), folder);
  const rows = [
    ["exported to", folder],
    ["blocks", String(bundle.height)],
    ["receipts", String(bundle.receipts)],
    ["key of the node", bundle.nodeKey],
    ["check it with", `node ${join(folder, "verify-bundle.mjs")}`],
  ];
  console.result(alignRows(rows), { folder, ...bundle });
  return EXIT.done;
}

async function showStatement(run: SettledRun, party: string | undefined, console: Console): Promise<ExitCode> {
  const { reading } = await import("../settlement/run-ledger.js");
  const { formatPico, statementOf, statementsOf } = await import("../settlement/statement.js");
  const statements = await reading(run, async ledger =>
    party === undefined ? await statementsOf(ledger, run) : [await statementOf(ledger, run, party)],
  );
  const sums = sumTable(statements, formatPico);
  const text = party === undefined ? sums : `${lineTable(statements[0], formatPico)}\n\n${sums}`;
  console.result(text, party === undefined ? statements : statements[0]);
  return EXIT.done;
}

type Format = (pico: string) => string;

function sumTable(statements: readonly Statement[], format: Format): string {
  const rows = statements.map(({ party, paidInPico, boughtPico, soldPico, feesPico, balancePico }) => {
    return [party, ...[paidInPico, boughtPico, soldPico, feesPico, balancePico].map(format)];
  });
  return alignRows([["party", "paid in", "bought for", "sold for", "fees", "has"], ...rows]);
}

function lineTable({ lines }: Statement, format: Format): string {
  const rows = lines.map(({ closesAt, side, accepted, energy, value, fee }) => {
    return [closesAt, side, `${accepted} of ${energy} Wh`, format(value), format(fee)];
  });
  return alignRows([["round closed", "side", "got", "value", "fee"], ...rows]);
}
