/** Maps values onto a line of pixels and knows the round values to label on it. */
export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
  /** Distance of two ticks. */
  readonly step: number;
}

function scaleOf(
  domain: readonly [number, number],
  range: readonly [number, number],
  steps: { step: number; ticks: number[] },
): Scale {
  const [low, high] = domain;
  const [from, to] = range;
  const slope = high === low ? 0 : (to - from) / (high - low);
  return Object.assign((value: number) => from + (value - low) * slope, steps);
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** A linear scale whose ends are round: steps of 1, 2 or 5 times a power of ten, about `count` of them. */
export function linearScale(values: readonly number[], range: readonly [number, number], count = 5): Scale {
  const finite = values.filter(Number.isFinite);
  let low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  let high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(low <= high)) [low, high] = [0, 1];
  if (low === high) {
    const margin = low === 0 ? 1 : Math.abs(low) * 0.05;
    [low, high] = [low - margin, high + margin];
  }
  const rough = (high - low) / count;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = ([1, 2, 5].find(factor => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const ends = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step] as const;
  return scaleOf(ends, range, { step, ticks: multiples(ends[0], ends[1], step) });
}

/** A logarithmic scale whose ticks are powers of ten, about `count` of them; NaN for values that are not above 0. */
export function powerScale(values: readonly number[], range: readonly [number, number], count = 8): Scale {
  const exponents = values.filter(value => value > 0 && Number.isFinite(value)).map(value => Math.log10(value));
  if (exponents.length === 0) exponents.push(0);
  const low = Math.floor(exponents.reduce((a, b) => Math.min(a, b)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(exponents.reduce((a, b) => Math.max(a, b)) - 1e-9));
  const step = Math.ceil((high - low) / count);
  const linear = scaleOf([low, high], range, { step, ticks: multiples(low, high, step) });
  return Object.assign((value: number) => (value > 0 ? linear(Math.log10(value)) : NaN), {
    step,
    ticks: linear.ticks.map(exponent => Number(`1e${exponent}`)),
  });
}

const TIME_STEPS = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

/** A scale of seconds whose ticks are clock times: at most `count` of them. */
export function timeScale(from: number, to: number, range: readonly [number, number], count = 8): Scale {
  const step =
    TIME_STEPS.find(seconds => (to - from) / seconds <= count) ?? Math.ceil((to - from) / count / 604800) * 604800;
  return scaleOf([from, to], range, { step, ticks: multiples(from, to, step) });
}

/** A tick's text with the digits that its step needs. */
export function tickText(value: number, step: number): string {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = value.toFixed(Math.min(digits, 12));
  const [whole, fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A power of ten as text: `0.01` to `1000` in digits, others as `1e-6`. */
export function powerText(value: number): string {
  return value >= 0.01 && value <= 1000 ? String(value) : value.toExponential().replace("+", "");
}
