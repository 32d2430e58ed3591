import { appendFileSync, mkdirSync } from "node:fs";
import { join, normalize } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import type { Effects, LaunchSettings } from "../../runtime/index.js";
import { cannotWrite } from "./atomic-file.js";
import { BufferedFile } from "./output-file.js";

/** What the federates of a run may do to its folder: output files, and a log of JSON lines for each federate. */
export function folderEffects(folder: string, { ledger, network }: Omit<LaunchSettings, "folder"> = {}): Effects {
  const logs = join(folder, "logs");
  return {
    launch: { folder, ledger, network },
    openFile: (name, length) => new BufferedFile(join(folder, safeName(name)), length),
    log(federate, level, message, details) {
      const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...details });
      try {
        mkdirSync(logs, { recursive: true });
        appendFileSync(join(logs, `${federate}.log`), `${line}\n`);
      } catch (cause) {
        throw cannotWrite(join(logs, `${federate}.log`), cause);
      }
    },
  };
}

/** What the run itself writes into its folder. */
const RESERVED = /^(manifest|status|case|broker|broker-keys|trace)\.json$|^(checkpoints|logs|ledger)(\/|$)/;

function safeName(name: string): string {
  const path = normalize(name);
  if (RESERVED.test(path)) {
    throw new CosimError(
      "COSIM_OUTPUT_INVALID",
      `A federate opens "${name}", which the run itself writes; choose another name.`,
    );
  }
  if (path !== "." && !path.startsWith("..") && !path.startsWith("/")) return path;
  throw new CosimError("COSIM_OUTPUT_INVALID", `A federate opens "${name}", which is outside of the run folder.`);
}
