import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * SHA-256 over the programs of this package as they were loaded. A chaincode's package ID does not cover its code, so that
 * organisations compare this before they approve.
 */
export function codeDigest(): string {
  const hash = createHash("sha256");
  for (const folder of [".", "rules"]) {
    const names = readdirSync(join(__dirname, folder)).filter(
      name => name.endsWith(".js") && !name.endsWith(".test.js"),
    );
    for (const name of names.sort())
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(__dirname, folder, name)));
  }
  return hash.digest("hex");
}
