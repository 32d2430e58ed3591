/** Weather of one hour in the units that files use. */
export interface FileHour {
  readonly celsius: number;
  readonly percent: number;
  readonly direct: number;
  readonly diffuse: number;
  readonly millibar: number;
  readonly metresPerSecond: number;
}

/** An hour of a file: its date and hour-ending number, and its weather. */
export interface StampedHour extends FileHour {
  readonly month: number;
  readonly day: number;
  readonly hour: number;
}

const two = (number: number) => String(number).padStart(2, "0");

/** Hours from the one that ends at `first` on, on a calendar of `year`. */
export function stampHours(first: string, year: number, hours: readonly FileHour[]): StampedHour[] {
  const start = Date.parse(`${year}-${first.replace(" ", "T")}:00Z`);
  return hours.map((weather, i) => {
    const begin = new Date(start + (i - 1) * 3_600_000);
    return { ...weather, month: begin.getUTCMonth() + 1, day: begin.getUTCDate(), hour: begin.getUTCHours() + 1 };
  });
}

/** Made-up weather: warm afternoons, a sun from 6 to 18 h, other numbers each day. */
export function inventedHours(count: number): FileHour[] {
  return Array.from({ length: count }, (_, i) => {
    const hour = i % 24;
    const sun = hour > 6 && hour < 18 ? Math.sin(((hour - 6) / 12) * Math.PI) : 0;
    return {
      celsius: Math.round(10 * (20 + 8 * Math.sin(((hour - 9) / 12) * Math.PI) + (i % 7) / 10)) / 10,
      percent: Math.round(50 - 20 * sun),
      direct: Math.round(800 * sun),
      diffuse: Math.round(120 * sun),
      millibar: 1000 + (i % 5),
      metresPerSecond: (i % 30) / 10,
    };
  });
}

const TMY3_QUANTITIES = ["GHI (W/m^2)", "DNI (W/m^2)", "DHI (W/m^2)"];
const TMY3_REST = ["Dry-bulb (C)", "RHum (%)", "Pressure (mbar)", "Wdir (degrees)", "Wspd (m/s)"];
const withFlags = (title: string) => [title, `${title.split(" ")[0]} source`, `${title.split(" ")[0]} uncert`];

/** A TMY3 file of some hours; the years of its rows differ, as those of a typical year do. */
export function tmy3Text(hours: readonly StampedHour[], lineEnd = "\n"): string {
  const titles = [
    ...["Date (MM/DD/YYYY)", "Time (HH:MM)", "ETR (W/m^2)", "ETRN (W/m^2)"],
    ...[...TMY3_QUANTITIES, ...TMY3_REST].flatMap(withFlags),
  ];
  const rows = hours.map(({ month, day, hour, ...w }) => {
    const values = [
      w.direct + w.diffuse,
      w.direct,
      w.diffuse,
      w.celsius,
      w.percent,
      w.millibar,
      180,
      w.metresPerSecond,
    ];
    const stamp = [`${two(month)}/${two(day)}/${1980 + month}`, `${two(hour)}:00`, 0, 0];
    return [...stamp, ...values.flatMap(value => [value, "A", 7])].join(",");
  });
  return ['999999,"DRY, LAKE",NV,-8.0,36.5,-115.25,700', titles.join(","), ...rows, ""].join(lineEnd);
}

/** An EPW file of some hours. */
export function epwText(hours: readonly StampedHour[]): string {
  const head = [
    "LOCATION,Dry Lake,NV,USA,TMY3,999999,36.5,-115.25,-8.0,700.0",
    "DESIGN CONDITIONS,0",
    "TYPICAL/EXTREME PERIODS,0",
    "GROUND TEMPERATURES,0",
    "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
    "COMMENTS 1,Invented, for a test",
    "COMMENTS 2,",
    "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31",
  ];
  const rows = hours.map(({ month, day, hour, ...w }) => {
    const pascal = 100 * w.millibar;
    const sun = [9999, 9999, 9999, w.direct + w.diffuse, w.direct, w.diffuse, 999999, 999999, 999999, 9999];
    const sky = [5, 5, 9999, 99999, 9, 999999999, 999, ".999", 999, 99, 999, 999, 99];
    const air = [w.celsius, 99.9, w.percent, pascal];
    return [1980 + month, month, day, hour, 0, "?9?9?9", ...air, ...sun, 180, w.metresPerSecond, ...sky].join(",");
  });
  return [...head, ...rows, ""].join("\n");
}

/** A text with one cell of one line replaced; lines count from 1, cells from 0. */
export function withCell(text: string, line: number, cell: number, value: string): string {
  const lines = text.split("\n");
  const cells = lines[line - 1].split(",");
  cells[cell] = value;
  lines[line - 1] = cells.join(",");
  return lines.join("\n");
}
