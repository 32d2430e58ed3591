import { describeRange, flagOf, type OptionTable } from "../../cases/index.js";
import { loadPreset } from "../../cases/index.js";
import { DISPATCH_OPTIONS } from "../../cases/dispatch/options.js";
import { caseJsonSchema } from "../../cases/json-schema.js";
import { marketObservation } from "../../methods/index.js";
import { FEDERATES } from "../../federates/registry.js";
import { alternatives, DISTURBANCES, schemasAt, type AnyFederate, type JsonSchema } from "../../runtime/index.js";
import { UNITS } from "../../broker/wire/index.js";

/** A table of the documentation, made from what the program itself reads. */
export type TableMaker = () => string | Promise<string>;

/** Tables by the name that stands in a page's marker, `<!-- table: NAME -->`. */
export const TABLES: Readonly<Record<string, TableMaker>> = {
  "case": () => fieldTable(caseJsonSchema()),
  "federate": () => fieldTable(schemasAt(["federates", "x"], caseJsonSchema())[0]),
  "link": () => fieldTable(alternatives(schemasAt(["links", 0], caseJsonSchema())[0])[1]),
  "preset-pet": async () => optionTable((await loadPreset("pet")).options),
  "preset-pet-rl": async () => optionTable((await loadPreset("pet-rl")).options),
  "dispatch-options": () => optionTable(DISPATCH_OPTIONS),
  "observation": observationTable,
  "kinds": kindTable,
  "disturbances": () =>
    table(
      ["name", "what it does"],
      Object.entries(DISTURBANCES).map(([name, { doc }]) => [code(name), doc]),
    ),
  "units": unitTable,
};

/** Replaces what stands between a page's markers by the tables that they name. */
export async function fillTables(page: string): Promise<string> {
  let filled = page;
  for (const [name, make] of Object.entries(TABLES)) {
    const [begin, end] = [`<!-- table: ${name} -->`, "<!-- end of table -->"];
    const from = filled.indexOf(begin);
    if (from < 0) continue;
    const to = filled.indexOf(end, from);
    filled = `${filled.slice(0, from)}${begin}\n\n${await make()}\n\n${filled.slice(to)}`;
  }
  return filled;
}

const code = (text: string) => `\`${text}\``;

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), `|${"---|".repeat(header.length)}`, ...rows.map(line)].join("\n");
}

function fieldTable({ properties = {} }: JsonSchema): string {
  const rows = Object.entries(properties).map(([name, { description = "" }]) => [code(name), description]);
  return table(["field", "meaning"], rows);
}

function optionTable(options: OptionTable): string {
  const rows = Object.entries(options).map(([name, option]) => [
    code(`--${flagOf(name)}`),
    describeRange(option),
    option.doc,
  ]);
  return table(["option", "default and range", "meaning"], rows);
}

function observationTable(): string {
  const rows = marketObservation(30).map(({ name, unit, high }) => [name, unit, String(high)]);
  return table(["number", "unit", "bound, for 30 houses"], rows);
}

async function kindTable(): Promise<string> {
  const rows = Object.entries(FEDERATES).map(async ([name, load]) => {
    const { doc = "" } = (await load()).default as AnyFederate;
    return [code(name), doc];
  });
  return table(["`use`", "what it is"], await Promise.all(rows));
}

function unitTable(): string {
  const units = Object.entries(UNITS);
  const dimensions = [...new Set(units.map(([, { dimension }]) => dimension))];
  const rows = dimensions.map(dimension => {
    const names = units.filter(([, unit]) => unit.dimension === dimension).map(([name]) => code(name || '""'));
    return [dimension, names.join(", ")];
  });
  return table(["dimension", "units"], rows);
}
