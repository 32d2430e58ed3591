import { fahrenheit, fraction, milesPerHour, wattsPerSqft } from "./fields.js";
import { cellsOf, linesOf, readRecords, refuseFaults, type WeatherField, type WeatherFile } from "./weather-file.js";

type Field = Omit<WeatherField, "place" | "isMissing">;

const same = (value: number) => value;

/** The six columns by their titles, in the order of `WEATHER_COLUMNS`. */
const FIELDS: readonly Field[] = [
  { title: "Dry-bulb (C)", min: -90, max: 65, convert: fahrenheit },
  { title: "RHum (%)", min: 0, max: 100, convert: fraction },
  { title: "DNI (W/m^2)", min: 0, max: 1500, convert: wattsPerSqft },
  { title: "DHI (W/m^2)", min: 0, max: 1500, convert: wattsPerSqft },
  { title: "Pressure (mbar)", min: 500, max: 1100, convert: same },
  { title: "Wspd (m/s)", min: 0, max: 100, convert: milesPerHour },
];

/** TMY3 writes −9900 for what is missing. */
const isMissing = (value: number) => value <= -9900;

/**
 * Reads a TMY3 file: a line of the station, a line of titles, a row for every hour with its ending stamp.
 * Source: Wilcox and Marion, Users Manual for TMY3 Data Sets, NREL/TP-581-43156, 2008.
 * Throws `ModelError` with every fault: file, line, column, value, cure.
 */
export function readTmy3(text: string, name: string): WeatherFile {
  const lines = linesOf(text);
  const [head = "", titles = ""] = lines;
  const station = cellsOf(head);
  const columns = cellsOf(titles);
  const fields = FIELDS.map(field => ({ ...field, isMissing, place: columns.indexOf(field.title) }));
  const [utcOffsetH, latitudeDeg, longitudeDeg] = station.slice(3, 6).map(Number);
  refuseFaults([
    ...(station.length >= 7 && [utcOffsetH, latitudeDeg, longitudeDeg].every(Number.isFinite)
      ? []
      : [`${name}, line 1: It is no station of TMY3: code, name, state, time zone, latitude, longitude, elevation.`]),
    ...fields
      .filter(({ place }) => place < 0)
      .map(
        ({ title }) => `${name}, line 2, column ${title}: The column is missing. Take the file as NREL publishes it.`,
      ),
  ]);
  const records = readRecords({ name, lines, headLines: 2, columns: columns.length }, ([date = "", time = ""]) => {
    const matched = /^(\d{1,2})\/(\d{1,2})\/\d{4} (\d{1,2}):00$/.exec(`${date} ${time}`);
    return matched === null ? undefined : [Number(matched[1]), Number(matched[2]), Number(matched[3])];
  });
  return { name, station: { name: station[1], utcOffsetH, latitudeDeg, longitudeDeg }, fields, records };
}
