import { CosimError } from "../../broker/wire/index.js";
import { IMPORT_OPTIONS } from "../../cases/dispatch/imported-case.js";
import type { OptionTable, OptionValues } from "../../cases/options.js";
import { defineCommand } from "../cli/command.js";
import type { Console } from "../cli/console.js";
import { EXIT } from "../cli/exit-code.js";

const WEATHER_OPTIONS = {
  year: {
    kind: "integer",
    default: 2013,
    minimum: 1900,
    maximum: 2200,
    doc: "Year of the case; it decides whether there is a 29 February. The file's own years do not matter.",
  },
  from: { kind: "text", placeholder: "MM-DD", default: "01-01", doc: "First day." },
  days: { kind: "integer", default: 365, minimum: 1, maximum: 366, unit: "d", doc: "Days." },
} as const satisfies OptionTable;

const BULK_OPTIONS = {
  feederBuses: {
    kind: "text",
    placeholder: "BUSES",
    default: "1",
    doc: "Buses at which feeders hang, as 7,5; each gets a dispatchable load.",
  },
} as const satisfies OptionTable;

const OPTIONS: Readonly<Record<string, OptionTable | undefined>> = {
  tmy3: WEATHER_OPTIONS,
  epw: WEATHER_OPTIONS,
  matpower: BULK_OPTIONS,
  csv: IMPORT_OPTIONS,
};
const PLANNED = ["glm", "opendss"];

const options = {
  out: {
    kind: "text",
    placeholder: "DIR",
    default: ".",
    doc: "Folder in which weather.csv, bulk.json or the case is written.",
  },
} as const satisfies OptionTable;

export default defineCommand({
  name: "import",
  doc: "Makes case parts out of the field's own formats.",
  args: [
    {
      name: "FORMAT",
      required: true,
      doc: "Format of the file: tmy3 or epw (hourly weather), matpower (bulk system), csv (tables of a dispatch case).",
    },
    { name: "FILE", required: true, doc: "The file; for csv the folder of the tables." },
  ],
  options,
  optionsFor: args => Promise.resolve(OPTIONS[args.find(arg => Object.hasOwn(OPTIONS, arg)) ?? "tmy3"] ?? {}),
  async run({ args: [format = "", file = ""], options: given, console }) {
    if (format === "tmy3" || format === "epw") {
      const { importWeather } = await import("../import/weather.js");
      const wanted = given as OptionValues<typeof options & typeof WEATHER_OPTIONS>;
      tellWeather(importWeather(format, { file, ...wanted }), wanted, console);
    } else if (format === "matpower") {
      const { importBulk } = await import("../import/bulk.js");
      tellBulk(importBulk({ file, ...(given as OptionValues<typeof options & typeof BULK_OPTIONS>) }), console);
    } else if (format === "csv") {
      const { importDispatch } = await import("../import/dispatch.js");
      const wanted = given as OptionValues<typeof options & typeof IMPORT_OPTIONS>;
      const files = await importDispatch({ folder: file, out: given.out, options: wanted });
      console.result(`Wrote ${files.join(", ")} in ${given.out}.\nNext: gridloom launch ${given.out}`, { files });
    } else throw unknownFormat(format);
    return EXIT.done;
  },
});

type WrittenWeather = ReturnType<typeof import("../import/weather.js").importWeather>;
type WrittenBulk = ReturnType<typeof import("../import/bulk.js").importBulk>;

function tellWeather(
  { path, rows, station }: WrittenWeather,
  wanted: { days: number; year: number; from: string },
  console: Console,
) {
  const { name, latitudeDeg, longitudeDeg, utcOffsetH } = station;
  const days = `${wanted.days} ${wanted.days === 1 ? "day" : "days"}`;
  console.result(
    `Wrote ${path}: ${days} from ${wanted.year}-${wanted.from} 00:00 on, ${rows} rows.\n` +
      `Observed at ${name}: latitude ${latitudeDeg}, longitude ${longitudeDeg}, UTC${utcOffsetH < 0 ? "" : "+"}${utcOffsetH} h.`,
    { path, rows, station },
  );
}

function tellBulk({ path, file, params }: WrittenBulk, console: Console) {
  const { buses, generators, branches } = file.bulk;
  const size = `${buses.length} buses, ${generators.length} generators, ${branches.length} branches`;
  console.result(
    `Wrote ${path}: ${size}; loads are constant.\nParameters of a bulk federate: ${JSON.stringify({ system: "bulk.json", ...params })}`,
    { path, params: { system: "bulk.json", ...params } },
  );
}

function unknownFormat(format: string): CosimError {
  const built = Object.keys(OPTIONS);
  if (PLANNED.includes(format)) {
    const problem = `\`gridloom import ${format}\` is not built yet. Built are: ${built.join(", ")}.`;
    return new CosimError("COSIM_NOT_BUILT", problem);
  }
  const problem = `"${format}" is no format to import. Formats are ${[...built, ...PLANNED].join(", ")}.`;
  return new CosimError("COSIM_OPTION_INVALID", problem);
}
