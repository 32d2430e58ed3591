import { z } from "zod";
import { defineFederate, type InputDeclarations, type OutputDeclarations } from "../../runtime/index.js";
import { anyFederate, forEachName, FRAME, leafNames, TEXT, tickLink, type Pattern, type Size } from "./federation.js";
import { countActivation, newCount, tell } from "./tally.js";

const leaf = defineFederate({
  doc: "Sends a text each time it got the last one back.",
  params: z.strictObject({ steps: z.number(), warmUp: z.number() }),
  inputs: { back: { type: "string", wakes: "any", initial: "" } },
  outputs: { out: { type: "string" } },
  create: ({ steps, warmUp }) => ({ state: { last: steps + warmUp, count: newCount(warmUp, steps + warmUp) } }),
  step({ last, count }, { inputs }) {
    countActivation(count);
    if (inputs.back === TEXT) count.items++;
    return count.activations > last ? undefined : { outputs: { out: TEXT } };
  },
  close({ count }, context) {
    tell(count, context);
  },
});

const inputOf = (name: string) => `from_${name}`;
const outputOf = (name: string) => `to_${name}`;

const hub = defineFederate({
  doc: "Gives every leaf its text back.",
  params: z.strictObject({ leaves: z.array(z.string()) }),
  inputs: ({ leaves }): InputDeclarations =>
    forEachName(leaves.map(inputOf), { type: "string", wakes: "any", initial: "" }),
  outputs: ({ leaves }): OutputDeclarations => forEachName(leaves.map(outputOf), { type: "string" }),
  create: ({ leaves }) => ({
    state: { ports: leaves.map(name => [inputOf(name), outputOf(name)] as const), count: newCount() },
  }),
  step({ ports, count }, { inputs }) {
    countActivation(count);
    const outputs: Record<string, string> = {};
    for (const [from, to] of ports) {
      outputs[to] = inputs[from] as string;
      if (outputs[to] === TEXT) count.items++;
    }
    return { outputs };
  },
  close({ count }, context) {
    tell(count, context);
  },
});

/** Leaves around a hub that sends every text back, as in HELICS' echo benchmark. */
export const echo: Pattern = {
  kinds: { "echo-hub": anyFederate(hub), "echo-leaf": anyFederate(leaf) },
  federation({ federates, steps, warmUp }: Size) {
    const leaves = leafNames(federates);
    const trips = steps + warmUp;
    return {
      shape: {
        ...FRAME,
        name: "echo",
        until: `${trips + 1}ns`,
        federates: {
          hub: { use: "echo-hub", params: { leaves } },
          ...forEachName(leaves, { use: "echo-leaf", params: { steps, warmUp } }),
        },
        links: leaves.flatMap(name => [
          `${name}.out -> hub.${inputOf(name)}`,
          tickLink(`hub.${outputOf(name)}`, `${name}.back`),
        ]),
      },
      expected: {
        hub: { activations: trips, items: trips * federates },
        ...forEachName(leaves, { activations: trips + 1, items: trips }),
      },
    };
  },
};
