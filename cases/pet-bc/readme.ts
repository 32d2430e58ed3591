import type { PetBcOptions } from "./options.js";

/** The README beside a generated case. */
export function readme({ houses, days, strategy, behaviour, seed }: PetBcOptions): string {
  return `# Energy trading with a battery, ${houses} houses, ${days} day(s)

Behaviour \`${behaviour}\`, strategy \`${strategy}\`, seed ${seed}. Written by \`gridloom generate pet-bc\`; run it with
\`gridloom launch\`. The files are those of the \`pet\` case; \`agents.json\` has each house's battery, how far below the bulk
system's price it sells, and what comfort weighs against money.

## One market period

| second | what happens |
|---|---|
| every 15 | houses move, the feeder and the bulk system's power flow are solved, agents look at their houses |
| 285 | the bulk system is dispatched; its marginal price is the utility's offer of this very period |
| 297 | every house lists the trades that its panels, battery and load make feasible, and bids the best |
| 298 | the auction clears; panels, battery and cooling follow its result for 300 s |

## What a house can trade

Let \`s\` be what its panels give, \`u\` its load other than cooling, \`h\` all of its load, \`C\` and \`D\` what its battery can
take and give throughout the period without leaving 10 to 95 % of its charge. If \`s + D >= u\`, it can sell or buy whatever
lies between \`s - C - h\` and \`s + D - h\`, in whole kW. Otherwise it asks for \`u - s - D\` at any price, and for its cooling.
A seller values the price less 0.005 USD/kWh; a buyer \`log2(1 + a q n f) - p\` USD/kWh, where the need \`n\` rises as the
battery empties and the house warms, and \`f\` is the part of its responsive load that its own sun does not serve.

## What \`corrected\` puts right

- A purchase is worth what its utility says; published, a misplaced \`else\` makes it 0, and every house sells all it can.
- The battery has its inverter's 3 kW and the energy that is in it; published agents plan with 5 kW, and physics cuts the rest.
- Each house's own cooling power; published, 3 kW for all.
- After a round, a house does what the market accepted of its own bid, in part where that was a part; published ones
  compare prices and use a wrong fraction for a marginal seller.
- Panels give no more than their arrays do.
`;
}
