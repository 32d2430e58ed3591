import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../broker/wire/index.js";
import { CASE_FORMAT } from "../cases/schema.js";
import { cannotWrite, writeAtomic } from "./run/atomic-file.js";

/**
 * Writes a federate that runs at once: module, test, case and README.
 * @returns the names of the files.
 * @throws CosimError `COSIM_OPTION_INVALID` for a bad name, `COSIM_RUN_FOLDER` when the folder holds something.
 */
export function writeFederate(name: string, folder: string): string[] {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `"${name}" is no name for a federate; write it in kebab-case: heat-pump.`,
    );
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CosimError("COSIM_RUN_FOLDER", `${folder} exists and is not empty. Choose another --out.`);
  }
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
  const files: Record<string, string> = {
    [`${name}.mjs`]: MODULE,
    [`${name}.test.mjs`]: testOf(name),
    "case.json": `${JSON.stringify(caseOf(name), undefined, 2)}\n`,
    "README.md": readmeOf(name),
  };
  for (const [file, text] of Object.entries(files)) writeAtomic(join(folder, file), text);
  return Object.keys(files);
}

const MODULE = `import { defineFederate, z } from "gridloom";

/** A resistive heater that switches off above its owner's price. */
export default defineFederate({
  params: z.strictObject({
    ratedKw: z.number().positive(),
    reservePrice: z.number(),
  }),
  inputs: { price: { type: "number", unit: "USD/kWh", wakes: "change", initial: 0 } },
  outputs: { load: { type: "number", unit: "kW" } },
  create: params => ({ state: params }),
  step(heater, { seconds, inputs, context }) {
    const load = inputs.price <= heater.reservePrice ? heater.ratedKw : 0;
    context.file("load.csv").append(\`\${seconds},\${load}\\n\`);
    return { outputs: { load } };
  },
});
`;

const testOf = (name: string) => `import assert from "node:assert/strict";
import { test } from "node:test";
import heater from "./${name}.mjs";

const context = { file: () => ({ append() {} }) };
const loadAt = price => heater.step({ ratedKw: 2, reservePrice: 0.1 }, { seconds: 0, inputs: { price }, context });

test("runs up to its reserve price", () => {
  assert.deepEqual(loadAt(0.1), { outputs: { load: 2 } });
  assert.deepEqual(loadAt(0.11), { outputs: { load: 0 } });
});
`;

const caseOf = (name: string) => ({
  format: CASE_FORMAT,
  name,
  start: "2024-01-01T00:00:00Z",
  until: "1h",
  federates: {
    [name]: { use: `./${name}.mjs`, params: { ratedKw: 2, reservePrice: 0.1 }, period: "5m" },
  },
  links: [],
});

const readmeOf = (name: string) => `# ${name}

A federate for gridloom, and a case that runs it alone.

- \`gridloom launch .\` runs the case; \`load.csv\` in the run folder has the load in kW over seconds.
- \`node --test\` runs the test.
- \`${name}.mjs\` declares parameters, ports and behaviour; link its ports in \`case.json\`:
  \`"market.price -> ${name}.price"\`.
`;
