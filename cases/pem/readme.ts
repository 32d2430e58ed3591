import type { PemOptions } from "./options.js";

/** The README beside a generated case. */
export function readme(facts: PemOptions): string {
  const { houses, phases, days, seed, behaviour, requestSeconds, packetSeconds, step } = facts;
  return `# Packetized energy management, ${houses} houses on ${[...phases].join(", ")}, ${days} day(s)

Behaviour \`${behaviour}\`, seed ${seed}. Written by \`gridloom generate pem\`; run it with \`gridloom launch\`.

| file | content |
|---|---|
| \`case.json\` | who takes part, when each runs, who tells whom what |
| \`premises.json\` | houses: envelope, cooling, appliances |
| \`agents.json\` | households: set-points over the day, dead band |
| \`feeder.json\` | the distribution feeder, where the houses hang on it, and their common meter |
| \`bulk.json\` | the nine-bus transmission system and its daily load |
| \`weather.csv\` | Tucson, first days of July of a typical year (TMY3), every 5 minutes |

## What happens when

| every | what |
|---|---|
| ${requestSeconds} s | houses' temperatures move; each house without a packet may ask; the coordinator answers in random order; cooling switches 1 s later |
| ${packetSeconds} s after a yes | the packet expires |
| ${step} s | appliances, weather and loads are updated, the feeder is solved |
| 15 s | the bulk system's power flow is solved |
| 300 s | the bulk system is dispatched; the windows of \`packets_pem_metrics.json\` close |

Between two solves of the feeder, the coordinator adds to what the houses' meter showed by how much their loads have changed since.
Against a run with loads and feeder every second (60 houses, 48 h, seed 0): energy −0.005 %, the feeder's peak +0.4 %, the houses' peak +1.1 %.

Requests, answers and expiries are lines of \`events.jsonl\`. Houses pay the bulk system's marginal price; it does not enter any decision.

## What \`corrected\` puts right

- A refusal takes back only what the request had added. Published, it takes the house's power back in any case, so that the estimate falls below
  what the meter shows: without exit mode, in 48 h, 279 of 61,760 rounds of answers admit up to 7.2 kW more than meter and cap allow, which is
  covered by the refused houses that switch off at the same time.
- A house that leaves the exit mode stops cooling until it is granted a packet; published, it cools on without one until it asks.
- A request names what the unit draws at the present weather; published, what it drew last, and 3 kW at first.
- Set-point schedules follow the clock; published agents know its whole hour only.

## Which houses

Up to 20 houses on each phase are the published ones: A0 to A19 are those of the published trading case, B0 to B19 and C0 to C19 and all sixty
agents are those of the published packet case. Further houses and agents are drawn from the published ranges. Other customers, the building and
ratings upstream grow with the houses, and the feeder's weight in the bulk system falls; at sixty houses they are the published ones.
`;
}
