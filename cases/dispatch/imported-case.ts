import { CosimError } from "../../broker/wire/index.js";
import type { OptionTable, OptionValues } from "../options.js";
import type { GeneratedCase } from "../preset.js";
import { dispatchCase } from "./dispatch-case.js";
import { DISPATCH_OPTIONS } from "./options.js";
import { readme } from "./readme.js";

/** What a case of one's own tables needs beside them. */
export const IMPORT_OPTIONS = {
  name: { kind: "text", placeholder: "NAME", default: "own", doc: "Name of the case." },
  framework: {
    kind: "choice",
    choices: ["dual-privacy", "trilemma"],
    default: "dual-privacy",
    doc: "Whose rules of power flow and cost apply: kW, or MW.",
  },
  sellShare: {
    kind: "number",
    default: 0.5,
    minimum: 0,
    maximum: 1,
    doc: "Price of export as a share of that of import, where price.csv has no column sell.",
  },
  importLimit: { kind: "number", minimum: 0, doc: "Largest import, in kW or MW; none by default." },
  exportLimit: { kind: "number", minimum: 0, doc: "Largest export; none by default." },
  reactiveShare: {
    kind: "number",
    minimum: 0,
    doc: "Reactive power at the grid as a share of the exchange; free by default.",
  },
  days: { kind: "integer", default: 1, minimum: 1, maximum: 366, unit: "d", doc: "Days of the case." },
  ...DISPATCH_OPTIONS,
} as const satisfies OptionTable;

/** Texts of a folder's tables by file name. */
export type Tables = Readonly<Record<string, string>>;

/** Names that a device table may have. */
const DEVICE_TABLES = ["des_config.csv", "devices.csv"];

/**
 * A case of one's own tables: `network.csv`, a device table, `price.csv` with a column `buy` and perhaps `sell`, and the
 * series that the device table names. Whether they are free of faults is the check's to say.
 * @throws CosimError `COSIM_DATA_INVALID` when one of them is not there.
 */
export function importedCase(tables: Tables, options: OptionValues<typeof IMPORT_OPTIONS>): GeneratedCase {
  const devices = DEVICE_TABLES.find(file => Object.hasOwn(tables, file));
  const missing = ["network.csv", "price.csv"].filter(file => !Object.hasOwn(tables, file));
  if (devices === undefined) missing.push(DEVICE_TABLES.join(" or "));
  if (missing.length > 0) {
    const there = Object.keys(tables).join(", ") || "no tables";
    throw new CosimError("COSIM_DATA_INVALID", `The folder has no ${missing.join(", no ")}; there are ${there}.`);
  }
  const { name, framework, importLimit, exportLimit, reactiveShare } = options;
  const nodes = Math.max(0, ...endsOf(tables["network.csv"])) + 1;
  const problem = {
    ...{ name, framework, nodes, storage: options.storage, rowsPerDay: rowsOf(tables["price.csv"]).length - 1 },
    ...{ network: "network.csv", devices },
    grid: { ...pricesOf(tables["price.csv"], options.sellShare), importLimit, exportLimit, reactiveShare },
  };
  const subject = {
    ...{ name, title: `Decentralised dispatch of ${nodes} nodes`, description: "A case of imported tables." },
    ...{ nodes, day: 0, days: options.days },
  };
  return {
    case: dispatchCase(subject, options),
    files: { ...tables, "problem.json": `${JSON.stringify(problem, undefined, 2)}\n` },
    readme: readme(subject, options),
  };
}

/** Lines of a table that are no comments, the header first. */
function rowsOf(text: string): string[] {
  return text.split(/\r?\n/).filter(line => line.trim() !== "" && !line.startsWith("#"));
}

/** Ends of the lines as far as they are numbers; what they are not, the check will tell. */
function endsOf(network: string): number[] {
  const [header = "", ...lines] = rowsOf(network);
  const titles = header.split(",").map(title => title.trim());
  const places = ["from", "to"].map(title => titles.indexOf(title));
  const ends = lines.flatMap(line => places.map(place => Number(line.split(",")[place])));
  return ends.filter(end => Number.isInteger(end) && end >= 0);
}

function pricesOf(prices: string, sellShare: number): { buyPrice: string; sellPrice: string } {
  const [header = ""] = rowsOf(prices);
  const hasSell = header.split(",").some(title => title.trim().startsWith("sell"));
  return { buyPrice: "price:buy", sellPrice: hasSell ? "price:sell" : `price:buy * ${sellShare}` };
}
