/** The file's rows; times in ticks. */
export interface PlayedRows {
  readonly times: Float64Array;
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly isLinear: boolean;
  /** Ticks between two publications on a line. */
  readonly period: number;
  /** Ticks after which the file repeats; Infinity when it does not. */
  readonly repeat: number;
  readonly until: number;
}

/** Time within the file. */
function placeOf({ repeat }: PlayedRows, time: number): number {
  return repeat === Infinity ? time : time % repeat;
}

/** The last row that is not later than a time. */
export function rowAt(rows: PlayedRows, time: number): number {
  const place = placeOf(rows, time);
  let [low, high] = [0, rows.times.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (rows.times[middle] <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A column at a time: the row's value, or the one on the line to the next row. */
export function valueAt(rows: PlayedRows, column: number, { row, time }: { row: number; time: number }): number {
  const { times, isLinear, repeat } = rows;
  const values = rows.columns[column];
  const isLast = row === times.length - 1;
  if (!isLinear || (isLast && repeat === Infinity)) return values[row];
  const next = isLast ? 0 : row + 1;
  const length = isLast ? repeat + times[0] - times[row] : times[next] - times[row];
  return values[row] + ((values[next] - values[row]) * (placeOf(rows, time) - times[row])) / length;
}

/** When to publish next; null when that is after the end. */
export function nextTime(rows: PlayedRows, row: number, time: number): number | null {
  const { times, repeat, isLinear, period, until } = rows;
  const cycle = repeat === Infinity ? 0 : Math.floor(time / repeat) * repeat;
  const isLast = row === times.length - 1;
  const nextRow = isLast ? cycle + repeat + times[0] : cycle + times[row + 1];
  const next = isLinear ? (Math.floor(time / period) + 1) * period : nextRow;
  return next > until ? null : next;
}
