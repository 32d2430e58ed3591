import type { PetRlOptions } from "./options.js";

/** The README beside a generated case. */
export function readme({ houses, days, seed, behaviour, backend, mode, trainShare }: PetRlOptions): string {
  return `# Energy trading with learned prices, ${houses} houses, ${days} day(s)

Behaviour \`${behaviour}\`, seed ${seed}, mode \`${mode}\`, backend \`${backend}\`, training for ${trainShare} of the run.
Written by \`gridloom generate pet-rl\`; run it with \`gridloom launch\`. The files and the market period are those of \`pet\`.

Each house has an agent \`<house>/seller\` and one \`<house>/buyer\`. At second 298 of a period, the one whose turn it is
sees the last round, its own sun and its own load (13 numbers), and names a number in [-1, 1], which a parabola turns into a price.
\`federates.prosumers.params.learning\` in \`case.json\` has every setting of the algorithm.

## What \`corrected\` puts right, besides the list of \`pet\`

${DIFFERENCES.map(line => `- ${line}`).join("\n")}
`;
}

const DIFFERENCES: readonly string[] = [
  "The memory of an agent holds copies; the published one holds its newest transition over and over.",
  "Every agent starts with networks of its own; the published ones all start alike.",
  "The reward is the gain of the trade: what the accepted cooling is worth less its price, or the price of accepted solar energy. The published reward compares prices, whatever was accepted, and tells sellers that a kWh costs them 0.05 USD.",
  "Unit 3 of the bulk system comes back after its second outage; in the published case it never does.",
];
