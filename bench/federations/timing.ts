import { z } from "zod";
import { defineFederate, type InputDeclarations, type OutputDeclarations } from "../../runtime/index.js";
import { anyFederate, forEachName, FRAME, leafNames, tickLink, type Pattern, type Size } from "./federation.js";
import { countActivation, newCount, tell } from "./tally.js";

const member = defineFederate({
  doc: "Runs every second and says nothing, though it could.",
  params: z.strictObject({ others: z.array(z.string()), steps: z.number(), warmUp: z.number() }),
  inputs: ({ others }): InputDeclarations => forEachName(others, { type: "string", optional: true }),
  outputs: ({ others }): OutputDeclarations => forEachName(others, { type: "string" }),
  create: ({ steps, warmUp }) => ({ state: newCount(warmUp, steps + warmUp) }),
  step(count) {
    countActivation(count);
    return undefined;
  },
  close: tell,
});

/** Leaves mutually linked with a hub; all run every second, nothing is sent, as in HELICS' timing benchmark. */
export const timing: Pattern = {
  kinds: { "timing-member": anyFederate(member) },
  federation({ federates, steps, warmUp }: Size) {
    const leaves = leafNames(federates - 1);
    const entry = (others: readonly string[]) => ({
      use: "timing-member",
      period: "1s",
      params: { others, steps, warmUp },
    });
    return {
      shape: {
        ...FRAME,
        name: "timing",
        until: steps + warmUp,
        federates: { hub: entry(leaves), ...forEachName(leaves, entry(["hub"])) },
        links: leaves.flatMap(name => [tickLink(`hub.${name}`, `${name}.hub`), tickLink(`${name}.hub`, `hub.${name}`)]),
      },
      expected: forEachName(["hub", ...leaves], { activations: steps + warmUp + 1, items: 0 }),
    };
  },
};
