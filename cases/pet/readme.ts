/** What the README of a generated case says about its options. */
export interface ReadmeFacts {
  readonly houses: number;
  readonly days: number;
  readonly seed: number;
  readonly behaviour: string;
}

/** The README beside a generated case. */
export function readme({ houses, days, seed, behaviour }: ReadmeFacts): string {
  return `# Peer-to-peer energy trading, ${houses} houses, ${days} day(s)

Behaviour \`${behaviour}\`, seed ${seed}. Written by \`gridloom generate pet\`; run it with \`gridloom launch\`.

| file | content |
|---|---|
| \`case.json\` | who takes part, when each runs, who tells whom what |
| \`premises.json\` | houses: envelope, cooling, appliances, solar panels, battery |
| \`agents.json\` | households: set-points over the day, dead band, price ramp, selling price |
| \`feeder.json\` | the distribution feeder and where the houses hang on it |
| \`bulk.json\` | the nine-bus transmission system, its daily load and the outages of unit 3 |
| \`weather.csv\` | Tucson, first days of July of a typical year (TMY3), every 5 minutes |

## One market period

| second | what happens |
|---|---|
| every 15 | houses move, the feeder is solved, the bulk system's power flow is solved, agents look at their houses |
| 285 | the bulk system is dispatched; its marginal price is the utility's offer |
| 298 | every house bids |
| 300 | the auction clears; 1 s later the houses act on it, the dispatch learns the demand curve |

## What \`corrected\` puts right

${DIFFERENCES.map(line => `- ${line}`).join("\n")}

Beyond 30 houses, each further house is a published one with its attributes moved by draws from the published ranges;
transformers of 30 houses hang on phases A, B and C in turn. Other customers, the building, ratings and the market's
supply grow with the houses, and the feeder's weight in the bulk system falls, so that loading and prices stay comparable.
`;
}

const DIFFERENCES: readonly string[] = [];
