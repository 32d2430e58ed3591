import type { EvSettings } from "./options.js";

/** The README beside a generated case. */
export function readme({ houses, evs, pvs, gridCapKw, days, behaviour, seed }: EvSettings): string {
  return `# Electric vehicles below a capped grid: ${houses} houses, ${evs} vehicles, ${pvs} with panels, ${days} day(s)

The grid offers ${gridCapKw} kW to the houses. Behaviour \`${behaviour}\`, seed ${seed}. Written by \`gridloom generate ev\`; run it with
\`gridloom launch\`. The files are those of the \`pet\` case, and \`vehicles.json\` with every vehicle and its trips: replace them by your own.

## Orders of one round, every 300 s

| device | order |
|---|---|
| load other than cooling | bought at any price |
| cooling, when the house is too warm | bought at 0.999 USD/kWh |
| panels | all they give, sold at 0.0148 USD/kWh |
| vehicle below 20 % charge | 5 kW bought at any price |
| vehicle, otherwise | buys below the day's mean price less a part of its quartile range, sells above it; from the second day on |
| grid | its marginal price, up to its cap |

A vehicle below 30 % does not sell, one above 90 % does not buy; one that is away, or leaves before the round's end, does
neither. Each buyer takes the cheapest energy left and pays every seller that seller's price; the highest bid chooses first.

## The study's scenarios

| | options |
|---|---|
| S1 unlimited grid, houses alone | \`--evs 0 --pvs 0 --grid-cap-kw 5000\` |
| S2 capped grid | \`--evs 0 --pvs 0 --grid-cap-kw 100\` |
| S3 with panels | \`--evs 0 --pvs 30 --grid-cap-kw 100\` |
| S4 with vehicles | \`--evs 30 --pvs 0 --grid-cap-kw 100\` |
| S5 with both | \`--evs 30 --pvs 30 --grid-cap-kw 100\` |

The study ran eight days and discarded four; the weather here has four days.
`;
}
