import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LedgerPort } from "../port.js";
import { describeLedger, type Driver } from "../testing/conformance.js";
import { openEmbedded } from "./host.js";
import { EmbeddedLedger } from "./ledger.js";

function inNewFolder(open: (folder: string) => Promise<LedgerPort>): Driver {
  let folder = "";
  return {
    open: () => open((folder = mkdtempSync(join(tmpdir(), "gridloom-ledger-")))),
    cleanUp: async () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

describeLedger(
  "embedded",
  inNewFolder(folder => EmbeddedLedger.open(folder)),
);
describeLedger(
  "embedded in a worker",
  inNewFolder(folder => openEmbedded(folder)),
);
