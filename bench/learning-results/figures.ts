import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a run came to after its training. */
export interface Figures {
  readonly meanPriceUsdPerKwh: number;
  readonly billUsdPerHouse: number;
  readonly degreeHoursAbovePerHouse: number;
  readonly degreeHoursBelowPerHouse: number;
  readonly peakKw: number;
  readonly servedBids: number;
  readonly clearedKwh: number;
  /** Surplus of both sides as their bids state it. */
  readonly statedSurplusUsd: number;
  /** Gain of both sides from what cooling is worth and solar energy costs. */
  readonly gainUsd: number;
}

/** A metrics file: objects with their fields, by the end of the window (s). */
interface Metrics {
  readonly index: (field: string) => number;
  readonly windows: readonly { readonly end: number; readonly objects: Readonly<Record<string, readonly number[]>> }[];
}

/** Figures of a finished run of `pet-rl` with recorded metrics, from windows that end after so many seconds. */
export function readFigures(run: string, fromSeconds: number): Figures {
  const values = (metrics: string, field: string) => valuesAfter(readMetrics(run, metrics), field, fromSeconds);
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const houses = Object.keys(readMetrics(run, "house").windows[0].objects).length;
  const prices = values("auction", "clearing_price").flat();
  const gains = values("learning", "gain").flat();
  return {
    meanPriceUsdPerKwh: sum(prices) / prices.length,
    billUsdPerHouse: billsAfter(readMetrics(run, "billing_meter"), houses, fromSeconds) / houses,
    degreeHoursAbovePerHouse: sum(values("comfort", "degree_hours_above").flat()) / houses,
    degreeHoursBelowPerHouse: sum(values("comfort", "degree_hours_below").flat()) / houses,
    peakKw:
      values("substation", "real_power_max")
        .flat()
        .reduce((a, b) => Math.max(a, b), 0) / 1000,
    servedBids: gains.filter(gain => gain !== 0).length,
    clearedKwh: clearedAfter(run, fromSeconds),
    statedSurplusUsd: sum([...values("auction", "consumer_surplus"), ...values("auction", "supplier_surplus")].flat()),
    gainUsd: sum(gains),
  };
}

function readMetrics(run: string, name: string): Metrics {
  const file = JSON.parse(readFileSync(join(run, `${name}_pet-rl_metrics.json`), "utf8")) as Record<string, unknown>;
  const metadata = file.Metadata as Record<string, { index: number }>;
  return {
    index: field => metadata[field].index,
    windows: Object.entries(file)
      .filter(([key]) => !Number.isNaN(Number(key)))
      .map(([key, objects]) => ({ end: Number(key), objects: objects as Record<string, number[]> })),
  };
}

/** One list for each window, one value for each object. */
function valuesAfter({ windows, index }: Metrics, field: string, fromSeconds: number): number[][] {
  const place = index(field);
  return windows
    .filter(({ end }) => end > fromSeconds)
    .map(({ objects }) => Object.values(objects).map(fields => fields[place]));
}

/** What the houses' meters have been charged since; the building's comes after them. */
function billsAfter({ windows, index }: Metrics, houses: number, fromSeconds: number): number {
  const place = index("bill");
  const total = (objects: Readonly<Record<string, readonly number[]>>) =>
    Object.values(objects)
      .slice(0, houses)
      .reduce((sum, fields) => sum + fields[place], 0);
  const before = windows.filter(({ end }) => end <= fromSeconds).at(-1);
  const last = windows.at(-1);
  return (last === undefined ? 0 : total(last.objects)) - (before === undefined ? 0 : total(before.objects));
}

/** Energy of all rounds since. */
function clearedAfter(run: string, fromSeconds: number): number {
  const rounds = readFileSync(join(run, "events.jsonl"), "utf8")
    .split("\n")
    .filter(line => line.includes('"event":"round"'))
    .map(line => JSON.parse(line) as { time: number; totals: { clearedKwh: number } });
  const at = (list: typeof rounds) => list.at(-1)?.totals.clearedKwh ?? 0;
  return at(rounds) - at(rounds.filter(({ time }) => time <= fromSeconds));
}
