import { CosimError } from "../../broker/wire/index.js";
import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";

const WEATHER = ["tmy3", "epw"] as const;
const PLANNED = ["glm", "matpower", "opendss", "csv"];

export default defineCommand({
  name: "import",
  doc: "Makes case parts out of the field's own formats.",
  args: [
    { name: "FORMAT", required: true, doc: `Format of the file: ${WEATHER.join(" or ")} (hourly weather).` },
    { name: "FILE", required: true, doc: "The file." },
  ],
  options: {
    out: { kind: "text", placeholder: "DIR", default: ".", doc: "Folder in which weather.csv is written." },
    year: {
      kind: "integer",
      default: 2013,
      minimum: 1900,
      maximum: 2200,
      doc: "Year of the case; it decides whether there is a 29 February. The file's own years do not matter.",
    },
    from: { kind: "text", placeholder: "MM-DD", default: "01-01", doc: "First day." },
    days: { kind: "integer", default: 365, minimum: 1, maximum: 366, unit: "d", doc: "Days." },
  },
  async run({ args: [format = "", file = ""], options, console }) {
    const weather = WEATHER.find(name => name === format);
    if (weather === undefined) throw unknownFormat(format);
    const { importWeather } = await import("../import/weather.js");
    const { path, rows, station } = importWeather(weather, { file, ...options });
    const { name, latitudeDeg, longitudeDeg, utcOffsetH } = station;
    console.result(
      `Wrote ${path}: ${options.days} ${options.days === 1 ? "day" : "days"} from ${options.year}-${options.from} 00:00 on, ${rows} rows.\n` +
        `Observed at ${name}: latitude ${latitudeDeg}, longitude ${longitudeDeg}, UTC${utcOffsetH < 0 ? "" : "+"}${utcOffsetH} h.`,
      { path, rows, station },
    );
    return EXIT.done;
  },
});

function unknownFormat(format: string): CosimError {
  if (PLANNED.includes(format)) {
    return new CosimError(
      "COSIM_NOT_BUILT",
      `\`gridloom import ${format}\` is not built yet. Built are: ${WEATHER.join(", ")}.`,
    );
  }
  return new CosimError(
    "COSIM_OPTION_INVALID",
    `"${format}" is no format to import. Formats are ${[...WEATHER, ...PLANNED].join(", ")}.`,
  );
}
