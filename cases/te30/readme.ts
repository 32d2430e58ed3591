import type { Te30Options } from "./options.js";

/** The README beside a generated case. */
export function readme({ houses, phases, days, participation, cycleSeconds, seed }: Te30Options): string {
  return `# Thermostats that bid, ${houses} houses on ${phases.length === 1 ? "phase" : "phases"} ${[...phases].join(", ")}, ${days} day(s)

Seed ${seed}, participation ${participation}. Written by \`gridloom generate te30\`; run it with \`gridloom launch\`, and with its
twin by \`gridloom launch --pair noMarket\`.

| file | content |
|---|---|
| \`case.json\` | who takes part, when each runs, who tells whom what; the twins |
| \`premises.json\` | houses: envelope, cooling, appliances, solar panels; no batteries |
| \`agents.json\` | thermostats: set-points over the day, dead band, price ramp, largest offset |
| \`feeder.json\` | the distribution feeder, one centre-tapped transformer on each phase with houses |
| \`bulk.json\` | the nine-bus transmission system, its daily load and the outages of unit 3 |
| \`weather.csv\` | Tucson, first days of July of a typical year (TMY3), every 5 minutes |

## One market period

| second | what happens |
|---|---|
| every 15 | houses move, thermostats look at the air, the feeder and the bulk system's power flow are solved |
| 285 | the bulk system is dispatched; its marginal price is the utility's offer |
| 298 | every responsive thermostat bids what its unit last drew, at the price of its ramp; the rest of the feeder, its load less the bidding units that run, is demand at any price |
| 300 | the auction clears; each participant's set-point becomes its base point plus an offset, the inverse of its ramp, within its limit |

Units start above set-point plus half the dead band, stop below set-point less half of it, and rest ${cycleSeconds} s between two switches.
Inverters of solar panels feed all that their arrays give.

## Twins

| name | what is different |
|---|---|
| \`noMarket\` | nobody bids or answers to a price: thermostats follow their schedules. Without bids the auction's price is the utility's marginal price; it is what meters and the school are told |
| \`responseOnly\` | nobody bids, but set-points answer to the utility's marginal price |

## Where the numbers come from

The layout, the market and the agents are those of te30 of TESP (PNNL): thirty houses over three phases, a primary school, a stiff
feeder, nine buses. The houses are the thirty of the published energy-trading case, which are houses of te30 moved by small draws;
their order on the phases, their panels and the agents' attributes are those of that case, not of te30 itself. Price mean and
deviation start from the published 0.02078 and 0.01 USD/kWh and become those of the last day as its prices come in.
`;
}
